using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve;

/// <summary>What statements of services may change in resolved documents. The rules are in <c>Extract/Witnesses/README.md</c>; what the reader accepted stays accepted, and nothing else becomes so.</summary>
internal sealed class Testimony(Calibration calibration, IReadOnlyList<ExtractedDocument> documents, IReadOnlyList<ResolvedDocument> alone)
{
    public const string SuggestsCode = "service-suggests";
    public const string NotAskedCode = "service-not-asked";

    private static readonly DocumentTypes Types = DocumentTypes.Shipped;

    public IReadOnlyList<ResolvedDocument> Weigh() => [.. alone.Select((_, index) => Weigh(index))];

    private ResolvedDocument Weigh(int index)
    {
        var (extracted, document) = (documents[index], alone[index]);
        foreach (var said in extracted.Statements.GroupBy(statement => statement.Field))
        {
            document = document[said.Key] is { } field ? Replace(document, Compare(field, KindOf(document, said.Key), [.. said])) : Propose(document, index, said.Key, Naming(document, [.. said]));
        }

        foreach (var silent in extracted.NotAsked.GroupBy(service => service.Reader))
        {
            document = Find(document, NotAskedCode, $"{silent.Key} was not heard on the {document.Type.Replace('_', ' ')}: {string.Join(' ', silent.Select(service => service.Reason).Distinct())}", field: null, []);
        }

        return document;
    }

    /// <summary>Who names the field. Where nobody does, who may mean it, if all of them say one thing that is no other field's.</summary>
    private static IReadOnlyList<Statement> Naming(ResolvedDocument document, IReadOnlyList<Statement> said)
    {
        if (said.Where(statement => statement.Names).ToList() is { Count: > 0 } named)
        {
            return named;
        }

        var free = said.Where(statement => statement.StandsOnPage && !document.Fields.Any(field => SameValue.Agrees(KindOf(document, field.Name), statement.Says, field.Value))).ToList();
        return free.Count > 0 && IsRequired(document, said[0].Field) && free.TrueForAll(statement => statement.Says.Value == free[0].Says.Value) ? free : [];
    }

    private static bool IsRequired(ResolvedDocument document, string name) => Types[document.Type].Required.Any(entry => entry.Split('|').Contains(name));

    /// <summary>Who agrees stands in the evidence; what others say is a choice, first of all.</summary>
    private static Field Compare(Field field, ValueKind kind, IReadOnlyList<Statement> said)
    {
        var witnesses = said.Where(statement => SameValue.Agrees(kind, statement.Says, field.Value)).Select(statement => statement.Says.SaidBy!).Distinct().ToList();
        var others = said
            .Where(statement => statement.Names && !witnesses.Contains(statement.Says.SaidBy!) && SameValue.Contradicts(kind, statement.Says, field.Value))
            .Select(statement => statement.Says)
            .DistinctBy(says => says.Value)
            .ToList();
        return field with
        {
            Evidence = witnesses.Count == 0 ? field.Evidence : field.Evidence with { Witnesses = witnesses },
            Alternatives = [.. others, .. field.Alternatives.Where(choice => others.TrueForAll(other => other.Value != choice.Value))],
        };
    }

    /// <summary>A value only where the claim waits for one; a finding elsewhere.</summary>
    private ResolvedDocument Propose(ResolvedDocument document, int index, string name, IReadOnlyList<Statement> said)
    {
        if (said.Count == 0)
        {
            return document;
        }

        var choices = said.Where(statement => statement.StandsOnPage).Select(statement => statement.Says).DistinctBy(says => says.Value).ToList();
        if (choices.Count == 0 || !IsMissing(document, name))
        {
            var says = choices.Count == 0 ? said[0].Says : choices[0];
            return Find(document, SuggestsCode, $"{says.SaidBy} says that the {name.Replace('_', ' ')} is '{Short(says.Value)}'. Nobody else sees one.", name, [says.Evidence]);
        }

        var best = choices[0];
        var confidence = calibration.ProbabilityOf(ClaimResolver.EvidenceOf(new(name, [best]), documents, index));
        return Replace(document, new(name, best.Value, confidence, Accepted: false, best.Evidence, [.. ClaimResolver.Readings(best), .. choices.Skip(1)]));
    }

    /// <summary>The type must have it, and neither the document nor another of the file has.</summary>
    private bool IsMissing(ResolvedDocument document, string name) => Types[document.Type].Required.Select(entry => entry.Split('|')).Any(oneOf =>
        oneOf.Contains(name) && oneOf.All(either => document[either] is null && alone.All(other => other[either] is null)));

    private static ValueKind KindOf(ResolvedDocument document, string name) => ValueKinds.Of(Types.FieldsOf(document.Type)[name].Type);

    private static ResolvedDocument Replace(ResolvedDocument document, Field field) =>
        document with { Fields = [.. document.Fields.Where(other => other.Name != field.Name).Append(field).OrderBy(other => other.Name, StringComparer.Ordinal)] };

    private static ResolvedDocument Find(ResolvedDocument document, string code, string message, string? field, IReadOnlyList<Evidence> evidence) =>
        document with { Findings = [.. document.Findings, new(code, Severity.Info, message, field, evidence)] };

    private static string Short(string value) => value.Length <= 60 ? value : value[..60];
}
