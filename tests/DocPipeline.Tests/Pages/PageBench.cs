using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Pages.Ocr;
using DocPipeline.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Tests.Pages;

/// <summary>A page reader over a folder of its own, as the server builds it.</summary>
internal sealed class PageBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;

    /// <param name="services">Asked before our own reader.</param>
    /// <param name="folder">Of another bench, whose files this one finds; null: its own.</param>
    public PageBench(Action<PageOptions>? configure = null, IReadOnlyList<IPageEngine>? services = null, string? folder = null, IReadOnlyList<PageAnalysis>? analyses = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("docpipeline-test-").FullName;
        _services = new ServiceCollection()
            .AddSingleton<IBlobs>(new BlobFolder(Folder))
            .AddSingleton(new PageEngines(services ?? []))
            .AddSingleton(new PageAnalyses(analyses ?? []))
            .AddSingleton(new ProviderGate(static _ => new() { Attempts = 1, PerSecond = 1000 }))
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPages(options =>
            {
                options.OcrWorkers = 1;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
    }

    public string Folder { get; }

    public PageReader Reader => _services.GetRequiredService<PageReader>();

    public PageAnalyst Analyst => _services.GetRequiredService<PageAnalyst>();

    public OcrPool Pool => _services.GetRequiredService<OcrPool>();

    public async Task<ContentHash> AddAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return (await _services.GetRequiredService<IBlobs>().AddAsync(stream, 1L << 30, TestContext.Current.CancellationToken)).Content;
    }

    public async Task<IReadOnlyList<Page>> ReadAsync(byte[] bytes) => await ReadAsync(await AddAsync(bytes));

    public async Task<IReadOnlyList<Page>> ReadAsync(ContentHash content)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var opened = await Reader.OpenAsync(content, cancellation);
        foreach (var page in opened.PagesToRecognize)
        {
            await Reader.RecognizeAsync(content, page, cancellation);
        }

        return await Reader.ReadPagesAsync(content, cancellation);
    }

    public async Task<DocumentFault> FaultAsync(byte[] bytes) => await Assert.ThrowsAsync<DocumentFault>(() => ReadAsync(bytes));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
