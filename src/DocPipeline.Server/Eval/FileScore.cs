using DocPipeline.Documents;
using DocPipeline.Ingest;

namespace DocPipeline.Server.Eval;

internal enum Verdict
{
    Right,
    Wrong,
    Missing,
    Invented,
}

/// <summary>What became of one field of one file.</summary>
/// <param name="Confidence">Of the value reported; 0 where none is.</param>
internal sealed record FieldOutcome(string Field, Verdict Verdict, string? Expected, string? Found, bool Accepted, double Confidence)
{
    /// <summary>A value was reported, right or wrong.</summary>
    public bool IsReported => Verdict != Verdict.Missing;
}

/// <summary>One file, compared with its ground truth.</summary>
/// <param name="Failure">Why there is nothing to compare, or null.</param>
internal sealed record FileScore(GroundTruth Truth, string Status, IReadOnlyList<FieldOutcome> Outcomes, string? Failure)
{
    public IReadOnlyList<TableScore> Tables { get; init; } = [];

    /// <summary>Born digital, as against scans and photos. Where the truth does not say, a file none of whose pages had to be recognised.</summary>
    public bool IsBornDigital { get; init; } = true;

    /// <summary>Nobody had to look at it.</summary>
    public bool WentStraightThrough => Status == SubmissionStates.Accepted;

    /// <summary>It waits for a person.</summary>
    public bool NeedsLook => Status == SubmissionStates.NeedsReview;

    /// <summary>Values of the claim that a person has to look at, if one looks at all; also those that the truth does not know.</summary>
    public int ValuesToLookAt { get; init; }

    public int Mistakes => Outcomes.Count(outcome => outcome.Verdict != Verdict.Right);

    /// <param name="reading">Null where nothing could be read.</param>
    public static FileScore Of(GroundTruth truth, FileReading? reading, string? failure = null)
    {
        if (reading is null)
        {
            return Compare(truth, "failed", [], failure);
        }

        var rows = reading.Claim.Documents.SelectMany(document => document.Tables).ToLookup(table => table.Name, table => table.Rows);
        return Compare(truth, reading.Status, [.. reading.Claim.Fields.Select(field => field.Field)], failure) with
        {
            Tables = [.. truth.Tables.Select(table => TableScore.Compare(table.Key, table.Value, [.. rows[table.Key].SelectMany(part => part)]))],
            IsBornDigital = IsDigital(truth, reading),
            ValuesToLookAt = reading.Claim.Fields.Count(field => !field.Field.Accepted),
        };
    }

    public static FileScore Compare(GroundTruth truth, string status, IReadOnlyList<Field> found, string? failure = null)
    {
        var byName = found.GroupBy(field => field.Name, StringComparer.Ordinal).ToDictionary(fields => fields.Key, fields => fields.First(), StringComparer.Ordinal);
        var outcomes = truth.Fields
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => Outcome(field.Key, field.Value, byName.GetValueOrDefault(field.Key)))
            .ToList();
        if (truth.ReportsNothing)
        {
            outcomes.AddRange(byName.Values
                .Where(field => !truth.Fields.ContainsKey(field.Name))
                .Select(field => new FieldOutcome(field.Name, Verdict.Invented, null, field.Value, field.Accepted, field.Confidence)));
        }

        return new FileScore(truth, status, outcomes, failure);
    }

    private static FieldOutcome Outcome(string name, string expected, Field? found)
    {
        if (found is null)
        {
            return new(name, Verdict.Missing, expected, null, Accepted: false, Confidence: 0);
        }

        var verdict = SameValue.Is(FieldKinds.Of(name), expected, found.Value) ? Verdict.Right : Verdict.Wrong;
        return new(name, verdict, expected, found.Value, found.Accepted, found.Confidence);
    }

    // "digital PDF", or "clean" of our own generator; a picture stays a picture, however it was made.
    private static bool IsDigital(GroundTruth truth, FileReading reading) => truth.Medium switch
    {
        null => !reading.Pages.Any(page => PageSources.IsSeen(page.Source)),
        "clean" => true,
        _ => truth.Medium.StartsWith("digital PDF", StringComparison.OrdinalIgnoreCase),
    };
}
