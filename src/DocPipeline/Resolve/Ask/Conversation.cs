using System.Globalization;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Workflow;

namespace DocPipeline.Resolve.Ask;

/// <summary>All calls for one file: which models, how many, and what is said when they do not answer.</summary>
/// <param name="stop">Ends with the patience for this file.</param>
/// <param name="cancelled">Ends with the step itself.</param>
internal sealed class Conversation(AskedModels models, KeptAnswers answers, AskOptions options, FileToAsk file, CancellationToken stop, CancellationToken cancelled)
{
    private readonly List<ProviderUsage> _usage = [];
    private readonly List<string> _reasons = [];
    private int _missed;
    private bool _isOver;

    public IReadOnlyList<ProviderUsage> Usage => _usage;

    /// <summary>The finding that says what was not asked, and why; null where all was.</summary>
    public Finding? Missed => _missed == 0 ? null : new(
        DoubtResolver.NotAskedCode,
        Severity.Warning,
        $"The language model was not asked about {_missed} doubtful {(_missed == 1 ? "value" : "values")}: {string.Join("; ", _reasons.Distinct())}. The reader's own values stand.",
        Field: null,
        []);

    /// <summary>The larger one only where the amount at stake reaches the setting, or is not known.</summary>
    public IEnumerable<ILanguageModel> ModelsFor(ResolvedClaim claim)
    {
        if (models.Small is { } small)
        {
            yield return small;
        }

        var amounts = claim.Documents.Select(document => document["total_amount"]?.Value).OfType<string>()
            .Select(text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : decimal.MaxValue);
        if (models.Large is { } large && amounts.DefaultIfEmpty(decimal.MaxValue).Max() >= options.LargeFrom)
        {
            yield return large;
        }
    }

    /// <summary>What a model that sees is shown of the place in doubt; null for models that do not, and where nothing can be shown: then words are enough.</summary>
    public async Task<Look?> LookAsync(ILanguageModel model, IReadOnlyList<OpenQuestion> questions)
    {
        try
        {
            return model.SeesPictures && file.Draw is { } draw && PlaceInDoubt.Of(questions) is var (page, part) && await draw(page, part, stop) is { } picture ? new(page, picture) : null;
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return null; // Out of patience: the question says so.
        }
    }

    /// <summary>Answers by question; null where there are none, and then the reason is remembered.</summary>
    public async Task<IReadOnlyDictionary<int, ModelAnswer>?> AskAsync(ILanguageModel model, Material material)
    {
        var question = new ModelQuestion(Prompt.Instructions, material.Json, Prompt.Schema, material.Look?.Picture, options.MaxOutputTokens);
        try
        {
            var json = await answers.FindAsync(file.Content, model, question, stop);
            if (json is null)
            {
                if (_isOver || _usage.Count >= options.MaxCallsPerFile)
                {
                    return Without(material, _isOver ? null : $"the limit of {options.MaxCallsPerFile} calls a file is reached");
                }

                var reply = await answers.BuyAsync(file, model, question, stop);
                _usage.Add(reply.Usage);
                json = reply.Json;
            }

            return ModelAnswer.Parse(json, material.Questions.Count);
        }
        catch (ProviderRefusal refusal)
        {
            // Money that is used up is used up for the next question, too.
            _isOver |= refusal.Kind == RefusalKind.QuotaExhausted;
            return Without(material, Why(refusal.Kind));
        }
        catch (FormatException broken)
        {
            return Without(material, $"the answer of {model.Model} cannot be used: {broken.Message}");
        }
        catch (Exception exception) when (file.LastAttempt && !cancelled.IsCancellationRequested && FailureClassifier.Classify(exception).Kind == FailureKind.Transient)
        {
            // Who does not answer this question will not answer the next one.
            _isOver = true;
            return Without(material, $"{model.Provider} did not answer in time");
        }
        catch (OperationCanceledException exception) when (!cancelled.IsCancellationRequested)
        {
            throw new TransientFailure($"{model.Provider} took longer than {options.Patience.TotalSeconds:0} s for one file.", retryAfter: null, exception);
        }
    }

    private IReadOnlyDictionary<int, ModelAnswer>? Without(Material material, string? reason)
    {
        _missed += material.Questions.Count;
        if (reason is not null)
        {
            _reasons.Add(reason);
        }

        return null;
    }

    private static string Why(RefusalKind kind) => kind switch
    {
        RefusalKind.NotAllowed => "its credentials are refused",
        RefusalKind.Misconfigured => "its settings do not fit",
        RefusalKind.QuotaExhausted => "its quota or our budget is used up",
        RefusalKind.Unsupported => "the question is beyond its limits",
        RefusalKind.Declined => "it declined to answer",
        _ => "its answer was not of the schema",
    };
}
