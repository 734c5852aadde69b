namespace DocPipeline.Providers;

/// <summary>A model that answers one question in JSON of a given schema. No tools, no memory, no streaming.</summary>
public interface ILanguageModel
{
    /// <summary>Name of the provider in configuration and ledger, such as <c>anthropic</c>.</summary>
    string Provider { get; }

    /// <summary>The model with its version, as it is stored with every value that it chose.</summary>
    string Model { get; }

    /// <summary>Whether a picture of the page may be sent.</summary>
    bool SeesPictures { get; }

    /// <summary>Asks once.</summary>
    /// <exception cref="Workflow.TransientFailure">It may work later.</exception>
    /// <exception cref="ProviderRefusal">It will not work with this model: credentials, quota, refusal, a reply that is not of the schema.</exception>
    Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken);
}

/// <summary>One question.</summary>
/// <param name="Instructions">What to do; the same for all documents of a kind, so that providers can cache it. Never text of a document.</param>
/// <param name="Material">What it is about: words of the document. Data, whatever it says.</param>
/// <param name="Schema">JSON schema of the answer.</param>
/// <param name="Picture">The place on the page; null where none is sent.</param>
/// <param name="MaxOutputTokens">Upper limit of the answer.</param>
public sealed record ModelQuestion(string Instructions, string Material, string Schema, ModelPicture? Picture, int MaxOutputTokens);

/// <summary>A picture for a model that sees: made by our own child process, never the file that came in.</summary>
/// <param name="MediaType"><c>image/jpeg</c> or <c>image/png</c>.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record ModelPicture(string MediaType, int Width, int Height, ReadOnlyMemory<byte> Bytes);

/// <summary>The answer, not yet believed: JSON that parses, and what it consumed.</summary>
public sealed record ModelReply(string Json, ProviderUsage Usage);
