using DocPipeline.Documents;

namespace DocPipeline.Server.Eval;

internal enum Verdict
{
    Right,
    Wrong,
    Missing,
    Invented,
}

/// <summary>What became of one field of one file.</summary>
internal sealed record FieldOutcome(string Field, Verdict Verdict, string? Expected, string? Found, bool Accepted);

/// <summary>One file, compared with its ground truth.</summary>
/// <param name="Failure">Why there is nothing to compare, or null.</param>
internal sealed record FileScore(GroundTruth Truth, string Status, IReadOnlyList<FieldOutcome> Outcomes, string? Failure)
{
    public int Mistakes => Outcomes.Count(outcome => outcome.Verdict != Verdict.Right);

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
                .Select(field => new FieldOutcome(field.Name, Verdict.Invented, null, field.Value, field.Accepted)));
        }

        return new FileScore(truth, status, outcomes, failure);
    }

    private static FieldOutcome Outcome(string name, string expected, Field? found)
    {
        if (found is null)
        {
            return new(name, Verdict.Missing, expected, null, Accepted: false);
        }

        var verdict = SameValue.Is(FieldKinds.Of(name), expected, found.Value) ? Verdict.Right : Verdict.Wrong;
        return new(name, verdict, expected, found.Value, found.Accepted);
    }
}
