namespace DocPipeline.Testing;

/// <summary>What real services answered and sent, recorded beside the repository and no part of it.</summary>
public static class Recordings
{
    /// <summary>A folder of them; null where they are absent, and a test that wants them is skipped with <see cref="Absent"/>.</summary>
    public static string? Folder(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DocPipeline.sln")))
        {
            folder = folder.Parent;
        }

        var shared = Environment.GetEnvironmentVariable("DOCPIPELINE_SHARED") ?? Path.Combine(folder?.FullName ?? "", "..", "shared");
        var recordings = Path.GetFullPath(Path.Combine(shared, "recordings", name));
        return Directory.Exists(recordings) ? recordings : null;
    }

    public static string Absent(string name) => $"There are no recordings in ../shared/recordings/{name} (or DOCPIPELINE_SHARED names another folder).";
}
