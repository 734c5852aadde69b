namespace DocPipeline.Pages.Pdf;

/// <summary>A page's scan in a temporary folder of its own, which ends with this object.</summary>
internal sealed class ScanFile(DirectoryInfo folder) : IDisposable
{
    /// <summary>Null where poppler found something else than one picture that a reader takes.</summary>
    public string? Path { get; } = folder.GetFiles() is [{ Extension: ".jpg" or ".pbm" or ".pgm" } file] ? file.FullName : null;

    public void Dispose() => folder.Delete(recursive: true);
}
