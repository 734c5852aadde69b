using System.CommandLine;
using System.Text.Json.Nodes;
using DocPipeline.Ingest;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Server.Commands;

internal sealed class IngestCommand : ServerCommand
{
    private readonly Argument<string[]> _paths = Paths("PATH", "Files, or folders with everything below them.");
    private readonly Option<bool> _json = JsonOption();

    public IngestCommand()
        : base(
            "ingest",
            "Hands documents in. They are read by the server, now or when it is started; handing in twice does no harm.",
            "./run ingest claim.pdf",
            "./run ingest /srv/scans",
            "./run ingest --json claim.pdf | jq -r .submission")
    {
        Add(_paths);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var door = new Door(ServerSettings.Read());
        var failed = 0;
        foreach (var path in parsed.GetValue(_paths)!)
        {
            await foreach (var outcome in HandInAsync(door, path, cancellationToken))
            {
                failed += outcome.Kind is FileOutcomeKind.New or FileOutcomeKind.Known ? 0 : 1;
                Console.WriteLine(parsed.GetValue(_json) ? Json(path, outcome) : Line(outcome));
            }
        }

        return failed == 0 ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;
    }

    private static async IAsyncEnumerable<FileOutcome> HandInAsync(
        Door door, string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Path.Exists(path))
        {
            yield return new(path, FileOutcomeKind.Gone, Problem: "there is no file or folder of that name");
            yield break;
        }

        // Whoever names a file says that it is finished: only a file that somebody is writing at this moment is refused.
        var (bucket, below) = door.BucketOf(path, settleTime: TimeSpan.Zero, NullLogger<FolderBucket>.Instance);
        await foreach (var outcome in bucket.ReconcileAsync(below, cancellationToken))
        {
            yield return outcome;
        }
    }

    private static string Line(FileOutcome outcome) => outcome.Kind switch
    {
        FileOutcomeKind.New => $"new      {outcome.Key}: submission {outcome.Result?.Submission}",
        FileOutcomeKind.Known => $"known    {outcome.Key}: handed in before{(outcome.Result is { } known ? $" as {known.Submission}, {known.State}" : "")}",
        FileOutcomeKind.Changing => $"failed   {outcome.Key}: somebody is writing it; hand it in again when it is finished",
        _ => $"failed   {outcome.Key}: {outcome.Problem ?? "it is no regular file"}",
    };

    private static string Json(string path, FileOutcome outcome) => new JsonObject
    {
        ["path"] = path,
        ["key"] = outcome.Key,
        ["outcome"] = outcome.Kind.ToString().ToLowerInvariant(),
        ["submission"] = outcome.Result?.Submission.ToString(),
        ["state"] = outcome.Result?.State,
        ["problem"] = outcome.Problem,
    }.ToJsonString();
}
