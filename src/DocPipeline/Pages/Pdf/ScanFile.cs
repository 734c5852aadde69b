namespace DocPipeline.Pages.Pdf;

/// <summary>A page's scan in a temporary folder of its own, which ends with this object.</summary>
internal sealed class ScanFile(DirectoryInfo folder) : IDisposable
{
    /// <summary>Null where poppler found something else than one picture that a reader takes.</summary>
    public string? Path { get; } = folder.GetFiles() is [{ Extension: ".jpg" or ".pbm" or ".pgm" } file] ? file.FullName : null;

    /// <summary>No room is left where it was written: then it may be half a picture, and poppler does not say so.</summary>
    public bool IsDiskFull => new DriveInfo(folder.FullName).AvailableFreeSpace < 64 * 1024;

    public void Dispose() => folder.Delete(recursive: true);
}
