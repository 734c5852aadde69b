using System.Diagnostics;
using DocPipeline.Ingest;
using DocPipeline.Testing;
using DocPipeline.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Tests.Ingest;

public sealed class FolderWatchTests : IClassFixture<PipelineDatabase>, IAsyncLifetime
{
    private readonly PipelineDatabase _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-watched-");
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("docpipeline-elsewhere-");
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    public FolderWatchTests(PipelineDatabase database) => _database = database;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
        _folder.Delete(recursive: true);
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_moved_in_is_taken_in_at_once_though_it_would_have_to_rest_for_a_minute()
    {
        Watch(settle: TimeSpan.FromMinutes(1), every: TimeSpan.FromHours(1));
        await TakenInAsync("there-before.pdf", Old("there-before.pdf"));
        var clock = Stopwatch.StartNew();

        Directory.Move(Old("moved.pdf").DirectoryName!, Path.Combine(_folder.FullName, "a folder"));
        await CountAsync("a folder/moved.pdf", 1);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task A_file_written_slowly_is_taken_in_once_and_whole()
    {
        Watch(settle: TimeSpan.FromMilliseconds(1500), every: TimeSpan.FromHours(1));
        await TakenInAsync("there-before.pdf", Old("there-before.pdf"));

        // Closed between the pieces: only the settling time keeps the half file out.
        for (var piece = 0; piece < 12; piece++)
        {
            File.AppendAllText(Path.Combine(_folder.FullName, "slow.pdf"), "piece ");
            await Task.Delay(100, TestContext.Current.CancellationToken);
            Assert.Equal(0, await SubmissionsAsync("slow.pdf"));
        }

        await CountAsync("slow.pdf", 1);
        Assert.Equal(72, await _database.ScalarAsync<long>("SELECT size FROM docpipeline.submission WHERE key = 'slow.pdf'"));
    }

    [Fact]
    public async Task The_listing_finds_what_no_notification_told_and_new_bytes_under_a_known_name()
    {
        Watch(settle: TimeSpan.Zero, every: TimeSpan.FromMilliseconds(200));
        await TakenInAsync("listed.pdf", Old("listed.pdf"));

        Old("listed.pdf").MoveTo(Path.Combine(_folder.FullName, "listed.pdf"), overwrite: true);
        await CountAsync("listed.pdf", 2);
    }

    [Fact]
    public async Task Trouble_with_the_database_only_makes_files_wait()
    {
        await _database.ExecuteAsync("ALTER TABLE docpipeline.bucket_event RENAME TO away");
        Watch(settle: TimeSpan.Zero, every: TimeSpan.FromMilliseconds(200));
        Old("patient.pdf").MoveTo(Path.Combine(_folder.FullName, "patient.pdf"));
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(_watching.IsCompleted);

        await _database.ExecuteAsync("ALTER TABLE docpipeline.away RENAME TO bucket_event");

        await CountAsync("patient.pdf", 1);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_at_the_start()
    {
        var bucket = Bucket(Path.Combine(_folder.FullName, "missing"), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => bucket.WatchAsync(_stop.Token));
    }

    private void Watch(TimeSpan settle, TimeSpan every)
    {
        var bucket = Bucket(_folder.FullName, settle, every);
        _watching = Task.Run(() => bucket.WatchAsync(_stop.Token));
    }

    private FolderBucket Bucket(string path, TimeSpan settle, TimeSpan every) => new(
        _database.Intake(), new() { Path = path, SettleTime = settle, ListEvery = every }, TimeProvider.System, NullLogger<FolderBucket>.Instance);

    /// <summary>A finished file in a folder of its own outside the bucket.</summary>
    private FileInfo Old(string name)
    {
        var folder = _elsewhere.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        var file = new FileInfo(Path.Combine(folder.FullName, name));
        File.WriteAllText(file.FullName, Guid.NewGuid().ToString());
        file.LastWriteTimeUtc = DateTime.UtcNow.AddHours(-1);
        return file;
    }

    private async Task TakenInAsync(string name, FileInfo file)
    {
        file.MoveTo(Path.Combine(_folder.FullName, name));
        await CountAsync(name, 1);
    }

    private Task CountAsync(string key, long count) =>
        Eventually.IsTrueAsync(async () => await SubmissionsAsync(key) == count, $"{count} submission(s) of {key}", TimeSpan.FromSeconds(15));

    private Task<long> SubmissionsAsync(string key) => _database.ScalarAsync<long>(
        "SELECT count(*) FROM docpipeline.submission WHERE bucket = $1 AND key = $2", "folder:" + _folder.FullName, key);
}
