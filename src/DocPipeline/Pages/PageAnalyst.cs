using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages.Cascade;
using DocPipeline.Providers;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Pages;

/// <summary>
/// Asks the services of a document's type what they see on its pages. Every reply is kept beside the content as soon as it is here, so that nothing is paid twice. Whatever goes wrong is
/// noted, and the document does without.
/// </summary>
public sealed partial class PageAnalyst(PageAnalyses analyses, PageReader reader, IBlobs blobs, ProviderGate gate, TimeProvider time, ILogger<PageAnalyst> log)
{
    private const string Step = "extract-document";

    // Pictures in memory; how many calls a service takes at once is the gate's.
    private const int AtOnce = 4;

    // Less than an attempt of the step may take.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="pages">Of the document.</param>
    /// <param name="submission">For whom services are paid; null outside of a workflow.</param>
    public async Task<SeenByServices> SeeAsync(ContentHash content, string type, IReadOnlyList<Page> pages, string? submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var asked = pages.SelectMany(page => analyses.Of(type).Select(analysis => (Page: page, Analysis: analysis))).ToList();
        var answers = new (SeenPage? Seen, SkippedReader? Skipped)[asked.Count];
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await Parallel.ForEachAsync(asked.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (entry, _) =>
            answers[entry.Index] = await AskAsync(content, entry.Item.Page, entry.Item.Analysis, Step, submission, stop.Token, cancellationToken));

        // What the reader of a page saw beside its words is paid already.
        var seen = new List<SeenPage>();
        foreach (var page in pages.Where(page => !PageSources.IsOurs(page.Source)))
        {
            if (PageFiles.Read<PageLayout>(await blobs.ReadDerivedAsync(content, PageFiles.Layout(page.Number, page.Source), cancellationToken)) is { } layout)
            {
                seen.Add(new(page.Source, layout));
            }
        }

        return new([.. seen, .. answers.Select(answer => answer.Seen).OfType<SeenPage>()], [.. answers.Select(answer => answer.Skipped).OfType<SkippedReader>().Distinct()]);
    }

    /// <summary>Asks one service about one page, or finds what it said before. Neither seen nor skipped: there is nothing to send.</summary>
    /// <param name="stop">Ends with the patience for the document.</param>
    /// <param name="cancelled">Ends with the step itself.</param>
    public async Task<(SeenPage? Seen, SkippedReader? Skipped)> AskAsync(
        ContentHash content, Page page, PageAnalysis analysis, string step, string? submission, CancellationToken stop, CancellationToken cancelled)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(analysis);
        var expected = analysis.ExpectedFor(page);
        var who = expected is null ? analysis.Service : $"{analysis.Service} {expected.Model}";
        try
        {
            var name = PageFiles.Analysis(page.Number, analysis.Name);
            var known = PageFiles.Read<SeenPage>(await blobs.ReadDerivedAsync(content, name, cancelled));
            if (known is null)
            {
                if (await SendAsync(content, page, analysis, cancelled) is not { } send)
                {
                    return default;
                }

                var reading = await gate.CallAsync(analysis.Service, new ProviderCall(content, submission, step) { Expected = expected }, send, static read => read.Usage, stop);
                known = new($"{analysis.Service} {reading.Usage.Model}", reading.Layout with { Page = reading.Layout.Page with { Words = [] } });

                // Paid for: it is kept even if this step is being cancelled.
                await blobs.WriteDerivedAsync(content, name, PageFiles.Write(known), CancellationToken.None);
            }

            return (analysis is PictureAnalysis ? known with { Layout = Upright.Turn(known.Layout, await reader.TurnsOfAsync(content, page.Number, cancelled)) } : known, null);
        }
        catch (Exception exception) when (exception is TransientFailure or ProviderRefusal)
        {
            return (null, new(who, exception.Message));
        }
        catch (DocumentFault fault)
        {
            return (null, new(who, $"No picture of the page could be made for it: {fault.Message}"));
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return (null, new(who, $"It took longer than {Patience.TotalSeconds:0} s for one document."));
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException))
        {
            // A bug in an adapter must not cost a document that we can read ourselves.
            LogBug(log, exception, who);
            return (null, new(who, $"It failed unexpectedly ({exception.GetType().Name}): see the log."));
        }
    }

    /// <summary>The request; null where there is nothing to send.</summary>
    private async Task<Func<CancellationToken, Task<PageReading>>?> SendAsync(ContentHash content, Page page, PageAnalysis analysis, CancellationToken cancellationToken) => analysis switch
    {
        TextAnalysis text => page.Words.Count == 0 ? null : token => text.Engine.ReadAsync(page, token),
        PictureAnalysis pictures when await reader.PictureForServiceAsync(content, page.Number, cancellationToken) is { } picture => token => pictures.Engine.ReadAsync(picture, token),
        _ => null,
    };

    [LoggerMessage(11, LogLevel.Error, "The adapter of {Service} failed in a way that it must not; the document does without it.")]
    private static partial void LogBug(ILogger logger, Exception exception, string service);
}
