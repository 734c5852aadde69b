using System.Collections.Concurrent;
using DocPipeline.Workflow;

namespace DocPipeline.Ingest;

/// <content>Watching. The listing is the truth; a notification only says where to look first.</content>
public sealed partial class FolderBucket
{
    /// <summary>Takes in what is in the folder and whatever comes, until cancelled. Trouble is logged and never ends it.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist at the start.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Root))
        {
            throw new DirectoryNotFoundException($"There is no folder '{Root}' to watch.");
        }

        using var hints = new Hints(this);
        var waiting = new HashSet<string>();
        var nextListing = 0L;
        try
        {
            while (true)
            {
                // 1. Where to look: everywhere when it is time or a notification was lost, else where something happened and where files were not at rest.
                var listed = hints.TakeLost() || _time.GetTimestamp() >= nextListing;
                if (listed)
                {
                    hints.Renew();
                    nextListing = _time.GetTimestamp() + (long)(_options.ListEvery.TotalSeconds * _time.TimestampFrequency);
                }

                string[] places = listed ? [""] : [.. hints.Take().Union(waiting)];

                // 2. Take in. What is not at rest stays on the list.
                try
                {
                    waiting = await LookAsync(places, cancellationToken);
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    // The database is away, or we are wrong: either way the files are still there, and the next listing finds them.
                    Log.Waits(_log, Name, FailureClassifier.Classify(failure).Message);
                    waiting = [];
                    nextListing = _time.GetTimestamp() + (long)(Math.Min(_options.ListEvery.TotalSeconds, 5) * _time.TimestampFrequency);
                }

                // 3. Wait for a notification, the next listing, or a file to come to rest; never spin on a folder that is being written to.
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time, cancellationToken);
                var pause = _time.GetElapsedTime(_time.GetTimestamp(), nextListing);
                var rest = waiting.Count == 0 ? pause : TimeSpan.FromTicks(_options.SettleTime.Ticks / 4);
                await hints.WaitAsync(pause < rest ? pause : rest, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop: everything taken in is committed, everything else is found at the next start.
        }
    }

    private async Task<HashSet<string>> LookAsync(IEnumerable<string> places, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<string>();
        foreach (var chunk in places.Where(place => !_listing.IsIgnoredKey(place) || place.Length == 0).SelectMany(_listing.Below).Chunk(500))
        {
            foreach (var outcome in await TakeInAsync(chunk, cancellationToken))
            {
                if (outcome.Kind == FileOutcomeKind.Changing)
                {
                    waiting.Add(outcome.Key);
                }
                else if (outcome is { Kind: FileOutcomeKind.New, Result: { } result })
                {
                    Log.TakenIn(_log, Shown(outcome.Key), Name, result.Submission.ToString(), result.State);
                }
            }
        }

        foreach (var key in _resting.Keys.Where(key => !waiting.Contains(key)))
        {
            // Deleted before it came to rest: everything that waits was looked at just now.
            _resting.TryRemove(key, out _);
        }

        return waiting;
    }

    /// <summary>Keys where something happened. Beyond some number it is cheaper to list.</summary>
    private sealed class Hints(FolderBucket bucket) : IDisposable
    {
        private const int Most = 1_000;
        private readonly ConcurrentDictionary<string, bool> _keys = new();
        private readonly SemaphoreSlim _signal = new(0, 1);
        private FileSystemWatcher? _watcher;
        private int _lost;
        private bool _reported;

        public bool TakeLost() => Interlocked.Exchange(ref _lost, 0) == 1;

        public string[] Take()
        {
            var keys = _keys.Keys.ToArray();
            foreach (var key in keys)
            {
                _keys.TryRemove(key, out _);
            }

            return keys;
        }

        public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) =>
            limit <= TimeSpan.Zero ? Task.CompletedTask : _signal.WaitAsync(limit, cancellationToken);

        /// <summary>Begins to watch, or begins anew after an error. Called before each listing, so that nothing falls between the two.</summary>
        public void Renew()
        {
            Take();
            if (_watcher is not null)
            {
                return;
            }

            FileSystemWatcher? watcher = null;
            try
            {
                watcher = new FileSystemWatcher(bucket.Root)
                {
                    IncludeSubdirectories = true,
                    NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
                };
                watcher.Created += (_, change) => Add(change.FullPath);
                watcher.Changed += (_, change) => Add(change.FullPath);
                watcher.Renamed += (_, change) => Add(change.FullPath);
                watcher.Error += (_, _) => Lose(watcher);
                watcher.EnableRaisingEvents = true;
                (_watcher, _reported) = (watcher, false);
            }
            catch (Exception unavailable) when (unavailable is IOException or ArgumentException or UnauthorizedAccessException)
            {
                watcher?.Dispose();
                if (!_reported)
                {
                    _reported = true;
                    Log.NoNotifications(bucket._log, bucket.Name, unavailable.Message, bucket._options.ListEvery.TotalSeconds);
                }
            }
        }

        // The semaphore is left to the collector: a notification may still be on its way.
        public void Dispose() => _watcher?.Dispose();

        private void Add(string path)
        {
            if (_keys.Count >= Most)
            {
                Interlocked.Exchange(ref _lost, 1);
            }
            else if (path.Length > bucket.Root.Length + 1)
            {
                _keys[path[(bucket.Root.Length + 1)..]] = true;
            }

            Signal();
        }

        private void Lose(FileSystemWatcher watcher)
        {
            watcher.Dispose();
            Interlocked.CompareExchange(ref _watcher, null, watcher);
            Interlocked.Exchange(ref _lost, 1);
            Signal();
        }

        private void Signal()
        {
            lock (_keys)
            {
                if (_signal.CurrentCount == 0)
                {
                    _signal.Release();
                }
            }
        }
    }
}
