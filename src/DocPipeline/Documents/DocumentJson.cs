using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocPipeline.Documents;

/// <summary>How stages spell what they leave for each other beside a content.</summary>
public static class DocumentJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads a derived blob that an earlier step wrote.</summary>
    /// <exception cref="InvalidDataException">It is gone or damaged: a step of this workflow must run again.</exception>
    public static T Read<T>(byte[]? bytes, string name) =>
        bytes is null
            ? throw new InvalidDataException($"The derived blob '{name}' is gone. Replay the document from the step that writes it.")
            : JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new InvalidDataException($"The derived blob '{name}' is empty.");
}
