using System.ComponentModel.DataAnnotations;

namespace DocPipeline.LanguageModels;

/// <summary>Where a model is and how it is spoken to.</summary>
/// <param name="Provider">Name in configuration, evidence and ledger, such as <c>anthropic</c> or <c>openai</c>.</param>
/// <param name="Model">As the provider names it.</param>
/// <param name="Endpoint">Base address; null for the provider's own.</param>
/// <param name="Key">Null for servers that want none.</param>
public sealed record ModelSettings(string Provider, string Model, Uri? Endpoint, string? Key)
{
    /// <summary>How long one answer may take, its last byte included. Default 40 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Bytes of the longest reply that is read. Default 1 MB: an answer has a few kilobytes.</summary>
    public int LongestReply { get; init; } = 1_000_000;

    /// <summary>Whether the server makes JSON of a schema by itself. Where not, it is asked for JSON, the answer is checked, and a wrong one is sent back once. Default true.</summary>
    public bool KnowsSchemas { get; init; } = true;

    /// <summary>Header that carries the key in place of <c>Authorization: Bearer</c>, such as Azure's <c>api-key</c>; null for the standard one.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>Whether pictures may be sent. Default false.</summary>
    public bool SeesPictures { get; init; }

    public override string ToString() => $"{Provider} {Model}"; // Never the key.
}
