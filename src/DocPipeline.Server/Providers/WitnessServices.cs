using System.Security.Cryptography;
using System.Text;
using DocPipeline.Aws.Comprehend;
using DocPipeline.Aws.Textract;
using DocPipeline.Azure.DocumentIntelligence;
using DocPipeline.Extract.Witnesses;
using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Server.Providers;

/// <summary>From settings to the services that say what they see beside the words.</summary>
internal static class WitnessServices
{
    private const string PersonalDataName = "comprehend-pii";

    /// <summary>Every witness that the settings name, and what makes its adapter; that throws a <see cref="ProviderRefusal"/> where settings do not fit together. Questions differ by type: one for each.</summary>
    public static IEnumerable<(string Name, Func<PageAnalysis> Make)> Named(ServerSettings settings, TimeProvider time, ILoggerFactory logs) =>
        from witness in WitnessNames.Of(settings.Witnesses)
        from types in witness.Key == WitnessNames.TextractQueries ? witness.Value.Select(type => (IReadOnlyList<string>)[type]) : [witness.Value]
        select (witness.Key, (Func<PageAnalysis>)(() => Make(witness.Key, types, settings, time, logs)));

    /// <summary>Who finds personal data for the blackening of what models see.</summary>
    public static TextAnalysis PersonalData(ServerSettings settings, TimeProvider time) =>
        new(PersonalDataName, new HashSet<string>(), PageServices.Comprehend(settings, time, ComprehendOperation.DetectPiiEntities));

    /// <summary>Every adapter of these, once a name: for trying them out.</summary>
    public static IEnumerable<(string Name, Func<object> Make)> Adapters(ServerSettings settings, TimeProvider time, ILoggerFactory logs)
    {
        foreach (var (name, make) in Named(settings, time, logs).DistinctBy(witness => witness.Name))
        {
            yield return (name, () => make() is TextAnalysis text ? text.Engine : ((PictureAnalysis)make()).Engine);
        }

        if (settings.LlmRedact == "comprehend")
        {
            yield return (PersonalDataName, () => PersonalData(settings, time).Engine);
        }
    }

    private static PageAnalysis Make(string name, IReadOnlyList<string> types, ServerSettings settings, TimeProvider time, ILoggerFactory logs)
    {
        if (name == WitnessNames.Entities)
        {
            return new TextAnalysis(name, types.ToHashSet(), PageServices.Comprehend(settings, time, ComprehendOperation.DetectEntities));
        }

        var questions = name == WitnessNames.TextractQueries ? WitnessedTypes.QuestionsOf(types[0]) : [];
        var engine = name switch
        {
            WitnessNames.TextractForms => Textract(new() { Operation = TextractOperation.AnalyzeDocument, Features = TextractFeatures.Forms }),
            WitnessNames.TextractQueries => Textract(new()
            {
                Operation = TextractOperation.AnalyzeDocument,
                Features = TextractFeatures.Queries,
                Queries = [.. questions.Select(question => new TextractQuery(question.Text, question.Field))],
            }),
            WitnessNames.TextractExpense => Textract(new() { Operation = TextractOperation.AnalyzeExpense }),
            WitnessNames.TextractId => Textract(new() { Operation = TextractOperation.AnalyzeID }),
            WitnessNames.InvoiceModel => PageServices.DocumentIntelligence(settings, time, logs, DocumentIntelligenceModels.Invoice),
            WitnessNames.CardModel => PageServices.DocumentIntelligence(settings, time, logs, DocumentIntelligenceModels.HealthInsuranceCard),
            _ => throw new ProviderRefusal(RefusalKind.Misconfigured, name, $"This build does not contain {name}."),
        };

        // Other questions are another analysis: what was answered to the old ones is not taken for an answer to these.
        return new PictureAnalysis(questions.Count == 0 ? name : $"{name}-{HashOf(questions)}", types.ToHashSet(), engine);

        IPageEngine Textract(TextractOptions options) => PageServices.Textract(settings, time, options);
    }

    private static string HashOf(IReadOnlyList<Question> questions) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', questions.Select(question => $"{question.Field} {question.Text}")))))[..12];
}
