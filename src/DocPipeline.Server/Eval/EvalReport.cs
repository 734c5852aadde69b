using System.Text.Json.Nodes;

namespace DocPipeline.Server.Eval;

/// <summary>All files of an evaluation, counted by field, by document type and by medium, and how far their confidences can be trusted.</summary>
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
                Of(ByMedium, file.IsBornDigital ? "born digital" : "scan or photo").Add(outcome);
            }
        }

        Reliability = new([.. files.SelectMany(file => file.Outcomes).Where(outcome => outcome.IsReported)
            .Select(outcome => new Judged(outcome.Field, outcome.Confidence, outcome.Verdict == Verdict.Right))]);
        Tables = [.. files.SelectMany(file => file.Tables).GroupBy(table => table.Name, StringComparer.Ordinal).OrderBy(tables => tables.Key, StringComparer.Ordinal)
            .Select(tables => new TableScore(
                tables.Key, tables.Sum(table => table.Rows), tables.Sum(table => table.Found), tables.Sum(table => table.Cells), tables.Sum(table => table.Right), tables.Sum(table => table.Reported)))];
    }

    public IReadOnlyList<FileScore> Files { get; }

    public TimeSpan Took { get; }

    public Tally Overall { get; } = new();

    public SortedDictionary<string, Tally> ByField { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> ByType { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> ByMedium { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<TableScore> Tables { get; }

    public Reliability Reliability { get; }

    /// <summary>What each error target gives; empty unless asked for.</summary>
    public IReadOnlyList<DialPoint> Dial { get; init; } = [];

    public IReadOnlyList<FileScore> Worst => [.. Files.Where(file => file.Mistakes > 0).OrderByDescending(file => file.Mistakes).Take(_worst)];

    public JsonObject ToJson() => new()
    {
        ["files"] = Files.Count,
        ["failed"] = Files.Count(file => file.Failure is not null),
        ["seconds"] = Math.Round(Took.TotalSeconds, 2),
        ["overall"] = Json(Overall),
        ["fields"] = Json(ByField),
        ["types"] = Json(ByType),
        ["media"] = Json(ByMedium),
        ["tables"] = new JsonArray([.. Tables.Select(Json)]),
        ["confidence"] = Json(Reliability),
        ["straight_through"] = Files.Count(file => file.WentStraightThrough),
        ["dial"] = new JsonArray([.. Dial.Select(Json)]),
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

    private static JsonNode Json(TableScore table) => new JsonObject
    {
        ["table"] = table.Name,
        ["rows"] = table.Rows,
        ["rows_found"] = table.Found,
        ["rows_reported"] = table.Reported,
        ["row_recall"] = Math.Round(table.RowRecall, 4),
        ["cell_accuracy"] = Math.Round(table.CellAccuracy, 4),
    };

    private static JsonObject Json(Reliability reliability) => new()
    {
        ["values"] = reliability.Count,
        ["wrong"] = reliability.Wrong,
        ["calibration_error"] = Math.Round(reliability.CalibrationError, 4),
        ["auroc"] = reliability.Auroc is { } auroc ? Math.Round(auroc, 4) : null,
        ["bins"] = new JsonArray([.. reliability.BinsOfConfidence.Select(bin => new JsonObject { ["confidence"] = Math.Round(bin.Confidence, 4), ["right"] = Math.Round(bin.Right, 4), ["values"] = bin.Count })]),
        ["curve"] = new JsonArray([.. reliability.AcceptanceCurve.Select(point => new JsonObject { ["accepted"] = point.Share, ["errors"] = Math.Round(point.Errors, 4), ["from_confidence"] = point.From })]),
    };

    private static JsonNode Json(DialPoint point) => new JsonObject
    {
        ["target"] = point.Target,
        ["accepted"] = Math.Round(point.ShareAccepted, 4),
        ["errors"] = Math.Round(point.Errors, 4),
        ["wrong_accepted"] = point.WrongAccepted,
        ["straight_through"] = Math.Round(point.StraightThroughRate, 4),
        ["review_minutes"] = Math.Round(point.ReviewMinutes, 1),
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
        ["confidence"] = outcome.Confidence,
        ["accepted"] = outcome.Accepted,
    };
}
