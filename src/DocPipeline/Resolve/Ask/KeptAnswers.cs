using System.Text;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Providers;

namespace DocPipeline.Resolve.Ask;

/// <summary>
/// Answers beside the content that they are about, by everything that they depend on. Kept before anything else happens, so that a crash, a replay or a second
/// reading of the same file pays for none of them again.
/// </summary>
public sealed class KeptAnswers(IBlobs blobs, ProviderGate gate)
{
    public async Task<string?> FindAsync(ContentHash content, ILanguageModel model, ModelQuestion question, CancellationToken cancellationToken) =>
        await blobs.ReadDerivedAsync(content, NameOf(model, question), cancellationToken) is { } kept ? Encoding.UTF8.GetString(kept) : null;

    /// <summary>Asks the model, through the gate.</summary>
    public async Task<ModelReply> BuyAsync(FileToAsk file, ILanguageModel model, ModelQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(model);
        ModelReply? paid = null;
        try
        {
            return await gate.CallAsync(
                model.Provider,
                new ProviderCall(file.Content, file.Submission, AskModel.Name.Name) { Expected = AtMost(model, question) },
                async token => paid = await model.AskAsync(question, token),
                static reply => reply.Usage,
                cancellationToken);
        }
        finally
        {
            // Kept even if this step is being cancelled, or the bill could not be written.
            if (paid is not null)
            {
                await blobs.WriteDerivedAsync(file.Content, NameOf(model, question), Encoding.UTF8.GetBytes(paid.Json), CancellationToken.None);
            }
        }
    }

    // Services count pictures each in a way of its own: 5,000 tokens for a million pixels are reserved, and the bill says what they were.
    private const int PixelsOfToken = 200;

    /// <summary>A token has more than two characters in every language that we saw; budgets rather reserve too much.</summary>
    private static ProviderUsage AtMost(ILanguageModel model, ModelQuestion question) => new(model.Provider, model.Model, new Dictionary<string, decimal>
    {
        [ProviderUnits.InputToken] = ((question.Instructions.Length + question.Material.Length + question.Schema.Length) / 2) + (question.Picture is { } picture ? picture.Width * picture.Height / PixelsOfToken : 0),
        [ProviderUnits.OutputToken] = question.MaxOutputTokens,
    });

    private static string NameOf(ILanguageModel model, ModelQuestion question) =>
        $"answer-{Prompt.HashOf(model.Provider, model.Model, question.Instructions, question.Schema, question.Material, question.Picture is { } picture ? Convert.ToBase64String(picture.Bytes.Span) : "")[..32]}.json";
}
