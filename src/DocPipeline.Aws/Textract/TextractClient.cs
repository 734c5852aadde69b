using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DocPipeline.Aws.Wire;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Textract;

/// <summary>
/// Amazon Textract by its JSON protocol: a page at once, or a file in S3 as a job. Every method is one call for the gate; none tries anything again.
/// </summary>
public sealed partial class TextractClient : IProbedProvider
{
    /// <summary>Its name in configuration, evidence and the ledger.</summary>
    public const string Provider = "textract";

    private readonly TextractOptions _options;
    private readonly WireLimits _limits;
    private readonly TimeProvider _time;
    private readonly AwsClient _client;

    /// <exception cref="ProviderRefusal">The settings do not fit together.</exception>
    public TextractClient(AwsAccess access, TextractOptions options)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(options);
        if (options is { Operation: TextractOperation.AnalyzeDocument } && (options.Features == TextractFeatures.None || options.Features.HasFlag(TextractFeatures.Queries) != options.Queries.Count > 0))
        {
            throw new ProviderRefusal(RefusalKind.Misconfigured, Provider, "AnalyzeDocument needs at least one feature, and QUERIES needs questions (and questions need QUERIES).");
        }

        (_options, _limits, _time) = (options, access.Limits, access.Time);
        _client = AwsClient.Signing(Provider, access, host: "textract", signingName: "textract");
    }

    /// <summary>What one page consumes.</summary>
    public ProviderUsage PageUsage => TextractContent.UsageOf(Provider, _options, pages: 1);

    /// <summary>Reads one page by its bytes.</summary>
    /// <exception cref="TransientFailure">It may work later.</exception>
    /// <exception cref="ProviderRefusal">It will not.</exception>
    public async Task<PageReading> ReadPageAsync(PagePicture picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Bytes.Length > _options.MaxPictureBytes)
        {
            throw new ProviderRefusal(RefusalKind.Unsupported, Provider, $"The picture of the page has {picture.Bytes.Length / 1024} kB; textract takes {_options.MaxPictureBytes / 1024} kB.");
        }

        var reply = await CallAsync(_options.Operation.ToString(), TextractRequests.Sync(_options, picture.Bytes), cancellationToken);
        return Charged(pages: 1, () => ReadPage(reply, picture));
    }

    /// <summary>Reads a file in S3: starts a job, or finds the one that the token has started before, waits for it and collects its result.</summary>
    /// <param name="idempotencyKey">The same for every attempt at the same work: an attempt that failed half-way is taken up, not paid for twice.</param>
    /// <param name="pages">The size of each page; as many as the file has.</param>
    /// <exception cref="TransientFailure">It may work later, with the same key; a job that takes too long among others.</exception>
    /// <exception cref="ProviderRefusal">It will not.</exception>
    public Task<LayoutReading> ReadFileAsync(S3Location file, string idempotencyKey, IReadOnlyList<PageSize> pages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(pages);
        var kind = JobKind.Of(_options.Operation) ?? throw new ProviderRefusal(RefusalKind.Unsupported, Provider, $"{_options.Operation} reads single pages only.");
        if (pages.Count > _options.MaxPages)
        {
            throw new ProviderRefusal(RefusalKind.Unsupported, Provider, $"The file has {pages.Count} pages; textract takes {_options.MaxPages}.");
        }

        return Deadline.RunAsync(Provider, _limits.JobDeadline, _time, async token =>
        {
            var job = await StartAsync(kind, file, idempotencyKey, token);
            return await CollectAsync(kind, job, pages, token);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => ProviderProbe.TryAsync(Provider, $"{_options.Operation} with a byte that is no document; free", async () =>
    {
        try
        {
            await CallAsync(_options.Operation.ToString(), TextractRequests.Sync(_options, "?"u8.ToArray()), cancellationToken);
            throw ReplyJson.Broken(Provider, "it read a document where there was none");
        }
        catch (ProviderRefusal refusal) when (refusal.Kind == RefusalKind.Unsupported)
        {
            // Who may not call is refused before what is sent is looked at.
            return $"{_options.Operation} may be called.";
        }
    });

    internal PageReading ReadPage(byte[] reply, PagePicture picture) => ReplyJson.Read(Provider, reply, json =>
    {
        var content = new TextractContent(Provider, _options);
        content.Add(json);
        // An identity document may come without its words.
        if (content.Pages != 1 || (!content.HasRead(1) && _options.Operation != TextractOperation.AnalyzeID))
        {
            throw json.Broken("one page was sent, and that one with its blocks was expected back");
        }

        return new PageReading(content.PageOf(1, picture.Page, new(picture.Width, picture.Height)), content.Usage());
    });

    // The key is a hash here: a token may only have some characters, and 64 of them.
    private async Task<string> StartAsync(JobKind kind, S3Location file, string idempotencyKey, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind.Start}\n{idempotencyKey}")));
        var reply = await CallAsync(kind.Start, TextractRequests.Start(_options, file, token), cancellationToken);
        return ReplyJson.Read(Provider, reply, json => json["JobId"].Text() is var job && JobId().IsMatch(job) ? job : throw json.Broken("'JobId' is not of the form"));
    }

    private async Task<LayoutReading> CollectAsync(JobKind kind, string job, IReadOnlyList<PageSize> pages, CancellationToken cancellationToken)
    {
        var content = new TextractContent(Provider, _options);
        var unread = new SortedSet<int>();
        var next = Add(await FinishedAsync(kind, job, cancellationToken));
        for (var seen = new HashSet<string>(StringComparer.Ordinal); next is not null;)
        {
            Charged(pages.Count, () => seen.Add(next) && seen.Count < _options.MaxReplies ? seen : throw ReplyJson.Broken(Provider, "the pages of its result lead on without end"));
            next = Add(await CallAsync(kind.Get, TextractRequests.Get(job, _options.MaxResults, next), cancellationToken));
        }

        return Charged(pages.Count, () =>
        {
            if (content.Pages != pages.Count)
            {
                throw ReplyJson.Broken(Provider, $"it has read {content.Pages} pages of {pages.Count}");
            }

            var read = Enumerable.Range(1, pages.Count).Where(page => !unread.Contains(page)).ToList();
            return read.Find(page => !content.HasRead(page)) is > 0 and var missing
                ? throw ReplyJson.Broken(Provider, $"it left out page {missing} without saying so")
                : new LayoutReading([.. read.Select(page => content.PageOf(page, page, pages[page - 1]))], [.. unread], content.Usage());
        });

        string? Add(byte[] reply) => Charged(pages.Count, () => ReplyJson.Read(Provider, reply, json =>
        {
            if (StatusOf(json) is not ("SUCCEEDED" or "PARTIAL_SUCCESS"))
            {
                throw json.Broken("a job that is done was expected");
            }

            content.Add(json);
            unread.UnionWith(json.ItemsOf("Warnings").SelectMany(warning => warning.ItemsOf("Pages")).Select(page => page.Whole(1, content.Pages)));
            return json.Find("NextToken")?.Text();
        }));
    }

    // The first page of the result, or the last answer to the question whether there is one.
    private async Task<byte[]> FinishedAsync(JobKind kind, string job, CancellationToken cancellationToken)
    {
        for (var poll = 0; poll < _limits.MaxPolls; poll++)
        {
            await Task.Delay(_limits.PollInterval, _time, cancellationToken);
            var reply = await CallAsync(kind.Get, TextractRequests.Get(job, _options.MaxResults, next: null), cancellationToken);
            switch (ReplyJson.Read(Provider, reply, StatusOf))
            {
                case "SUCCEEDED" or "PARTIAL_SUCCESS":
                    return reply;

                case "FAILED":
                    throw new ProviderRefusal(RefusalKind.Declined, Provider, "textract has given the file up: its job failed. Another reader has to read it.");
            }
        }

        throw new TransientFailure($"The job of textract is not done after {_limits.MaxPolls} questions.", _limits.PollInterval);
    }

    internal static string StatusOf(ReplyJson reply) => reply["JobStatus"].Text() is var status and ("IN_PROGRESS" or "SUCCEEDED" or "PARTIAL_SUCCESS" or "FAILED")
        ? status
        : throw reply.Broken("'JobStatus' is none that is known");

    private T Charged<T>(int pages, Func<T> read) => Providers.Wire.Charged.Read(TextractContent.UsageOf(Provider, _options, pages), read);

    private Task<byte[]> CallAsync(string operation, byte[] body, CancellationToken cancellationToken) =>
        _client.PostAsync($"textract:{operation}", "/", AwsJson.ContentType, body, $"Textract.{operation}", cancellationToken);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobId();

    /// <summary>Names of the two operations of a job.</summary>
    private sealed record JobKind(string Start, string Get)
    {
        public static JobKind? Of(TextractOperation operation) => operation switch
        {
            TextractOperation.DetectDocumentText => new("StartDocumentTextDetection", "GetDocumentTextDetection"),
            TextractOperation.AnalyzeDocument => new("StartDocumentAnalysis", "GetDocumentAnalysis"),
            TextractOperation.AnalyzeExpense => new("StartExpenseAnalysis", "GetExpenseAnalysis"),
            _ => null,
        };
    }
}
