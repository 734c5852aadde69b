using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve.Ask;

/// <summary>What a grounded choice may change in a resolved claim. See the four rules in README.md; this class is all of them but the second, which is a rule of validation.</summary>
internal sealed class ChosenValues(Calibration calibration, IReadOnlyList<ExtractedDocument> documents, ResolvedClaim claim)
{
    public const string SuggestsCode = "model-suggests";

    private static readonly DocumentTypes Types = DocumentTypes.Shipped;

    /// <summary>The claim's documents with what the answers change.</summary>
    public IReadOnlyList<ResolvedDocument> Apply(IReadOnlyList<(Grounded Answer, ModelChoice By)> answers) =>
        [.. claim.Documents.Select((document, index) => answers.Where(entry => entry.Answer.Question.Document == index).Aggregate(document, (changed, entry) => Apply(changed, entry.Answer, entry.By)))];

    private ResolvedDocument Apply(ResolvedDocument document, Grounded answer, ModelChoice by)
    {
        var (name, standing) = (answer.Question.Field, document[answer.Question.Field]);
        if (answer.Found is not { } found)
        {
            return answer.Unfounded is { } said ? Suggest(document, name, $"A language model ({by}) suggests '{said}' for the {Words(name)}, but that was not found on the page.", []) : document;
        }

        // Rule 4: what the reader accepted stays; agreement with it changes nothing.
        if (standing is { Accepted: true })
        {
            return standing.Value == found.Value ? document : Suggest(document, name, Instead(name, found, by), [found.Evidence]);
        }

        if (standing?.Value == found.Value)
        {
            return Replace(document, standing with { ChosenBy = by });
        }

        // Rule 3: money and names need a witness that is no model.
        if (IsGuarded(document.Type, name) && !HasWitness(name, found.Value, answer.Question.Document))
        {
            var suggested = Suggest(document, name, Instead(name, found, by), [found.Evidence]);
            return standing is null ? suggested : Replace(suggested, standing with { Alternatives = [found with { Reason = $"suggested by {by}" }, .. Others(standing.Alternatives, found)] });
        }

        // Rule 1: never accepted. The confidence is what agreement other than the model's is worth.
        var confidence = calibration.ProbabilityOf(ClaimResolver.EvidenceOf(new(name, [found, .. Others(answer.Question.Choices, found)]), documents, answer.Question.Document));
        IEnumerable<Candidate> before = standing is null ? [] : [new(standing.Value, standing.Confidence, standing.Evidence, "the reader's choice", [])];
        return Replace(document, new(name, found.Value, confidence, Accepted: false, found.Evidence, [.. before, .. Others(standing?.Alternatives ?? answer.Question.Choices, found)]) { ChosenBy = by });
    }

    private static IEnumerable<Candidate> Others(IEnumerable<Candidate> candidates, Candidate found) => candidates.Where(other => other.Value != found.Value);

    private static ResolvedDocument Replace(ResolvedDocument document, Field field) =>
        document with { Fields = [.. document.Fields.Where(other => other.Name != field.Name).Append(field).OrderBy(other => other.Name, StringComparer.Ordinal)] };

    private static ResolvedDocument Suggest(ResolvedDocument document, string name, string message, IReadOnlyList<Evidence> evidence) =>
        document with { Findings = [.. document.Findings, new(SuggestsCode, Severity.Warning, message, name, evidence)] };

    private static string Instead(string name, Candidate found, ModelChoice by) =>
        $"A language model ({by}) suggests '{(found.Value.Length <= 60 ? found.Value : found.Value[..60])}' for the {Words(name)}. Nothing else says so: compare it with the page.";

    private static string Words(string name) => name.Replace('_', ' ');

    /// <summary>What decides how much is paid, and to whom.</summary>
    private static bool IsGuarded(string type, string name)
    {
        var field = Types.FieldsOf(type)[name].Type;
        return field == Extract.Readers.FieldType.Currency || ValueKinds.Of(field) is ValueKind.Amount or ValueKind.Person or ValueKind.Organization;
    }

    /// <summary>The reader itself accepted the same value on another document, or amounts that it accepted on this one add up to it.</summary>
    private bool HasWitness(string name, string value, int index) =>
        claim.Documents.Where((_, other) => other != index).Any(other => other[name] is { Accepted: true } said && said.Value == value)
        || (name == "total_amount" && AcceptedSums.Make(claim.Documents[index], value));
}
