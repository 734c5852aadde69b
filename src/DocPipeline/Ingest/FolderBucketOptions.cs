using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Ingest;

public sealed class FolderBucketOptions
{
    /// <summary>The folder whose files, and those of all folders in it, are taken in. Never written to.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>
    /// The bucket is called <c>folder:</c> and this name; default: the folder's full path. Give it a name if the folder may move: files are known by
    /// bucket and key, and under another bucket all of them would be submissions again, flagged as duplicates.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>A file must rest this long before it is read: whoever writes it may be slow. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the folder is listed in full: the listing is the truth, notifications only make it faster. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan ListEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many files are taken in at once. Default 4.</summary>
    [Range(1, 64)]
    public int Parallel { get; set; } = 4;

    /// <summary>Endings, in any case, of files that others are still working on. Names that begin with a dot are ignored in any case.</summary>
    public IReadOnlyList<string> IgnoredEndings { get; set; } = [".tmp", ".part", ".crdownload"];
}
