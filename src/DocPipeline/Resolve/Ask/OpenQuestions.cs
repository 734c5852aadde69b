using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve.Ask;

/// <summary>Finds what is worth asking: fields that hold the claim up and of which more than the picture of the words is in doubt. Pure.</summary>
public static class OpenQuestions
{
    private const int MostChoices = 8;
    private const int MostOfDocument = 12;

    // A rival that fits less well than this share of the best loses to it by the reader's own measure.
    private const double CloseFrom = 0.8;

    // With fewer values than this a paper is a blank form or none of its type: there is nothing to be missing from.
    private const int LeastCompany = 3;

    private static readonly DocumentTypes Types = DocumentTypes.Shipped;

    /// <param name="documents">As extraction left them.</param>
    /// <param name="claim">The same, resolved without a model.</param>
    public static IReadOnlyList<OpenQuestion> Of(IReadOnlyList<ExtractedDocument> documents, ResolvedClaim claim) =>
        [.. Enumerable.Range(0, documents.Count).SelectMany(index => OfDocument(documents, claim, index))];

    private static IEnumerable<OpenQuestion> OfDocument(IReadOnlyList<ExtractedDocument> documents, ResolvedClaim claim, int index)
    {
        var (document, resolved) = (documents[index], claim.Documents[index]);
        if (Types[document.Type].YieldsNothing || resolved.Fields.Count < LeastCompany)
        {
            return [];
        }

        var found = new List<(string Field, Doubt Doubt)>();
        foreach (var oneOf in Types[document.Type].Required.Select(entry => entry.Split('|')))
        {
            found.AddRange(OfRequired(oneOf, documents, claim, index));
        }

        found.AddRange(OncePerClaim.Keys.Where(name => MayBeMisread(name, claim, index, document)).Select(name => (name, Doubt.DocumentsContradict)));
        if (resolved["total_amount"] is { Accepted: false } && Best(document, "total_amount")?.Support?.BrokenSums == true && Candidates(document, "total_amount").Count > 1)
        {
            found.Add(("total_amount", Doubt.SumsBroken));
        }

        return found.DistinctBy(entry => entry.Field).Take(MostOfDocument)
            .Select(entry => new OpenQuestion(index, entry.Field, entry.Doubt, Candidates(document, entry.Field), Elsewhere(claim, index, entry.Field)));
    }

    /// <param name="oneOf">Fields of which one is enough.</param>
    private static IEnumerable<(string Field, Doubt Doubt)> OfRequired(string[] oneOf, IReadOnlyList<ExtractedDocument> documents, ResolvedClaim claim, int index)
    {
        var (document, resolved) = (documents[index], claim.Documents[index]);
        if (oneOf.Any(name => IsAccepted(claim, name) || resolved[name] is { Accepted: true } || resolved.Tables.Any(table => table.Name == name && table.Rows.Count > 0)))
        {
            yield break;
        }

        if (oneOf.Select(name => resolved[name]).FirstOrDefault(field => field is not null) is not { } doubtful)
        {
            foreach (var name in oneOf.Where(name => claim.Fields.All(field => field.Field.Name != name) && Types.FieldsOf(document.Type).ContainsKey(name)))
            {
                yield return (name, Doubt.Missing);
            }
        }
        else if (Best(document, doubtful.Name) is { } best)
        {
            if (best.Readings.Count > 0)
            {
                yield return (doubtful.Name, Doubt.TwoReadings);
            }
            else if (Candidates(document, doubtful.Name).Any(other => other.Value != best.Value && other.Score >= CloseFrom * best.Score))
            {
                yield return (doubtful.Name, Doubt.CloseCandidates);
            }
        }
    }

    /// <summary>Another document says otherwise, and what it says is among the values that this one may have. Where it is not, no choice on this page settles what the documents are at odds about.</summary>
    private static bool MayBeMisread(string name, ResolvedClaim claim, int index, ExtractedDocument document) =>
        claim.Documents[index][name] is { Accepted: false } field
        && Elsewhere(claim, index, name).Select(Key).Where(said => said != Key(field.Value)).Intersect(Candidates(document, name).Select(candidate => Key(candidate.Value))).Any();

    private static bool IsAccepted(ResolvedClaim claim, string name) => claim.Fields.Any(entry => entry.Field.Name == name && entry.Field.Accepted);

    private static Candidate? Best(ExtractedDocument document, string name) => document.Fields.FirstOrDefault(field => field.Field == name)?.Candidates[0];

    private static List<Candidate> Candidates(ExtractedDocument document, string name) =>
        [.. (document.Fields.FirstOrDefault(field => field.Field == name)?.Candidates ?? []).SelectMany(WithReadings).DistinctBy(candidate => candidate.Value).Take(MostChoices)];

    private static IEnumerable<Candidate> WithReadings(Candidate candidate) => candidate.Readings
        .Select(reading => candidate with { Value = reading, Reason = "another reading of the same words", Readings = [], Support = null })
        .Prepend(candidate with { Readings = [] });

    private static List<string> Elsewhere(ResolvedClaim claim, int index, string name) =>
        [.. claim.Documents.Where((_, other) => other != index).Select(document => document[name]?.Value).OfType<string>().Distinct().Take(4)];

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
