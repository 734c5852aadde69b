namespace DocPipeline.EndToEnd.Tests.Machine;

/// <summary>Documents that lie beside the repository and are no part of it.</summary>
internal static class SharedData
{
    /// <summary>A folder of them; the test is skipped where they are absent.</summary>
    public static string Folder(params string[] path)
    {
        var shared = Environment.GetEnvironmentVariable("DOCPIPELINE_SHARED") ?? Path.Combine(ServerMachine.Repository, "..", "shared");
        var folder = Path.GetFullPath(Path.Combine([shared, .. path]));
        Assert.SkipUnless(Directory.Exists(folder), $"There are no documents in ../shared/{string.Join('/', path)} (or DOCPIPELINE_SHARED names another folder).");
        return folder;
    }
}
