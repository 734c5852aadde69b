using System.Text.Json.Nodes;
using DocPipeline.Ingest;
using Spectre.Console;

namespace DocPipeline.Server.Status;

/// <summary>The snapshot for programs and for people.</summary>
internal static class StatusOutput
{
    public static readonly IReadOnlyList<string> AllStates =
    [
        SubmissionStates.Processing, SubmissionStates.Accepted, SubmissionStates.NeedsReview,
        SubmissionStates.Reviewed, SubmissionStates.Rejected, SubmissionStates.Dead,
    ];

    public static JsonObject Json(StatusSnapshot snapshot) => new()
    {
        ["states"] = new JsonObject(AllStates.Select(state => KeyValuePair.Create<string, JsonNode?>(state, snapshot.Count(state)))),
        ["oldest_processing_seconds"] = Round(snapshot.OldestProcessingSeconds),
        ["last_day"] = new JsonObject
        {
            ["ended"] = snapshot.EndedLastDay,
            ["median_seconds"] = snapshot.MedianSeconds is { } median ? Round(median) : null,
            ["p95_seconds"] = snapshot.Percentile95Seconds is { } slow ? Round(slow) : null,
            ["retries"] = snapshot.Engine.RetriesLastDay,
        },
        ["stages"] = new JsonObject(snapshot.Stages.Select(stage => KeyValuePair.Create<string, JsonNode?>(stage.Stage, new JsonObject
        {
            ["documents"] = stage.Documents,
            ["median_seconds"] = Math.Round(stage.MedianSeconds, 3),
            ["p95_seconds"] = Math.Round(stage.Percentile95Seconds, 3),
        }))),
        ["engine"] = new JsonObject
        {
            ["workers"] = snapshot.Engine.Workers,
            ["queue_seconds"] = Round(snapshot.Engine.QueueSeconds),
            ["retrying"] = snapshot.Engine.Retrying,
            ["dead"] = snapshot.Engine.Dead,
            ["parked"] = snapshot.Engine.Parked,
        },
        ["stuck"] = new JsonObject(snapshot.Stuck.CountBy(thing => thing.Kind.Name).Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.Key, kind.Value))),
        ["cost"] = new JsonObject
        {
            ["llm_calls"] = snapshot.Cost.LanguageModelCalls,
            ["usd"] = snapshot.Cost.Usd,
            ["calls"] = snapshot.Cost.Calls,
            ["priced"] = snapshot.Cost.IsPriced,
            ["models"] = new JsonArray([.. snapshot.Cost.Models.Select(Json)]),
        },
    };

    public static void Write(StatusSnapshot snapshot, IAnsiConsole console)
    {
        var table = new Table().AddColumn("State").AddColumn(new TableColumn("Documents").RightAligned()).AddColumn("Meaning");
        foreach (var state in AllStates)
        {
            table.AddRow(state, $"{snapshot.Count(state)}", Meaning(state));
        }

        console.Write(table);
        console.WriteLine(snapshot.MedianSeconds is { } median
            ? $"Last day: {snapshot.EndedLastDay} read, half of them within {median:0.0} s, 95 of 100 within {snapshot.Percentile95Seconds:0.0} s; {snapshot.Engine.RetriesLastDay} repeated attempts."
            : "Last day: none read.");
        if (snapshot.Stages.Count > 0)
        {
            var stages = new Table().AddColumn("Stage, last day").AddColumn(new TableColumn("Documents").RightAligned())
                .AddColumn(new TableColumn("Half within").RightAligned()).AddColumn(new TableColumn("95 of 100 within").RightAligned());
            foreach (var stage in snapshot.Stages)
            {
                stages.AddRow(stage.Stage, $"{stage.Documents}", $"{stage.MedianSeconds:0.000} s", $"{stage.Percentile95Seconds:0.000} s");
            }

            console.Write(stages);
        }

        console.WriteLine($"Engine: {snapshot.Engine.Workers} workers alive, oldest work waiting {snapshot.Engine.QueueSeconds:0.0} s, {snapshot.Engine.Retrying} steps between two attempts.");
        if (snapshot.Cost.Models.Count > 0)
        {
            var costs = new Table().AddColumn("Service, last day").AddColumn("Model").AddColumn(new TableColumn("Calls").RightAligned())
                .AddColumn(new TableColumn("Answered").RightAligned()).AddColumn(new TableColumn("USD").RightAligned());
            foreach (var model in snapshot.Cost.Models)
            {
                costs.AddRow(model.Provider, Markup.Escape(model.Model), $"{model.Calls}", $"{model.Answered}", model.IsPriced ? $"{model.Usd:0.0000}" : $"{model.Usd:0.0000} + price unknown");
            }

            console.Write(costs);
        }

        if (snapshot.Engine.Dead > 0)
        {
            console.WriteLine($"{snapshot.Engine.Dead} dead letters wait for an operator: ./run dead list");
        }

        if (snapshot.Engine.Parked > 0)
        {
            console.WriteLine($"{snapshot.Engine.Parked} documents were begun by another version and wait for it: ./run dead list --parked");
        }

        foreach (var (kind, count) in snapshot.Stuck.CountBy(thing => thing.Kind))
        {
            console.WriteLine($"Stuck, {count} x {kind.Name}: {kind.What} {kind.Advice}");
        }

        if (snapshot.Stuck.Count > 0)
        {
            console.WriteLine("Which ones: ./run stuck");
        }

        if (snapshot.Engine.Workers == 0 && snapshot.Count(SubmissionStates.Processing) > 0)
        {
            console.WriteLine("Nobody works on what is in processing: start the server with ./run");
        }
    }

    private static JsonNode Json(ModelCost model) => new JsonObject
    {
        ["provider"] = model.Provider,
        ["model"] = model.Model,
        ["calls"] = model.Calls,
        ["answered"] = model.Answered,
        ["usd"] = model.Usd,
        ["priced"] = model.IsPriced,
    };

    private static string Meaning(string state) => state switch
    {
        SubmissionStates.Processing => "being read, or waiting for its turn",
        SubmissionStates.Accepted => "every value certain enough; nobody needs to look",
        SubmissionStates.NeedsReview => "a person has to look",
        SubmissionStates.Reviewed => "a person has looked and approved",
        SubmissionStates.Rejected => "nothing to be read, with the reason",
        _ => "our fault: waits for an operator",
    };

    private static double Round(double seconds) => Math.Round(seconds, 2);
}
