using System.Text.Json.Nodes;

namespace DocPipeline.Server.Eval;

/// <summary>All files of an evaluation, counted by field and by document type.</summary>
internal sealed class EvalReport
{
    private readonly int _worst;

    /// <param name="worst">How many of the files with mistakes are told one by one.</param>
    public EvalReport(IReadOnlyList<FileScore> files, TimeSpan took, int worst = 10)
    {
        _worst = worst;
        Files = files;
        Took = took;
        foreach (var file in files)
        {
            foreach (var outcome in file.Outcomes)
            {
                Overall.Add(outcome);
                Of(ByField, outcome.Field).Add(outcome);
                Of(ByType, file.Truth.Type).Add(outcome);
            }
        }
    }

    public IReadOnlyList<FileScore> Files { get; }

    public TimeSpan Took { get; }

    public Tally Overall { get; } = new();

    public SortedDictionary<string, Tally> ByField { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> ByType { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<FileScore> Worst => [.. Files.Where(file => file.Mistakes > 0).OrderByDescending(file => file.Mistakes).Take(_worst)];

    public JsonObject ToJson() => new()
    {
        ["files"] = Files.Count,
        ["failed"] = Files.Count(file => file.Failure is not null),
        ["seconds"] = Math.Round(Took.TotalSeconds, 2),
        ["overall"] = Json(Overall),
        ["fields"] = Json(ByField),
        ["types"] = Json(ByType),
        ["worst"] = new JsonArray([.. Worst.Select(Json)]),
    };

    private static Tally Of(SortedDictionary<string, Tally> tallies, string name) =>
        tallies.TryGetValue(name, out var known) ? known : tallies[name] = new Tally();

    private static JsonObject Json(SortedDictionary<string, Tally> tallies) =>
        new(tallies.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Json(pair.Value))));

    private static JsonObject Json(Tally tally) => new()
    {
        ["right"] = tally.Right,
        ["wrong"] = tally.Wrong,
        ["missing"] = tally.Missing,
        ["invented"] = tally.Invented,
        ["precision"] = Math.Round(tally.Precision, 4),
        ["recall"] = Math.Round(tally.Recall, 4),
        ["f1"] = Math.Round(tally.F1, 4),
        ["accepted"] = tally.Accepted,
        ["accepted_precision"] = Math.Round(tally.AcceptedPrecision, 4),
    };

    private static JsonNode Json(FileScore file) => new JsonObject
    {
        ["file"] = file.Truth.Path,
        ["status"] = file.Status,
        ["failure"] = file.Failure,
        ["mistakes"] = new JsonArray([.. file.Outcomes.Where(outcome => outcome.Verdict != Verdict.Right).Select(Json)]),
    };

    private static JsonNode Json(FieldOutcome outcome) => new JsonObject
    {
        ["field"] = outcome.Field,
        ["verdict"] = outcome.Verdict.ToString().ToLowerInvariant(),
        ["expected"] = outcome.Expected,
        ["found"] = outcome.Found,
        ["accepted"] = outcome.Accepted,
    };
}
