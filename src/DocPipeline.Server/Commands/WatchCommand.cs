using System.CommandLine;
using DocPipeline.Ingest;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Server.Commands;

internal sealed class WatchCommand : ServerCommand
{
    private readonly Argument<DirectoryInfo> _folder = new("DIR") { Description = "Folder to watch, with everything below it." };

    public WatchCommand()
        : base(
            "watch",
            "Hands in everything that is in a folder and everything that comes into it, until it is stopped. The server reads it.",
            "./run watch /srv/scans")
    {
        Add(_folder.AcceptExistingOnly());
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var door = new Door(ServerSettings.Read());
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        var (bucket, _) = door.BucketOf(parsed.GetValue(_folder)!.FullName, settleTime: null, logs.CreateLogger<FolderBucket>());
        Console.WriteLine($"Watching {bucket.Root} until Ctrl-C.");
        await bucket.WatchAsync(cancellationToken);
        return ExitCodes.Ok;
    }
}
