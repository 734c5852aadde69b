using System.Diagnostics;
using System.Text;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Testing;
using DocPipeline.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Tests.Ingest;

public sealed class FolderBucketTests : IClassFixture<PipelineDatabase>, IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(400);

    private readonly PipelineDatabase _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-bucket-");
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("docpipeline-elsewhere-");

    public FolderBucketTests(PipelineDatabase database) => _database = database;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        // The framework cannot delete a file whose name is no text.
        using var remove = Process.Start("rm", ["-rf", _folder.FullName, _elsewhere.FullName]);
        remove.WaitForExit();
    }

    [Theory]
    [InlineData("plain.pdf")]
    [InlineData("with space.pdf")]
    [InlineData("sub folder/deeper/nested.pdf")]
    [InlineData("quote's \"double\" `tick`.pdf")]
    [InlineData("$(touch pwned); rm -rf x.pdf")]
    [InlineData("line\nbreak\r\ttab.pdf")]
    [InlineData("-rf")]
    [InlineData("back\\slash%s%00.pdf")]
    [InlineData("请求书-事故-Übergröße-🚗.pdf")]
    public async Task A_file_of_any_name_is_taken_in_under_its_path(string key)
    {
        Write(key, key);

        var outcome = Assert.Single(await ReconcileAsync());

        Assert.Equal((key, FileOutcomeKind.New), (outcome.Key, outcome.Kind));
        Assert.Equal(
            (key, "folder:" + _folder.FullName),
            (await _database.ScalarAsync<string>("SELECT key FROM docpipeline.submission WHERE id = $1", outcome.Result!.Submission.Value),
             await _database.ScalarAsync<string>("SELECT bucket FROM docpipeline.submission WHERE id = $1", outcome.Result!.Submission.Value)));
        Assert.True(File.Exists(PathOf(key)));
    }

    [Theory]
    [InlineData(".hidden.pdf")]
    [InlineData("a.tmp")]
    [InlineData("a.pdf.PART")]
    [InlineData("a.pdf.crdownload")]
    [InlineData(".git/config.pdf")]
    public async Task Work_in_progress_is_ignored(string key)
    {
        Write(key, "x");

        Assert.Empty(await ReconcileAsync());
    }

    [Fact]
    public async Task Links_pipes_and_names_that_are_no_text_are_left_alone_and_the_rest_is_taken_in()
    {
        File.WriteAllText(Path.Combine(_elsewhere.FullName, "secret.pdf"), "secret");
        File.CreateSymbolicLink(PathOf("a-link.pdf"), Path.Combine(_elsewhere.FullName, "secret.pdf"));
        Directory.CreateSymbolicLink(PathOf("b-linked-folder"), _elsewhere.FullName);
        File.CreateSymbolicLink(PathOf("c-dangling.pdf"), "/nowhere");
        await RunAsync("mkfifo", PathOf("d-pipe.pdf"));
        await RunAsync("bash", "-c", "printf x > \"$0\"/$'e-\\xff\\xfe.pdf'", _folder.FullName);
        Write("z.pdf", "fine");

        Assert.Equal(["z.pdf"], (await ReconcileAsync()).Select(outcome => outcome.Key));
        Assert.Equal(["z.pdf"], (await ReconcileAsync("z.pdf")).Select(outcome => outcome.Key));
        Assert.Null(FolderFile.Open(_folder.FullName, "a-link.pdf"));
        Assert.Null(FolderFile.Open(_folder.FullName, "b-linked-folder/secret.pdf"));
        Assert.Null(FolderFile.Open(_folder.FullName, "d-pipe.pdf"));
        Assert.Throws<ArgumentException>(() => FolderFile.Open(_folder.FullName, "../x"));
    }

    [Fact]
    public async Task A_restart_does_not_read_known_files_again()
    {
        Write("known.pdf", "known");
        var first = Assert.Single(await ReconcileAsync());
        var blob = _database.Blobs.PathOf(new ContentHash(
            await _database.ScalarAsync<string>("SELECT content FROM docpipeline.submission WHERE id = $1", first.Result!.Submission.Value)));
        File.Delete(blob);

        var again = Assert.Single(await ReconcileAsync());

        Assert.Equal((FileOutcomeKind.Known, null), (again.Kind, again.Result));
        Assert.False(File.Exists(blob), "The bytes were read a second time.");
    }

    [Fact]
    public async Task A_touched_file_is_the_same_submission_and_new_bytes_are_a_new_one()
    {
        Write("same.pdf", "first");
        var first = Assert.Single(await ReconcileAsync());

        File.SetLastWriteTimeUtc(PathOf("same.pdf"), new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var touched = Assert.Single(await ReconcileAsync());
        Write("same.pdf", "second");
        var second = Assert.Single(await ReconcileAsync());

        Assert.Equal((FileOutcomeKind.Known, first.Result!.Submission), (touched.Kind, touched.Result!.Submission));
        Assert.Equal((FileOutcomeKind.New, null), (second.Kind, second.Result!.DuplicateOf));
        Assert.NotEqual(first.Result.Submission, second.Result.Submission);
    }

    [Fact]
    public async Task A_copy_is_a_submission_that_names_the_first()
    {
        Write("a.pdf", "the same");
        Write("b/copy.pdf", "the same");

        var outcomes = await ReconcileAsync();

        var first = Assert.Single(outcomes, outcome => outcome.Result!.DuplicateOf is null);
        Assert.Equal(first.Result!.Submission, Assert.Single(outcomes, outcome => outcome != first).Result!.DuplicateOf);
    }

    [Fact]
    public async Task A_file_that_may_still_be_written_waits_until_it_is_at_rest()
    {
        File.WriteAllText(PathOf("fresh.pdf"), "half");
        var bucket = Bucket();

        Assert.Equal(FileOutcomeKind.Changing, Assert.Single(await ReconcileAsync(bucket: bucket)).Kind);
        await Eventually.IsTrueAsync(
            async () => Assert.Single(await ReconcileAsync(bucket: bucket)).Kind == FileOutcomeKind.New, "the file comes to rest");
    }

    [Fact]
    public async Task A_file_from_the_future_is_at_rest_once_it_was_seen_unchanged_for_long_enough()
    {
        Write("future.pdf", "future");
        File.SetLastWriteTimeUtc(PathOf("future.pdf"), new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var bucket = Bucket();

        Assert.Equal(FileOutcomeKind.Changing, Assert.Single(await ReconcileAsync(bucket: bucket)).Kind);
        await Eventually.IsTrueAsync(
            async () => Assert.Single(await ReconcileAsync(bucket: bucket)).Kind == FileOutcomeKind.New, "the file comes to rest");
    }

    [Fact]
    public async Task A_file_that_somebody_has_open_for_writing_waits_however_old_it_looks()
    {
        await using (var writer = new FileStream(PathOf("slow.pdf"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.Write("half"u8);
            writer.Flush();
            Age("slow.pdf");
            using (var file = FolderFile.Open(_folder.FullName, "slow.pdf"))
            {
                Assert.SkipUnless(file!.HasWriter(), "This file system grants no leases.");
            }

            Assert.Equal(FileOutcomeKind.Changing, Assert.Single(await ReconcileAsync()).Kind);
            writer.Write(" whole"u8);
        }

        Age("slow.pdf");
        Assert.Equal(FileOutcomeKind.New, Assert.Single(await ReconcileAsync()).Kind);
        Assert.Equal("half whole".Length, await _database.ScalarAsync<long>(
            "SELECT size FROM docpipeline.submission WHERE bucket = $1 AND key = 'slow.pdf'", Bucket().Name));
    }

    [Fact]
    public async Task Asking_for_writers_survives_writers_that_come_at_that_very_moment()
    {
        Write("contended.pdf", "x");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writes = 0;
        var writing = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    using var writer = new FileStream(PathOf("contended.pdf"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    writes++;
                }
            },
            Cancel);

        // The kernel's signal to the holder of a lease would end this process, were it the usual one.
        for (var look = 0; look < 20_000; look++)
        {
            using var file = FolderFile.Open(_folder.FullName, "contended.pdf");
            file!.HasWriter();
        }

        await stop.CancelAsync();
        await writing;
        Assert.True(writes > 0);
    }

    [Theory]
    [InlineData("appended")]
    [InlineData("rewritten")]
    [InlineData("replaced")]
    [InlineData("deleted")]
    public async Task A_file_that_changes_while_it_is_read_is_not_recorded(string how)
    {
        Write("moving.pdf", new string('x', 300_000));
        using var file = FolderFile.Open(_folder.FullName, "moving.pdf")!;
        await using var bytes = file.Read();
        await bytes.ReadExactlyAsync(new byte[1000], Cancel);

        switch (how)
        {
            case "appended":
                File.AppendAllText(PathOf("moving.pdf"), "more");
                break;
            case "rewritten":
                File.WriteAllText(PathOf("moving.pdf"), new string('y', 300_000));
                break;
            case "replaced":
                File.WriteAllText(PathOf("other"), new string('z', 300_000));
                Age("other");
                File.Move(PathOf("other"), PathOf("moving.pdf"), overwrite: true);
                break;
            default:
                File.Delete(PathOf("moving.pdf"));
                break;
        }

        await Assert.ThrowsAsync<FileChangedException>(() => _database.Intake().AcceptAsync(
            new("test", "moving " + how, "test", "moving.pdf", null), bytes, Cancel));
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.bucket_event WHERE event_key = $1", "moving " + how));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128 * 1024)]
    [InlineData(300_001)]
    public async Task Every_byte_of_a_file_is_taken_in(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(PathOf("sized.pdf"), bytes);
        Age("sized.pdf");

        var result = Assert.Single(await ReconcileAsync()).Result!;

        var content = await _database.ScalarAsync<string>("SELECT content FROM docpipeline.submission WHERE id = $1", result.Submission.Value);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_database.Blobs.PathOf(new ContentHash(content)), Cancel));
    }

    [Fact]
    public async Task Too_large_a_file_is_a_rejected_submission_once()
    {
        Write("large.pdf", new string('x', 2000));

        var first = Assert.Single(await ReconcileAsync(bucket: Bucket(maxBytes: 1000)));
        var again = Assert.Single(await ReconcileAsync(bucket: Bucket(maxBytes: 1000)));

        Assert.Equal((FileOutcomeKind.New, "rejected", "too_large"), (first.Kind, first.Result!.State, first.Result.ReasonCode));
        Assert.Equal(FileOutcomeKind.Known, again.Kind);
    }

    [Fact]
    public async Task Two_processes_on_one_folder_make_one_submission_a_file()
    {
        foreach (var number in Enumerable.Range(0, 40))
        {
            Write($"{number:00}.pdf", $"two processes {number}");
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReconcileAsync())));

        Assert.Equal(40, await _database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.submission WHERE bucket = $1", Bucket().Name));
    }

    [Fact]
    public void A_path_on_the_command_line_belongs_to_the_standing_bucket_or_to_its_own_folder()
    {
        Write("standing/sub/a.pdf", "a");
        var standing = PathOf("standing");

        Assert.Equal((standing, "sub/a.pdf"), FolderBucket.Locate(PathOf("standing/sub/a.pdf"), standing));
        Assert.Equal((standing, "sub"), FolderBucket.Locate(PathOf("standing/sub/"), standing));
        Assert.Equal((standing, ""), FolderBucket.Locate(standing, standing));
        Assert.Equal((PathOf("standing/sub"), "a.pdf"), FolderBucket.Locate(PathOf("standing/sub/a.pdf"), null));
        Assert.Equal((PathOf("standing/sub"), ""), FolderBucket.Locate(PathOf("standing/sub"), PathOf("standing/su")));
        Assert.Throws<FileNotFoundException>(() => FolderBucket.Locate(PathOf("missing"), null));
    }

    private FolderBucket Bucket(long maxBytes = 1_000_000) => new(
        _database.Intake(maxBytes: maxBytes), new() { Path = _folder.FullName, SettleTime = Settle }, TimeProvider.System, NullLogger<FolderBucket>.Instance);

    private async Task<List<FileOutcome>> ReconcileAsync(string below = "", FolderBucket? bucket = null)
    {
        var outcomes = new List<FileOutcome>();
        await foreach (var outcome in (bucket ?? Bucket()).ReconcileAsync(below, Cancel))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    private string PathOf(string key) => Path.Combine(_folder.FullName, key);

    /// <summary>A file that has been at rest for long.</summary>
    private void Write(string key, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(key))!);
        File.WriteAllBytes(PathOf(key), Encoding.UTF8.GetBytes(_folder.Name + text));
        Age(key);
    }

    private void Age(string key) => File.SetLastWriteTimeUtc(PathOf(key), DateTime.UtcNow.AddMinutes(-1));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
    }
}
