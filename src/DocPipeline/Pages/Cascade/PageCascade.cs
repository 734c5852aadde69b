using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages.Layer;
using DocPipeline.Providers;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Pages.Cascade;

/// <summary>
/// Asks services for the words of a page, one after the other, until one has read it. Whatever goes wrong with them is noted on the page and never the
/// document's fault: that is for our own reader to say, which comes last.
/// </summary>
internal sealed partial class PageCascade(PageEngines engines, ProviderGate gate, PagePictures pictures, IBlobs blobs, ILogger log)
{
    private const string Step = "recognize-page";

    /// <summary>Part of the names of files; empty where there are no services.</summary>
    public string Name => engines.Cascade;

    public async Task<CascadeReading> ReadAsync(ContentHash content, string format, PagePlan plan, string? submission, CancellationToken cancellationToken)
    {
        if (engines.Services.Count == 0)
        {
            return CascadeReading.Nobody;
        }

        PagePicture picture;
        try
        {
            picture = await pictures.ForServiceAsync(content, format, plan, cancellationToken);
        }
        catch (DocumentFault fault)
        {
            return new(null, [.. engines.Services.Select(service => new SkippedReader(service.Name, $"No picture of the page could be made for it: {fault.Message}"))]);
        }

        var skipped = new List<SkippedReader>();
        foreach (var service in engines.Services)
        {
            try
            {
                var call = new ProviderCall(content, submission, Step) { Expected = service.Expected };
                var reading = await gate.CallAsync(service.Name, call, token => service.ReadAsync(picture, token), static read => read.Usage, cancellationToken);
                if (RecordOf(service, plan, picture, reading.Layout) is { Page.Words.Count: > 0 } record)
                {
                    await KeepLayoutAsync(content, service, record.Turns, reading.Layout, cancellationToken);
                    return new(record with { Page = record.Page with { Skipped = skipped.Count == 0 ? null : skipped } }, skipped);
                }

                skipped.Add(new(service.Name, SkippedReaders.SawNothing));
            }
            catch (Exception exception) when (exception is TransientFailure or ProviderRefusal)
            {
                skipped.Add(new(service.Name, exception.Message));
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException))
            {
                // A bug in an adapter must not cost a document that we can read ourselves.
                LogBug(log, exception, service.Name);
                skipped.Add(new(service.Name, $"It failed unexpectedly ({exception.GetType().Name}): see the log."));
            }
        }

        return new(null, skipped);
    }

    private static PageRecord RecordOf(IPageEngine service, PagePlan plan, PagePicture picture, PageLayout layout)
    {
        List<Word> words = [.. layout.Page.Words.SelectMany(word => WordText.Split(word.Text, word.Box, word.Confidence))];
        var turns = Upright.TurnsOf(words, picture.Width, picture.Height);
        var (width, height) = (turns & 1) == 1 ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        return new(new Page(plan.Number, width, height, service.Name, [.. words.Select(word => word with { Box = Upright.Turn(word.Box, turns) })]), turns);
    }

    /// <summary>Tables, pairs and marks lie beside the page, turned as it is.</summary>
    private Task KeepLayoutAsync(ContentHash content, IPageEngine service, int turns, PageLayout layout, CancellationToken cancellationToken)
    {
        if (layout.Tables.Count + layout.Pairs.Count + layout.Marks.Count + layout.Signatures.Count + layout.Paragraphs.Count == 0)
        {
            return Task.CompletedTask;
        }

        return blobs.WriteDerivedAsync(content, PageFiles.Layout(layout.Page.Number, service.Name), PageFiles.Write(Upright.Turn(layout with { Page = layout.Page with { Words = [] } }, turns)), cancellationToken);
    }

    [LoggerMessage(10, LogLevel.Error, "The adapter of {Service} failed in a way that it must not; the next reader is asked.")]
    private static partial void LogBug(ILogger logger, Exception exception, string service);
}

/// <summary>What the services made of a page.</summary>
/// <param name="Record">Null: none read it.</param>
/// <param name="Skipped">Those that did not, and why.</param>
internal sealed record CascadeReading(PageRecord? Record, IReadOnlyList<SkippedReader> Skipped)
{
    public static CascadeReading Nobody { get; } = new(null, []);

    /// <summary>Our own reading, with why it is ours. That nobody sees anything on an empty page needs no explanation.</summary>
    public PageRecord Explain(PageRecord own)
    {
        IReadOnlyList<SkippedReader> telling = own.Page.Words.Count == 0 ? [.. Skipped.Where(reader => reader.Reason != SkippedReaders.SawNothing)] : Skipped;
        return telling.Count == 0 ? own : own with { Page = own.Page with { Skipped = telling } };
    }
}

internal static class SkippedReaders
{
    public const string SawNothing = "It saw no words.";
}
