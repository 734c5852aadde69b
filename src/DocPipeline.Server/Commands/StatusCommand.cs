using System.CommandLine;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Status;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class StatusCommand : ServerCommand
{
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object, for programs." };

    public StatusCommand()
        : base(
            "status",
            "Says how many documents are where, how long they take and what waits for somebody.",
            "./run status",
            "watch -n 2 ./run status",
            "./run status --json | jq .states.dead")
    {
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        await using var database = NpgsqlDataSource.Create(settings.RequireDatabase());
        var snapshot = await StatusSnapshot.TakeAsync(database, settings, cancellationToken);
        if (parsed.GetValue(_json))
        {
            Console.WriteLine(StatusOutput.Json(snapshot).ToJsonString());
        }
        else
        {
            StatusOutput.Write(snapshot, Terminal.Output());
        }

        return ExitCodes.Ok;
    }
}
