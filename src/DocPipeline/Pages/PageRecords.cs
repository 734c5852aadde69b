using DocPipeline.Blobs;
using DocPipeline.Documents;

namespace DocPipeline.Pages;

/// <summary>
/// What was found out about files and their pages, as derived files beside the content. Every stage asks for all pages of its file again, so the latest records stay in
/// memory, too: what was once written is never changed, only made where it is missing.
/// </summary>
internal sealed class PageRecords(IBlobs blobs)
{
    /// <summary>Words, or what takes as much memory as one, of a generation: with the one before it some 20 MB.</summary>
    private const int Generation = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<(ContentHash Content, string Name), object> _young = [];
    private Dictionary<(ContentHash Content, string Name), object> _old = [];
    private int _weight;

    /// <returns>Null where it has not been made.</returns>
    public async Task<T?> FindAsync<T>(ContentHash content, string name, CancellationToken cancellationToken)
        where T : class
    {
        if (Remembered((content, name)) is T known)
        {
            return known;
        }

        var read = PageFiles.Read<T>(await blobs.ReadDerivedAsync(content, name, cancellationToken));
        if (read is not null)
        {
            Remember((content, name), read);
        }

        return read;
    }

    /// <summary>Returns when the record would survive a power cut.</summary>
    public async Task WriteAsync<T>(ContentHash content, string name, T record, CancellationToken cancellationToken)
        where T : class
    {
        await blobs.WriteDerivedAsync(content, name, PageFiles.Write(record), cancellationToken);
        Remember((content, name), record);
    }

    private object? Remembered((ContentHash Content, string Name) key)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out var record))
            {
                return record;
            }

            if (_old.TryGetValue(key, out record))
            {
                Add(key, record);
            }

            return record;
        }
    }

    private void Remember((ContentHash Content, string Name) key, object record)
    {
        lock (_lock)
        {
            Add(key, record);
        }
    }

    /// <summary>A full generation becomes the old one, and what of the old one nobody asked for meanwhile is forgotten. What alone is more than a generation is not kept.</summary>
    private void Add((ContentHash Content, string Name) key, object record)
    {
        var weight = WeightOf(record);
        if (weight > Generation)
        {
            return;
        }

        if (_weight + weight > Generation)
        {
            (_old, _young, _weight) = (_young, [], 0);
        }

        _weight += weight;
        _young[key] = record;
    }

    private static int WeightOf(object record) => 10 + record switch
    {
        PageRecord page => page.Page.Words.Count,
        Page layer => layer.Words.Count,
        OpenedRecord opened => opened.Pages.Sum(page => 1 + page.Images.Count),
        _ => 0,
    };
}
