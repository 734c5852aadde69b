using DocPipeline.Documents;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Providers;

namespace DocPipeline.Resolve.Ask;

/// <summary>A file whose open questions are to be asked.</summary>
/// <param name="Documents">As extraction left them.</param>
/// <param name="Claim">The same, resolved without a model.</param>
/// <param name="Submission">Instance of the workflow, for the ledger; null outside of one.</param>
/// <param name="LastAttempt">True: what does not work now is gone without. False: a transient failure is thrown, so that the step is tried again.</param>
public sealed record FileToAsk(ContentHash Content, IReadOnlyList<ExtractedDocument> Documents, ResolvedClaim Claim, IReadOnlyList<Page> Pages, string? Submission, bool LastAttempt)
{
    /// <summary>Draws a part of a page, for models that see; null where nothing can be drawn.</summary>
    public Func<int, Box, CancellationToken, Task<ModelPicture?>>? Draw { get; init; }
}

/// <summary>The claim with what the answers changed, and what they took.</summary>
/// <param name="Usage">Of the calls that were made; kept answers consume nothing.</param>
public sealed record AskedClaim(ResolvedClaim Claim, IReadOnlyList<ProviderUsage> Usage);

/// <summary>Puts the open questions of a file to the configured models. Without a model it has no questions. See README.md.</summary>
public sealed class DoubtResolver(AskedModels models, KeptAnswers answers, Calibration calibration, AskOptions options, TimeProvider time, Redaction? redaction = null)
{
    public const string NotAskedCode = "model-not-asked";

    /// <summary>How many questions a file leaves open; 0 where no model is configured.</summary>
    public int Count(IReadOnlyList<ExtractedDocument> documents, ResolvedClaim claim) => models.Small is null ? 0 : OpenQuestions.Of(documents, claim).Count;

    /// <summary>Asks, grounds, and changes what may be changed. Never fails for what a model or its provider does on the last attempt.</summary>
    /// <exception cref="Workflow.TransientFailure">Or another transient one, and <see cref="FileToAsk.LastAttempt"/> is false.</exception>
    public async Task<AskedClaim> ResolveAsync(FileToAsk file, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var open = OpenQuestions.Of(file.Documents, file.Claim);
        if (redaction is not null && await redaction.OfAsync(file, open, stop.Token, cancellationToken) is var (redacted, problem))
        {
            if (problem is not null)
            {
                return new(file.Claim with { Findings = [.. file.Claim.Findings, new(NotAskedCode, Severity.Warning, $"The language model was not asked: {problem} The reader's own values stand.", Field: null, [])] }, []);
            }

            file = redacted;
        }

        var conversation = new Conversation(models, answers, options, file, stop.Token, cancellationToken);
        var said = new List<(Grounded, ModelChoice)>();
        foreach (var questions in open.GroupBy(question => question.Document))
        {
            said.AddRange(await AboutAsync(file, file.Documents[questions.Key], [.. questions], conversation));
        }

        var documents = new ChosenValues(calibration, file.Documents, file.Claim).Apply(said);
        var claim = file.Claim with { Documents = documents, Fields = ClaimResolver.Merge(documents) };
        return new(conversation.Missed is { } missed ? claim with { Findings = [.. claim.Findings, missed] } : claim, conversation.Usage);
    }

    /// <summary>Small model first; the larger one about what is still open.</summary>
    private async Task<IReadOnlyList<(Grounded, ModelChoice)>> AboutAsync(FileToAsk file, ExtractedDocument document, IReadOnlyList<OpenQuestion> questions, Conversation conversation)
    {
        var said = new Dictionary<OpenQuestion, (Grounded, ModelChoice)>();
        var open = questions;
        foreach (var model in conversation.ModelsFor(file.Claim))
        {
            if (open.Count == 0)
            {
                break;
            }

            var material = Material.Of(document, open, file.Pages, await conversation.LookAsync(model, open));
            if (await conversation.AskAsync(model, material) is { } answered)
            {
                var year = time.GetUtcNow().Year;
                var conventions = Conventions.Of([.. material.Pages.SelectMany(page => page.Lines).Select(line => string.Join(' ', line.Words.Select(word => word.Text)))], year).ToContext(year);
                foreach (var (index, question) in open.Index())
                {
                    var type = DocumentTypes.Shipped.FieldsOf(document.Type)[question.Field].Type;
                    said[question] = (Grounding.Of(question, answered.GetValueOrDefault(index + 1), material, type, conventions), new(model.Provider, model.Model, Prompt.Version));
                }
            }

            open = [.. open.Where(question => !said.TryGetValue(question, out var entry) || entry.Item1.IsOpen)];
        }

        return [.. said.Values];
    }
}
