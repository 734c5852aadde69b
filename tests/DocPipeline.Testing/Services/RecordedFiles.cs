namespace DocPipeline.Testing.Services;

/// <summary>Recordings that lie beside the repository and are no part of it.</summary>
public static class RecordedFiles
{
    /// <summary>Their folder; null where they are absent.</summary>
    public static string? Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("DOCPIPELINE_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); shared is null && at is not null; at = at.Parent)
        {
            shared = File.Exists(Path.Combine(at.FullName, "DocPipeline.sln")) ? Path.Combine(at.FullName, "..", "shared") : null;
        }

        var folder = Path.GetFullPath(Path.Combine(shared ?? "", "recordings", name));
        return Directory.Exists(folder) ? folder : null;
    }
}
