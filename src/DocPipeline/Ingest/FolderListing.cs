using System.IO.Enumeration;
using System.Text;

namespace DocPipeline.Ingest;

/// <summary>A file as a listing saw it.</summary>
internal sealed record ListedFile(string Key, FileStatus Status);

/// <summary>Something in a folder that cannot be taken in, and why.</summary>
internal sealed record Obstacle(string Key, string Problem);

/// <summary>Lists the regular files below a folder, in ordinal order within each directory. Follows no links and never opens anything.</summary>
internal sealed class FolderListing(string root, IReadOnlyList<string> ignoredEndings, Action<Obstacle> report)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Everything below a key: the key of a file or a directory, or an empty one for the whole folder.</summary>
    public IEnumerable<ListedFile> Below(string key)
    {
        var open = new Stack<string>([key]);
        while (open.TryPop(out var next))
        {
            if (Look(next) is not { } status)
            {
                continue;
            }

            if (status.Kind == FileKind.Regular)
            {
                yield return new(next, status);
                continue;
            }

            foreach (var name in Names(next).Where(name => !IsIgnored(name)).OrderDescending(StringComparer.Ordinal))
            {
                open.Push(next.Length == 0 ? name : $"{next}/{name}");
            }
        }
    }

    /// <summary>True for the key of a file that is somebody's work in progress, or lies in a hidden directory.</summary>
    public bool IsIgnoredKey(string key) => key.Split('/').Any(IsIgnored);

    private bool IsIgnored(string name) =>
        name.StartsWith('.') || ignoredEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Status of a regular file or a directory; null, and reported, for anything else.</summary>
    private FileStatus? Look(string key)
    {
        try
        {
            // The folder itself may be a link: who set it up wanted it so.
            var status = key.Length == 0 ? LibC.StatusOf(root + "/.") : LibC.StatusOf(Path.Combine(root, key));
            var problem = status?.Kind switch
            {
                FileKind.Regular or FileKind.Directory => Encoding.UTF8.GetByteCount(key) > 2048 ? "its path is longer than 2,048 bytes" : null,
                FileKind.Link => "it is a link, and links are not followed",
                FileKind.Special => "it is a pipe, a socket or a device",
                _ when key.Contains('\uFFFD', StringComparison.Ordinal) => "its name is not valid UTF-8; rename it",
                _ when key.Length == 0 => "the folder does not exist",
                _ => null,
            };
            if (problem is null)
            {
                return status;
            }

            report(new(key, problem));
        }
        catch (IOException unreadable)
        {
            report(new(key, unreadable.Message));
        }

        return null;
    }

    private string[] Names(string directory)
    {
        try
        {
            return [.. new FileSystemEnumerable<string>(
                Path.Combine(root, directory), (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything)];
        }
        catch (DirectoryNotFoundException)
        {
            // Gone since its parent was listed.
            return [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            report(new(directory, unreadable.Message));
            return [];
        }
    }
}
