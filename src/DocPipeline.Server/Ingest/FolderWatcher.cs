using DocPipeline.Ingest;
using Npgsql;

namespace DocPipeline.Server.Ingest;

/// <summary>
/// Hands in every file of a folder, by looking at it again and again. A file is handed in once it has kept its size and its time for one
/// round: whoever copies slowly is waited for. The database remembers what was handed in, so a restart repeats nothing and loses nothing.
/// </summary>
/// <param name="bucket">Name under which the folder's files are known.</param>
internal sealed partial class FolderWatcher(
    string bucket, string folder, SubmissionIntake intake, TimeSpan pause, TimeProvider time, ILogger logger)
{
    private const int LookUpAtOnce = 500;

    private readonly string _source = $"folder:{bucket}";
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _complainedOf = new(StringComparer.Ordinal);
    private HashSet<string> _seenLastRound = new(StringComparer.Ordinal);

    /// <summary>Told of every file that was handed in, after it is committed.</summary>
    public Action<FolderFile, IntakeResult>? HandedIn { get; init; }

    /// <summary>Looks until cancelled. Neither a lost database nor an unreadable file ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The next round tries again everything that this one left.
                Log.RoundFailed(logger, exception, bucket);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var files = FolderListing.Of(folder).ToList();
        var present = files.Select(file => file.EventKey).ToHashSet(StringComparer.Ordinal);
        _answered.IntersectWith(present);
        _complainedOf.IntersectWith(present);
        foreach (var chunk in files.Where(file => !_answered.Contains(file.EventKey)).Chunk(LookUpAtOnce))
        {
            _answered.UnionWith(await intake.KnownEventsAsync(_source, [.. chunk.Select(file => file.EventKey)], cancellationToken));
        }

        foreach (var file in files.Where(file => !_answered.Contains(file.EventKey) && _seenLastRound.Contains(file.EventKey)))
        {
            try
            {
                await HandInAsync(file, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException and not NpgsqlException)
            {
                // One file must not keep the others waiting. Without a database all of them would fail: that ends the round.
                Log.FileFailed(logger, exception, file.Key);
            }
        }

        _seenLastRound = present;
    }

    private async Task HandInAsync(FolderFile file, CancellationToken cancellationToken)
    {
        var incoming = new IncomingObject(_source, file.EventKey, bucket, file.Key, Version: null);
        if (incoming.Fault is { } fault)
        {
            Complain(file, fault);
            return;
        }

        FileStream content;
        try
        {
            content = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Taken away between two looks: nothing was promised for it yet.
            return;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            Complain(file, exception.Message);
            return;
        }

        await using (content)
        {
            var result = await intake.AcceptAsync(incoming, content, cancellationToken);
            _answered.Add(file.EventKey);
            Log.HandedIn(logger, file.Key, result.Submission.Value, result.Outcome);
            HandedIn?.Invoke(file, result);
        }
    }

    // Once for each file: the folder is looked at every second.
    private void Complain(FolderFile file, string why)
    {
        if (_complainedOf.Add(file.EventKey))
        {
            Log.CannotBeHandedIn(logger, file.Key, why);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Handed in {Key} as submission {Submission}: {Outcome}.")]
        public static partial void HandedIn(ILogger logger, string key, Guid submission, IntakeOutcome outcome);

        [LoggerMessage(2, LogLevel.Warning, "{Key} cannot be handed in: {Why}")]
        public static partial void CannotBeHandedIn(ILogger logger, string key, string why);

        [LoggerMessage(4, LogLevel.Error, "{Key} could not be handed in; it is tried again.")]
        public static partial void FileFailed(ILogger logger, Exception exception, string key);

        [LoggerMessage(3, LogLevel.Error, "A round over the folder of {Bucket} failed; it is repeated.")]
        public static partial void RoundFailed(ILogger logger, Exception exception, string bucket);
    }
}
