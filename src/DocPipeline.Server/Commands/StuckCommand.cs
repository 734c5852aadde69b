using System.CommandLine;
using System.Text.Json.Nodes;
using DocPipeline.Ingest;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Stuck;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class StuckCommand : ServerCommand
{
    private readonly Option<bool> _repair = new("--repair") { Description = "Mend what can be mended without a person's judgement. Without it nothing is changed." };
    private readonly Option<bool> _json = JsonOption();

    public StuckCommand()
        : base(
            "stuck",
            "Compares submissions, workflows and the watched folder, and names what stands still: why, and what to do. "
            + "The server looks by itself every DOCPIPELINE_RECONCILE_SECONDS, and mends what is safe; what has been without progress for "
            + "DOCPIPELINE_STUCK_MINUTES counts. What is on its way at this moment may show once: look again before you act.",
            "./run stuck",
            "./run stuck --repair",
            "DOCPIPELINE_STUCK_MINUTES=2 ./run stuck",
            "./run stuck --json | jq -r 'select(.kind == \"no_progress\") | .subject'")
    {
        Add(_repair);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        var (json, repair) = (parsed.GetValue(_json), parsed.GetValue(_repair));
        await using var database = NpgsqlDataSource.Create(settings.RequireDatabase());
        await using var door = new Door(settings);
        var finder = StuckFinder.Of(database, settings);
        IReadOnlyList<StuckThing> found =
        [
            .. await finder.FindAsync(cancellationToken),
            .. Directory.Exists(settings.Bucket) ? await finder.FindFilesAsync(Bucket(door, settings), cancellationToken) : [],
        ];
        var remaining = 0;
        foreach (var thing in found)
        {
            var repaired = repair && thing.Kind.RepairAsync is { } mend && await mend(thing.Subject, cancellationToken);
            remaining += repaired ? 0 : 1;
            Console.WriteLine(json ? Json(thing, repaired) : Line(thing, repaired));
        }

        if (!json)
        {
            Console.WriteLine(found.Count == 0 ? "Nothing is stuck." : remaining == 0 ? $"All {found.Count} are mended." : $"{remaining} of {found.Count} need somebody.");
        }

        return remaining == 0 ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;
    }

    private static FolderBucket Bucket(Door door, ServerSettings settings) => door.BucketOf(settings.Bucket, settleTime: null, NullLogger<FolderBucket>.Instance).Bucket;

    // A file name is hostile: a line break in it must not look like a line of ours.
    private static string Line(StuckThing thing, bool repaired) => new(
        [.. $"{(repaired ? "mended" : "stuck ")} {thing.Kind.Name} {thing.Subject}: {thing.Kind.What} ({thing.Detail}){(repaired ? "" : " " + thing.Kind.Advice)}"
            .Select(letter => char.IsControl(letter) ? '?' : letter)]);

    private static string Json(StuckThing thing, bool repaired) => new JsonObject
    {
        ["kind"] = thing.Kind.Name,
        ["subject"] = thing.Subject,
        ["what"] = thing.Kind.What,
        ["detail"] = thing.Detail,
        ["advice"] = thing.Kind.Advice,
        ["repairable"] = thing.Kind.RepairAsync is not null,
        ["repaired"] = repaired,
    }.ToJsonString();
}
