using System.Text.RegularExpressions;
using Azure.Core;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>Azure Document Intelligence by its REST interface: an operation is started with the file's bytes, asked for until it is done, read and deleted. Every method is one call for the gate.</summary>
public sealed partial class DocumentIntelligenceClient : IProbedProvider
{
    /// <summary>Its name in configuration, evidence and the ledger.</summary>
    public const string Provider = "document-intelligence";

    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

    private readonly DocumentIntelligenceOptions _options;
    private readonly DocumentIntelligenceWire _wire;
    private readonly ILogger _log;

    /// <exception cref="ProviderRefusal">The settings do not fit together.</exception>
    public DocumentIntelligenceClient(DocumentIntelligenceOptions options, ILogger<DocumentIntelligenceClient> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _log = log;
        if (!ModelForm().IsMatch(options.Model))
        {
            throw new ProviderRefusal(RefusalKind.Misconfigured, Provider, "The model of document-intelligence must be of the form prebuilt-layout.");
        }

        _options = options;
        _wire = new(Provider, options);
    }

    /// <summary>What one page consumes.</summary>
    public ProviderUsage PageUsage => UsageOf(pages: 1);

    /// <summary>Reads a file.</summary>
    /// <param name="pages">The size of each page; as many as the file has. Fewer pages in the reply are refused: the free tier reads two of them and says nothing.</param>
    /// <exception cref="TransientFailure">It may work later; an operation that takes too long among others.</exception>
    /// <exception cref="ProviderRefusal">It will not.</exception>
    public Task<LayoutReading> ReadAsync(ReadOnlyMemory<byte> file, IReadOnlyList<PageSize> pages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pages);
        if (file.Length > _options.MaxFileBytes || pages.Count > _options.MaxPages)
        {
            throw new ProviderRefusal(RefusalKind.Unsupported, Provider, $"The file has {file.Length / 1024} kB and {pages.Count} pages; document-intelligence takes {_options.MaxFileBytes / 1024} kB and {_options.MaxPages} pages.");
        }

        return Deadline.RunAsync(Provider, _options.Limits.JobDeadline, _options.Time, async token =>
        {
            var started = await _wire.SendAsync(RequestMethod.Post, AnalyzePath(), file, token);
            var result = ResultPath(IdOf(started));
            var reply = await FinishedAsync(result, RetryAfter.Of(started.RetryAfter), token);
            await ForgetAsync(result, cancellationToken); // not within the job's time: what was read is here
            return Charged.Read(UsageOf(pages.Count), () => Read(reply, pages));
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => ProviderProbe.TryAsync(Provider, $"what {_options.Model} is; free", async () =>
    {
        var reply = await _wire.SendAsync(RequestMethod.Get, $"/documentintelligence/documentModels/{_options.Model}?api-version={_options.ApiVersion}", body: null, cancellationToken);
        return ReplyJson.Read(Provider, reply.Body, json => json["modelId"].Text()) == _options.Model
            ? $"{_options.Model} is there. Whether the tier is the free one, which reads two pages of a file, shows only when it reads."
            : throw ReplyJson.Broken(Provider, "it names another model than it was asked for");
    });

    internal LayoutReading Read(byte[] reply, IReadOnlyList<PageSize> pages) => ReplyJson.Read(Provider, reply, json =>
    {
        var result = json["analyzeResult"];
        return result["modelId"].Text() == _options.Model
            ? new LayoutReading(DocumentIntelligenceLayout.Of(result, pages, Provider), Unread: [], UsageOf(pages.Count))
            : throw result.Broken("another model has answered than was asked");
    });

    /// <summary>The operation's id. Nothing else of the address is used: a reply must not lead the key to another host or path.</summary>
    internal string IdOf(AzureReply started)
    {
        if (started.Status != 202 || !Uri.TryCreate(started.OperationLocation, UriKind.Absolute, out var location))
        {
            throw ReplyJson.Broken(Provider, "an operation was to be started, and none is named");
        }

        if (Uri.Compare(location, _wire.Endpoint, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw ReplyJson.Broken(Provider, "the result of the operation is at another address than the endpoint");
        }

        return Result().Match(location.AbsolutePath) is { Success: true } match && match.Groups["model"].Value == _options.Model
            ? match.Groups["id"].Value
            : throw ReplyJson.Broken(Provider, "the address of the result is not of the form");
    }

    private async Task<byte[]> FinishedAsync(string result, TimeSpan? first, CancellationToken cancellationToken)
    {
        var wait = first;
        for (var poll = 0; poll < _options.Limits.MaxPolls; poll++)
        {
            var pause = wait ?? _options.Limits.PollInterval;
            await Task.Delay(pause < ShortestPoll ? ShortestPoll : pause > LongestPoll ? LongestPoll : pause, _options.Time, cancellationToken);
            var reply = await _wire.SendAsync(RequestMethod.Get, result, body: null, cancellationToken);
            if (ReplyJson.Read(Provider, reply.Body, IsDone))
            {
                return reply.Body;
            }

            wait = RetryAfter.Of(reply.RetryAfter);
        }

        throw new TransientFailure($"The operation of document-intelligence is not done after {_options.Limits.MaxPolls} questions.", _options.Limits.PollInterval);
    }

    private static bool IsDone(ReplyJson reply) => reply["status"].Text() switch
    {
        "succeeded" => true,
        "notStarted" or "running" => false,
        "failed" => throw DocumentIntelligenceErrors.OfFailed(Provider, reply),
        "canceled" or "skipped" => throw new ProviderRefusal(RefusalKind.Declined, Provider, "document-intelligence gave the document up before it was read."),
        _ => throw reply.Broken("'status' is none that is known"),
    };

    // Done for the owner of the data; what was read counts even if this fails. The service deletes it within a day by itself.
    private async Task ForgetAsync(string result, CancellationToken cancellationToken)
    {
        if (!_options.DeletesResults)
        {
            return;
        }

        try
        {
            await _wire.SendAsync(RequestMethod.Delete, result, body: null, cancellationToken);
        }
        catch (Exception exception) when (exception is TransientFailure or ProviderRefusal)
        {
            Log.NotForgotten(_log, exception.Message);
        }
    }

    private ProviderUsage UsageOf(int pages) => new(
        Provider,
        _options.Features.Count == 0 ? _options.Model : $"{_options.Model} {string.Join('+', _options.Features)}",
        new Dictionary<string, decimal>(StringComparer.Ordinal) { [ProviderUnits.Page] = pages });

    private string AnalyzePath()
    {
        var features = _options.Features.Count == 0 ? "" : $"&features={string.Join(',', _options.Features.Select(Uri.EscapeDataString))}";
        return $"/documentintelligence/documentModels/{_options.Model}:analyze?api-version={_options.ApiVersion}&stringIndexType=utf16CodeUnit{features}";
    }

    private string ResultPath(string id) => $"/documentintelligence/documentModels/{_options.Model}/analyzeResults/{id}?api-version={_options.ApiVersion}";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "document-intelligence did not delete a result, which it keeps for up to a day: {Reason}")]
        public static partial void NotForgotten(ILogger logger, string reason);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._~-]{1,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModelForm();

    [GeneratedRegex("/documentModels/(?<model>[^/]+)/analyzeResults/(?<id>[A-Za-z0-9-]{8,64})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Result();
}
