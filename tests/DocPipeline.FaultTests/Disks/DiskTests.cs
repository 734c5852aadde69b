using System.Text;
using DocPipeline.FaultTests.Machines;
using DocPipeline.Ingest;
using DocPipeline.Proof.Machines;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.FaultTests.Disks;

/// <summary>A disk is full or cannot be written to: documents wait, nobody is blamed, and all go on when there is room.</summary>
public sealed class DiskTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Files_are_taken_in_once_when_originals_can_be_kept_again(bool isReadOnly)
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var machine = await PipelineMachine.CreateAsync();
        machine.Blobs = Path.Combine(disk.Folder, "blobs");
        await using var server = await machine.ServeAsync(new FaultPlan());
        await (isReadOnly ? disk.SetReadOnlyAsync(true) : Task.Run(disk.Fill, Cancelled));

        Drop(machine, "one.txt");
        Drop(machine, "two.txt");
        var problem = isReadOnly ? "Read-only file system" : "No space left on device";
        await Eventually.IsTrueAsync(
            () => Task.FromResult(((string[])["one.txt", "two.txt"]).All(name => machine.Log.Lines.Any(line => line.Contains(name, StringComparison.Ordinal) && line.Contains(problem, StringComparison.Ordinal)))),
            "the log says why they are not taken in");
        Assert.Equal(0, await machine.ScalarAsync<long>("SELECT count(*) FROM docpipeline.submission"));
        await (isReadOnly ? disk.SetReadOnlyAsync(false) : Task.Run(disk.Free, Cancelled));

        await machine.UntilStateAsync("one.txt", SubmissionStates.NeedsReview);
        await machine.UntilStateAsync("two.txt", SubmissionStates.NeedsReview);
        Assert.Equal(2, await machine.ScalarAsync<long>("SELECT count(*) FROM docpipeline.submission"));
        Assert.Empty(await machine.ViolationsAsync());
    }

    [Fact]
    public async Task A_document_whose_pages_find_no_room_waits_for_it()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var machine = await PipelineMachine.CreateAsync();
        machine.Blobs = Path.Combine(disk.Folder, "blobs");
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await machine.ServeAsync(new FaultPlan { Hold = made => made == "Claims/claim.sql" ? full.Task : Task.CompletedTask });
        Drop(machine, "one.txt");
        await machine.UntilStateAsync("one.txt", SubmissionStates.Processing);
        disk.Fill();
        full.SetResult();

        await machine.UntilAsync("SELECT EXISTS (SELECT FROM durable.step WHERE name = 'open-file' AND status = 'retrying' AND failure ->> 'code' = 'IOException')", "there is no room for its pages");
        disk.Free();

        await machine.UntilStateAsync("one.txt", SubmissionStates.NeedsReview);
        Assert.Empty(await machine.ViolationsAsync());
    }

    [Fact]
    public async Task A_scan_that_finds_no_room_among_temporary_files_is_not_taken_for_damaged()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var machine = await PrivateMachine.CreateAsync(Cancelled);
        machine.Settings["TMPDIR"] = disk.Folder;
        await using var server = await machine.ServeAsync(Cancelled);
        disk.Fill();

        machine.Drop(SampleFile.Path("repair-estimate-scan.pdf"), "scan.pdf");
        await UntilAsync(machine, "SELECT count(*) FROM durable.step WHERE name = 'recognize-page' AND status = 'retrying' AND failure ->> 'message' = 'The folder for temporary files is full.'", "there is no room for its scan");
        disk.Free();

        await UntilAsync(machine, "SELECT count(*) FROM docpipeline.submission WHERE state IN ('accepted', 'needs_review')", "it is read");
        Assert.Empty(await Ended.ViolationsAsync(machine, Cancelled));
    }

    private static void Drop(PipelineMachine machine, string name) => machine.Drop(name, Encoding.UTF8.GetBytes($"Claim Number: {name}\n"));

    private static Task UntilAsync(PrivateMachine machine, string count, string description) => Eventually.IsTrueAsync(
        async () => (await machine.ListAsync(count, Cancelled))[0] != "0", description, TimeSpan.FromSeconds(60));
}
