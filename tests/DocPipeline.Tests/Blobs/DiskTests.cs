using DocPipeline.Blobs;

namespace DocPipeline.Tests.Blobs;

/// <summary>That the names are on the disk would take a power cut to see; these are the answers of the system call.</summary>
public sealed class DiskTests
{
    [Fact]
    public void FlushDirectory_Directory_Succeeds() => Disk.FlushDirectory(AppContext.BaseDirectory);

    [Fact]
    public void FlushDirectory_NothingThere_IsAnErrorThatNamesIt()
    {
        var failure = Assert.Throws<IOException>(() => Disk.FlushDirectory("/no/such/directory"));

        Assert.Contains("/no/such/directory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddAsync_AndWriteDerivedAsync_LeaveWholeFilesAndNothingElse()
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-test-");
        var blobs = new BlobFolder(folder.FullName);
        using var bytes = new MemoryStream([1, 2, 3]);

        var (content, size) = await blobs.AddAsync(bytes, 10, TestContext.Current.CancellationToken);
        await blobs.WriteDerivedAsync(content, "a.json", new byte[] { 4 }, TestContext.Current.CancellationToken);

        Assert.Equal(3, size);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(blobs.PathOf(content), TestContext.Current.CancellationToken));
        Assert.Equal([4], await blobs.ReadDerivedAsync(content, "a.json", TestContext.Current.CancellationToken) ?? []);
        Assert.Equal(2, folder.GetFiles("*", SearchOption.AllDirectories).Length);
        folder.Delete(recursive: true);
    }
}
