namespace DocPipeline.Server.Extract;

/// <summary>The files that paths on the command line mean: a file itself, or every file below a folder.</summary>
internal static class InputFiles
{
    private static readonly string[] BesideDocuments = [".gt.json", ".expected.json"];

    /// <summary>Paths that exist, in the order given and by name within a folder; and those that do not.</summary>
    public static (IReadOnlyList<string> Files, IReadOnlyList<string> Absent) Of(IEnumerable<string> paths)
    {
        var files = new List<string>();
        var absent = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(file => !Path.GetFileName(file).StartsWith('.') && !BesideDocuments.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
                    .Order(StringComparer.Ordinal));
            }
            else
            {
                (File.Exists(path) ? files : absent).Add(path);
            }
        }

        return (files, absent);
    }
}
