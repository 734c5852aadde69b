using System.Diagnostics;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Ingest;
using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Split;
using DocPipeline.Validate;

namespace DocPipeline;

/// <summary>What reading one file gave.</summary>
/// <param name="Status">One of <see cref="SubmissionStates"/>: accepted, needs_review or rejected.</param>
/// <param name="ReasonCode">Stable code of why it was not accepted, or null.</param>
/// <param name="Reason">The same for a person.</param>
/// <param name="Candidates">What extraction proposed, before one value a field was chosen.</param>
/// <param name="Pages">The words of all pages; empty where the file could not be read.</param>
/// <param name="TimingsMs">Wall milliseconds by stage.</param>
public sealed record FileReading(
    ContentHash Content,
    string Status,
    string? ReasonCode,
    string? Reason,
    ResolvedClaim Claim,
    IReadOnlyList<ExtractedDocument> Candidates,
    IReadOnlyList<Page> Pages,
    IReadOnlyDictionary<string, double> TimingsMs)
{
    /// <summary>What language models were asked and consumed; empty where none is configured, none was needed, or the answers were kept from an earlier reading.</summary>
    public IReadOnlyList<ProviderUsage> ModelUsage { get; init; } = [];
}

/// <summary>
/// The same stages as <see cref="DocumentPipeline"/>, in one go and without a database: for trying a file out and for measuring accuracy.
/// Nothing is journaled and nothing is stored but pages beside the content; duplicates of other submissions cannot be seen.
/// </summary>
public sealed class DocumentReader(
    IBlobs blobs,
    PageReader pages,
    PageAnalyst analyst,
    PageSplitter splitter,
    DocumentExtractor extractor,
    ClaimResolver resolver,
    DoubtResolver doubts,
    ReviewContext review,
    ClaimValidator validator,
    long maxBytes)
{
    private static readonly ResolvedClaim Nothing = new([], [], []);

    /// <summary>The same candidates, resolved and judged anew by another resolver: with another error target, say. No model is asked: none ever changes what is accepted.</summary>
    public FileReading Again(FileReading reading, ClaimResolver other)
    {
        if (reading.Candidates.Count == 0)
        {
            return reading;
        }

        var validated = validator.Validate(review.Of(other.Resolve(reading.Candidates), reading.Pages, KnownClaims.None));
        return reading with { Status = validated.Decision.State, ReasonCode = validated.Decision.ReasonCode, Reason = validated.Decision.Reason, Claim = validated.Claim };
    }

    /// <summary>Reads one file. A fault of the document is an answer, not an exception.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public async Task<FileReading> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var timings = new Dictionary<string, double>();
        ContentHash content = default;
        try
        {
            await using (var file = File.OpenRead(path))
            {
                (content, _) = await blobs.AddAsync(file, maxBytes, cancellationToken);
            }

            var opened = await TimeAsync("open", () => pages.OpenAsync(content, cancellationToken));
            await TimeAsync("recognize", () => Task.WhenAll(opened.PagesToRecognize.Select(page => pages.RecognizeAsync(content, page, cancellationToken))));
            var read = await pages.ReadPagesAsync(content, cancellationToken);
            var parts = Time("split", () => splitter.Split(read));
            var seen = await TimeAsync("witnesses", () => Task.WhenAll(parts.Select(part => analyst.SeeAsync(content, part.Type, part.PagesOf(read), submission: null, cancellationToken))));
            var documents = Time("extract", () => parts.Select((part, index) => extractor.Extract(part, read, seen[index])).ToList());
            var resolved = Time("resolve", () => resolver.Resolve(documents));
            IReadOnlyList<ProviderUsage> usage = [];
            if (doubts.Count(documents, resolved) > 0)
            {
                // Nobody tries again: what does not work now is gone without, and a finding says so.
                var file = new FileToAsk(content, documents, resolved, read, Submission: null, LastAttempt: true) { Draw = (page, part, token) => pages.PartAsync(content, page, part, token) };
                (resolved, usage) = await TimeAsync("ask", () => doubts.ResolveAsync(file, cancellationToken));
            }

            var validated = Time("validate", () => validator.Validate(review.Of(resolved, read, KnownClaims.None)));
            var decision = validated.Decision;
            return new(content, decision.State, decision.ReasonCode, decision.Reason, validated.Claim, documents, read, timings) { ModelUsage = usage };
        }
        catch (DocumentFault fault)
        {
            return new(content, SubmissionStates.Rejected, fault.Code, fault.Message, Nothing, [], [], timings);
        }

        T Time<T>(string stage, Func<T> run)
        {
            var clock = Stopwatch.StartNew();
            var result = run();
            timings[stage] = Math.Round(clock.Elapsed.TotalMilliseconds, 1);
            return result;
        }

        async Task<T> TimeAsync<T>(string stage, Func<Task<T>> run)
        {
            var clock = Stopwatch.StartNew();
            var result = await run();
            timings[stage] = Math.Round(clock.Elapsed.TotalMilliseconds, 1);
            return result;
        }
    }
}
