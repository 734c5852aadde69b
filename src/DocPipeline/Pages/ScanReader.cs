using System.Collections.Concurrent;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages.Pdf;

namespace DocPipeline.Pages;

/// <summary>
/// Reads pages of PDFs that are scans from the pictures themselves. A PDF may draw an image mirrored or upside down, and no list says so; words would
/// then be boxed where they are not. So the first scan of a kind is compared with the page as displayed, and what it shows holds for its likes. Pages
/// that begin meanwhile are read as if it were upright, and wait for the answer only at their end.
/// </summary>
internal sealed class ScanReader(IBlobs blobs, PageRecords records, PageRecognizer recognizer)
{
    /// <summary>Comparisons that this process is making. Their result is whether the scans are upright; null where none was reached.</summary>
    private readonly ConcurrentDictionary<(ContentHash Content, string Kind), Task<bool?>> _running = [];

    /// <returns>Null where the page must be rendered.</returns>
    public async Task<PageRecord?> ReadAsync(ContentHash content, PagePlan plan, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<ScanCheck>(content, PageFiles.Scans(plan.ScanKind), cancellationToken) is { } known)
        {
            return known.Upright ? await recognizer.OfScanAsync(await blobs.PathOfAsync(content, cancellationToken), plan, compare: false, cancellationToken) : null;
        }

        var own = new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _running.GetOrAdd((content, plan.ScanKind), own.Task);
        return running == own.Task
            ? await CompareAsync(content, plan, own, cancellationToken)
            : await FollowAsync(content, plan, running, cancellationToken);
    }

    private async Task<PageRecord?> CompareAsync(ContentHash content, PagePlan plan, TaskCompletionSource<bool?> result, CancellationToken cancellationToken)
    {
        try
        {
            var record = await recognizer.OfScanAsync(await blobs.PathOfAsync(content, cancellationToken), plan, compare: true, cancellationToken);
            await records.WriteAsync(content, PageFiles.Scans(plan.ScanKind), new ScanCheck(Upright: record is not null), cancellationToken);
            result.SetResult(record is not null);
            return record;
        }
        finally
        {
            _running.TryRemove((content, plan.ScanKind), out _);
            result.TrySetResult(null);
        }
    }

    private async Task<PageRecord?> FollowAsync(ContentHash content, PagePlan plan, Task<bool?> comparison, CancellationToken cancellationToken)
    {
        var record = await recognizer.OfScanAsync(await blobs.PathOfAsync(content, cancellationToken), plan, compare: false, cancellationToken);
        return await comparison.WaitAsync(cancellationToken) switch
        {
            true => record,
            false => null,
            null => await ReadAsync(content, plan, cancellationToken),
        };
    }
}
