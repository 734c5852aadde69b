using DocPipeline.Testing;

namespace DocPipeline.FaultTests.Disks;

/// <summary>A file system of a few megabytes that can be filled up and made read-only. Needs root; elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-disk-");

    private SmallDisk()
    {
    }

    public string Folder => _folder.FullName;

    private string Ballast => Path.Combine(Folder, "ballast");

    public static async Task<SmallDisk> MountAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A file system of a limited size can be mounted by root only.");
        var disk = new SmallDisk();
        try
        {
            await PrivatePostgres.RunAsync("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.Folder);
        }
        catch (InvalidOperationException)
        {
            disk._folder.Delete();
            Assert.Skip("This machine permits no mount.");
        }

        return disk;
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Ballast, FileMode.Create, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            for (long at = 0; ; at += block.Length)
            {
                RandomAccess.Write(file, block, at);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Ballast);

    public Task SetReadOnlyAsync(bool isReadOnly) => PrivatePostgres.RunAsync("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Folder);

    public async ValueTask DisposeAsync()
    {
        await PrivatePostgres.RunAsync("umount", "--lazy", Folder);
        _folder.Delete();
    }
}
