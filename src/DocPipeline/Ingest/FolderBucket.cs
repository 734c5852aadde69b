using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Ingest;

public enum FileOutcomeKind
{
    /// <summary>It is a new submission.</summary>
    New,

    /// <summary>It was a submission already.</summary>
    Known,

    /// <summary>Somebody is, or may be, still writing it: later.</summary>
    Changing,

    /// <summary>It is no regular file any more.</summary>
    Gone,

    /// <summary>It could not be read or recorded; the next listing tries again.</summary>
    Failed,
}

/// <summary>What became of one file of a folder.</summary>
/// <param name="Result">The submission; null where there is none or where it was known without a look at the bytes.</param>
/// <param name="Problem">What went wrong, for a person.</param>
public sealed record FileOutcome(string Key, FileOutcomeKind Kind, IntakeResult? Result = null, string? Problem = null);

/// <summary>
/// A folder as a bucket. The key of a file is its path below the folder, its version the hash of its bytes; file and modification time together are
/// the event, so a file that has not changed is not read again. Files are never moved, changed or deleted. Links, pipes and devices are left alone.
/// </summary>
/// <remarks>Needs Linux. Danger: a writer that pauses longer than the settling time with the file closed has its half file taken in, and later the whole one as a second version.</remarks>
public sealed partial class FolderBucket
{
    private readonly SubmissionIntake _intake;
    private readonly FolderBucketOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FolderBucket> _log;
    private readonly FolderListing _listing;
    private readonly ConcurrentDictionary<string, (FileStatus Status, long Since)> _resting = new();
    private readonly ConcurrentDictionary<string, string> _reported = new();

