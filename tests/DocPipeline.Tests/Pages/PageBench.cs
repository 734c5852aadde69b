using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Pages.Ocr;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Tests.Pages;

/// <summary>A page reader over a folder of its own, as the server builds it.</summary>
internal sealed class PageBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public PageBench(Action<PageOptions>? configure = null)
    {
        Folder = Directory.CreateTempSubdirectory("docpipeline-test-").FullName;
        _services = new ServiceCollection()
            .AddSingleton(new BlobFolder(Folder))
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

    public OcrPool Pool => _services.GetRequiredService<OcrPool>();

    public async Task<ContentHash> AddAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return (await _services.GetRequiredService<BlobFolder>().AddAsync(stream, 1L << 30, TestContext.Current.CancellationToken)).Content;
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
        Directory.Delete(Folder, recursive: true);
    }
}
