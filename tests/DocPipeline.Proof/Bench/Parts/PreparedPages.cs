using System.Collections.Frozen;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Server.Hosting;
using DocPipeline.Split;
using DocPipeline.Validate;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Proof.Bench.Parts;

/// <summary>Sample documents whose pages have been recognised, and the stages behind recognition as the server builds them.</summary>
internal static class PreparedPages
{
    /// <summary>Scans, photos and text layers; forms, tables, a packet of several documents.</summary>
    public static readonly string[] Files =
    [
        "claim-form-fax.tif", "repair-estimate-scan.pdf", "receipt-photo.jpg", "insurance-card.png", "discharge-summary.png", "packet.pdf", "loss-run.pdf", "cms1500.pdf",
    ];

    private static ServiceProvider? _services;
    private static FrozenDictionary<string, IReadOnlyList<Page>> _pages = FrozenDictionary<string, IReadOnlyList<Page>>.Empty;

    public static IReadOnlyList<Page> Of(string file) => _pages[file];

    public static T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    /// <summary>Recognises all of them, once.</summary>
    public static async Task PrepareAsync(string samples, string folder, CancellationToken cancellationToken)
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .AddReading(new ServerSettings(), Path.Combine(folder, "blobs"))
            .BuildServiceProvider();
        var pages = new Dictionary<string, IReadOnlyList<Page>>();
        foreach (var file in Files)
        {
            await using var bytes = File.OpenRead(Path.Combine(samples, file));
            var (content, _) = await Get<IBlobs>().AddAsync(bytes, long.MaxValue, cancellationToken);
            var reader = Get<PageReader>();
            foreach (var page in (await reader.OpenAsync(content, cancellationToken)).PagesToRecognize)
            {
                await reader.RecognizeAsync(content, page, cancellationToken);
            }

            pages[file] = await reader.ReadPagesAsync(content, cancellationToken);
        }

        _pages = pages.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Everything from the words of a file's pages to a claim with findings.</summary>
    public static ValidatedClaim Read(IReadOnlyList<Page> pages)
    {
        var documents = Get<PageSplitter>().Split(pages).Select(part => Get<DocumentExtractor>().Extract(part, pages)).ToList();
        var resolved = Get<ClaimResolver>().Resolve(documents);
        return Get<ClaimValidator>().Validate(Get<ReviewContext>().Of(resolved, pages, KnownClaims.None));
    }

    public static ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;
}