    public FolderBucket(SubmissionIntake intake, FolderBucketOptions options, TimeProvider time, ILogger<FolderBucket> log)
    {
        (_intake, _options, _time, _log) = (intake, options, time, log);
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Path));
        Name = "folder:" + (options.Name ?? Root);
        if (Encoding.UTF8.GetByteCount(Name) > 256)
        {
            throw new ArgumentException($"The path of the folder is too long for the name of a bucket. Set {nameof(options.Name)}.", nameof(options));
        }

        _listing = new(Root, options.IgnoredEndings, obstacle => ReportOnce(obstacle.Key, obstacle.Problem));
    }

    /// <summary>The bucket's name in every submission.</summary>
    public string Name { get; }

    public string Root { get; }

    /// <summary>
    /// Which folder a path on a command line belongs to, and its key there: below the standing bucket to that one, so that it is the same submission
    /// either way; any other folder is a bucket by itself, and any other file belongs to the folder it is in.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    public static (string Root, string Below) Locate(string path, string? standingBucket)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        full = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        var standing = standingBucket is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(standingBucket));
        if (standing is not null && (full == standing || full.StartsWith(standing + "/", StringComparison.Ordinal)))
        {
            return (standing, full[standing.Length..].TrimStart('/'));
        }

        return Directory.Exists(full) ? (full, "")
            : File.Exists(full) ? (Path.GetDirectoryName(full)!, Path.GetFileName(full))
            : throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
    }

    /// <summary>Lists the folder, or what is below one key of it, and takes in what is new and at rest. One outcome a file.</summary>
    public async IAsyncEnumerable<FileOutcome> ReconcileAsync(string below = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var chunk in _listing.Below(below).Chunk(500))
        {
            foreach (var outcome in await TakeInAsync(chunk, cancellationToken))
            {
                yield return outcome;
            }
        }
    }

    /// <summary>Looks, and takes nothing in: files that have not changed for so long and are no submission yet, with what is known to stand in their way.</summary>
    public async IAsyncEnumerable<FileOutcome> FindNotTakenInAsync(TimeSpan unchangedFor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var chunk in _listing.Below("").Chunk(500))
        {
            var known = await _intake.KnownEventsAsync(Name, [.. chunk.Select(EventKey)], cancellationToken);
            foreach (var file in chunk.Where(file => !known.Contains(EventKey(file)) && _time.GetUtcNow() - file.Status.Modified >= unchangedFor))
            {
                yield return new(file.Key, FileOutcomeKind.Failed, Problem: _reported.GetValueOrDefault(file.Key));
            }
        }
    }

    /// <summary>Takes in those files that are new and at rest. Trouble with the database ends it, trouble with a file does not.</summary>
    private async Task<IReadOnlyList<FileOutcome>> TakeInAsync(IReadOnlyList<ListedFile> files, CancellationToken cancellationToken)
    {
        var known = await _intake.KnownEventsAsync(Name, [.. files.Select(EventKey)], cancellationToken);
        var outcomes = new FileOutcome[files.Count];
        await Parallel.ForAsync(
            0,
            files.Count,
            new ParallelOptions { MaxDegreeOfParallelism = _options.Parallel, CancellationToken = cancellationToken },
            async (i, token) => outcomes[i] = known.Contains(EventKey(files[i])) ? new(files[i].Key, FileOutcomeKind.Known) : await TakeInAsync(files[i], token));
        foreach (var outcome in outcomes.Where(outcome => outcome.Kind != FileOutcomeKind.Changing))
        {
            _resting.TryRemove(outcome.Key, out _);
        }

        return outcomes;
    }

    private async Task<FileOutcome> TakeInAsync(ListedFile listed, CancellationToken cancellationToken)
    {
        try
        {
            using var file = FolderFile.Open(Root, listed.Key);
            if (file is null)
            {
                return new(listed.Key, FileOutcomeKind.Gone);
            }

            if (!IsAtRest(listed.Key, file.Status) || file.HasWriter())
            {
                return new(listed.Key, FileOutcomeKind.Changing);
            }

            await using var bytes = file.Read();
            var result = await _intake.AcceptAsync(
                new(Name, EventKey(new(listed.Key, file.Status)), Name, listed.Key, Version: null), bytes, cancellationToken);
            _reported.TryRemove(listed.Key, out _);
            return new(listed.Key, result.Outcome == IntakeOutcome.New ? FileOutcomeKind.New : FileOutcomeKind.Known, result);
        }
        catch (FileChangedException)
        {
            return new(listed.Key, FileOutcomeKind.Changing);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or PostgresException { IsTransient: false })
        {
            var problem = FailureClassifier.SentenceOf(failure);
            ReportOnce(listed.Key, problem);
            return new(listed.Key, FileOutcomeKind.Failed, Problem: problem);
        }
    }

    /// <summary>At rest since its modification time says so, or since we have seen it unchanged for long enough (its clock may be ahead of ours).</summary>
    private bool IsAtRest(string key, FileStatus status)
    {
        var seen = _resting.AddOrUpdate(
            key,
            _ => (status, _time.GetTimestamp()),
            (_, before) => before.Status == status ? before : (status, _time.GetTimestamp()));
        return _time.GetUtcNow() - status.Modified >= _options.SettleTime || _time.GetElapsedTime(seen.Since) >= _options.SettleTime;
    }

    private static string EventKey(ListedFile file) => $"{file.Status.Stamp} {file.Key}";

    /// <summary>The same trouble with the same file is news once, not at every listing.</summary>
    private void ReportOnce(string key, string problem)
    {
        if (_reported.Count > 10_000)
        {
            _reported.Clear();
        }

        if (!_reported.TryGetValue(key, out var before) || before != problem)
        {
            _reported[key] = problem;
            Log.NotTakenIn(_log, Shown(key), Name, problem);
        }
    }

    /// <summary>A file name is hostile: a line break in it must not look like a line of the log.</summary>
    private static string Shown(string key) =>
        string.Concat(key.Select(character => char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString()));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "'{Key}' in {Bucket} is not taken in: {Problem}")]
        public static partial void NotTakenIn(ILogger log, string key, string bucket, string problem);

        [LoggerMessage(2, LogLevel.Information, "'{Key}' in {Bucket} is submission {Submission}, {State}")]
        public static partial void TakenIn(ILogger log, string key, string bucket, string submission, string state);

        [LoggerMessage(3, LogLevel.Warning, "{Bucket} sends no notifications ({Problem}); it is listed every {Every} s instead")]
        public static partial void NoNotifications(ILogger log, string bucket, string problem, double every);

        [LoggerMessage(4, LogLevel.Warning, "{Bucket} waits: {Problem}")]
        public static partial void Waits(ILogger log, string bucket, string problem);
    }
}
