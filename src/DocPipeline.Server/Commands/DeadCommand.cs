using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Durable;
using DocPipeline.Durable.Operating;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Commands;

/// <summary>What an operator does about documents that the pipeline gave up on.</summary>
internal sealed class DeadCommand : ServerCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The submission's id, as list and export print it." };
    private readonly Option<bool> _json = JsonOption();
    private readonly Option<bool> _parked = new("--parked") { Description = "Those that this version of the program cannot continue, instead of those that failed." };

    public DeadCommand()
        : base(
            "dead",
            "Lists documents that failed for a reason of ours, shows what happened, and has them done again from the step that failed.",
            "./run dead list",
            "./run dead show 01a1fd9a-e706-7fb1-84cb-0408f47a2a09",
            "./run dead replay 01a1fd9a-e706-7fb1-84cb-0408f47a2a09",
            "./run dead list --json | jq -r .id | xargs -n1 ./run dead replay")
    {
        Add(Sub("list", "One line for each, the newest first.", ListAsync, _json, _parked));
        Add(Sub("show", "Everything about one: its steps, attempts and the failure in full.", ShowAsync, _id, _json));
        Add(Sub("unpark", "Lets one of list --parked go on, once the version that can continue it is deployed.", UnparkAsync, _id));
        Add(Sub("replay", "Begins again at the step that failed; what was recorded before it is kept. The server does the work.", ReplayAsync, _id));
    }

    private static Command Sub(string name, string description, Func<DurableOperator, ParseResult, CancellationToken, Task<int>> run, params Symbol[] symbols) =>
        Sub(name, description, (NpgsqlDataSource database, ParseResult parsed, CancellationToken cancelled) => run(Engine.Operator(database, ServerSettings.Read()), parsed, cancelled), symbols);

    private async Task<int> ListAsync(DurableOperator engine, ParseResult parsed, CancellationToken cancellationToken)
    {
        const int Most = 1000;
        var stuck = parsed.GetValue(_parked) ? await engine.ListParkedAsync(Most, cancellationToken) : await engine.ListDeadAsync(Most, cancellationToken);
        foreach (var dead in stuck)
        {
            Console.WriteLine(parsed.GetValue(_json) ? Json(dead).ToJsonString() : $"{dead.InstanceId}  {dead.Activity ?? "workflow"} after {dead.Attempts} attempts: {dead.Reason}");
        }

        if (stuck.Count == 0 && !parsed.GetValue(_json))
        {
            Console.WriteLine("None.");
        }

        return ExitCodes.Ok;
    }

    private async Task<int> ShowAsync(DurableOperator engine, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(_id)!;
        var report = await engine.ShowAsync(id, cancellationToken) ?? throw Unknown(id);
        if (parsed.GetValue(_json))
        {
            var json = Json(report.Standing);
            json["status"] = report.Status;
            json["steps"] = new JsonArray([.. report.Steps.Select(Json)]);
            Console.WriteLine(json.ToJsonString());
            return ExitCodes.Ok;
        }

        Console.WriteLine($"{id}: {report.Status}{(report.Label is null ? "" : $", {report.Label}")}; begun {report.CreatedAt:u}");
        foreach (var step in report.Steps)
        {
            Console.WriteLine($"  {step.Number,3} {step.Name,-18} {step.Status}, attempt {step.Attempts}, {step.RecordedAt:u}");
        }

        if (report.Standing.Reason.Length > 0)
        {
            Console.WriteLine($"Why: {report.Standing.Reason}");
        }

        if (report.Standing.Failure?.Detail is { } detail)
        {
            Console.WriteLine(detail);
        }

        return ExitCodes.Ok;
    }

    private async Task<int> ReplayAsync(DurableOperator engine, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(_id)!;
        if (await engine.ReplayAsync(id, cancellationToken))
        {
            Console.WriteLine($"{id} goes on at the step that failed, as soon as the server has a free place.");
            return ExitCodes.Ok;
        }

        var report = await engine.ShowAsync(id, cancellationToken) ?? throw Unknown(id);
        throw new CommandFailure(ExitCodes.SomeDocumentsFailed, $"{id} is not dead but {report.Status}.", "Only what is dead can be replayed: ./run dead list");
    }

    private async Task<int> UnparkAsync(DurableOperator engine, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(_id)!;
        if (await engine.UnparkAsync(id, cancellationToken))
        {
            Console.WriteLine($"{id} goes on where it stopped; if this version cannot continue it either, it is parked again.");
            return ExitCodes.Ok;
        }

        var report = await engine.ShowAsync(id, cancellationToken) ?? throw Unknown(id);
        throw new CommandFailure(ExitCodes.SomeDocumentsFailed, $"{id} is not parked but {report.Status}.", "Those that are parked: ./run dead list --parked");
    }

    private static CommandFailure Unknown(string id) =>
        new(ExitCodes.SomeDocumentsFailed, $"There is no document with the id '{id}'.", "The ids of dead letters are in: ./run dead list");

    private static JsonObject Json(DeadInstance dead) => new()
    {
        ["id"] = dead.InstanceId,
        ["reason"] = dead.Reason,
        ["step"] = dead.FailedStep,
        ["activity"] = dead.Activity,
        ["attempts"] = dead.Attempts,
        ["failure"] = JsonSerializer.SerializeToNode(dead.Failure, DurableOptions.DefaultJson),
        ["input"] = JsonNode.Parse(dead.Input),
    };

    private static JsonNode Json(StepReport step) => new JsonObject
    {
        ["number"] = step.Number,
        ["kind"] = step.Kind,
        ["name"] = step.Name,
        ["status"] = step.Status,
        ["attempts"] = step.Attempts,
        ["recorded_at"] = step.RecordedAt,
        ["failure"] = JsonSerializer.SerializeToNode(step.Failure, DurableOptions.DefaultJson),
    };
}
