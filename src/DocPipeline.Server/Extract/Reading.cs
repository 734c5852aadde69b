using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Server.Extract.Html;
using DocPipeline.Server.Hosting;
using DocPipeline.Split;
using DocPipeline.Validate;
using DocPipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Server.Extract;

/// <summary>One file and what reading it gave, or why it gave nothing although the document is not at fault.</summary>
internal sealed record FileResult(string File, FileReading? Reading, string? Failure);

/// <summary>Reads files without a database. Originals and pages go to a folder that vanishes on disposal, or to one that is kept: then a page is recognised once.</summary>
internal sealed class Reading : IAsyncDisposable
{
    private readonly DirectoryInfo _blobs;
    private readonly bool _keep;
    private readonly ServiceProvider _services;
    private readonly DocumentReader _reader;

    /// <param name="keep">Folder for originals and words of pages by the hash of their content, or null for one that vanishes.</param>
    /// <param name="resolver">Null for the product's own.</param>
    /// <param name="ledger">Of what services cost; null for one in memory.</param>
    public Reading(ServerSettings settings, DirectoryInfo? keep = null, ClaimResolver? resolver = null, ICallLedger? ledger = null)
    {
        _keep = keep is not null;
        _blobs = keep ?? Directory.CreateTempSubdirectory("docpipeline-");
        var services = new ServiceCollection();
        if (ledger is not null)
        {
            services.AddSingleton(ledger);
        }

        _services = services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole(console => console.SingleLine = true))
            .Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddReading(settings, _blobs.FullName)
            .BuildServiceProvider();
        _reader = new DocumentReader(
            _services.GetRequiredService<IBlobs>(),
            _services.GetRequiredService<PageReader>(),
            _services.GetRequiredService<PageAnalyst>(),
            _services.GetRequiredService<PageSplitter>(),
            _services.GetRequiredService<DocumentExtractor>(),
            resolver ?? _services.GetRequiredService<ClaimResolver>(),
            _services.GetRequiredService<DoubtResolver>(),
            _services.GetRequiredService<ReviewContext>(),
            _services.GetRequiredService<ClaimValidator>(),
            settings.MaxFileBytes);
    }

    /// <summary>One file. A failure that is no fault of the document ends neither the command nor the other files.</summary>
    public async Task<FileResult> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new(path, await _reader.ReadAsync(path, cancellationToken), Failure: null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(path, Reading: null, $"{path} was not read: {FailureClassifier.Classify(exception).Message}");
        }
    }

    /// <summary>What services cost for a file, where the ledger is in memory.</summary>
    public SpentOnDocument CostOf(FileReading reading) => ((MemoryCallLedger)_services.GetRequiredService<ICallLedger>()).Of(reading.Content);

    /// <inheritdoc cref="DocumentReader.Again"/>
    public FileReading Again(FileReading reading, ClaimResolver other) => _reader.Again(reading, other);

    /// <summary>A page of a file that was read, as a picture for people; null where it cannot be drawn.</summary>
    public async Task<Picture?> PictureAsync(ContentHash content, int page, CancellationToken cancellationToken)
    {
        try
        {
            var path = await _services.GetRequiredService<PageReader>().PictureAsync(content, page, cancellationToken);
            return new("image/jpeg", await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (DocumentFault)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (!_keep)
        {
            _blobs.Delete(recursive: true);
        }
    }
}
