using System.Text;

namespace DocPipeline.FaultTests.Machines;

/// <summary>The sample documents of the repository.</summary>
internal static class SampleFile
{
    private static readonly string Folder = Find();

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>The same document under another hash: what follows the end of a picture or a PDF is not read.</summary>
    /// <returns>A file that the caller may leave where it is.</returns>
    public static string WithTail(string file, string tail)
    {
        var copy = System.IO.Path.Combine(Directory.CreateTempSubdirectory("docpipeline-copy-").FullName, System.IO.Path.GetFileName(file));
        File.WriteAllBytes(copy, [.. File.ReadAllBytes(file), .. Encoding.ASCII.GetBytes(tail)]);
        return copy;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "DocPipeline.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests lie outside of the repository."), "samples");
    }
}
