namespace DocPipeline.Server.Ingest;

/// <summary>A file in a watched folder.</summary>
/// <param name="Key">Its path below the folder, with / between the parts.</param>
internal sealed record FolderFile(string Key, string Path, long Size, DateTime WrittenUtc)
{
    /// <summary>The same bytes written again are another event; whether they are another version is found out by their hash.</summary>
    public string EventKey => $"{Key}@{Size}@{WrittenUtc.Ticks}";
}

internal static class FolderListing
{
    // A link may lead out of the folder, into files that nobody handed in; hidden files are those that programs write before they rename them.
    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private static readonly string[] Unfinished = [".part", ".partial", ".tmp", ".crdownload", ".filepart"];

    public static IEnumerable<FolderFile> Of(string folder) => new DirectoryInfo(folder)
        .EnumerateFiles("*", Options)
        .Where(file => !Unfinished.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
        .Select(file => new FolderFile(
            Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.FullName, file.Length, file.LastWriteTimeUtc));
}
