using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocPipeline.Store;

/// <summary>How a <see cref="Documents.ResolvedClaim"/> is spelled in its derived blob, and rows on their way into the database.</summary>
public static class ClaimJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new StorableText() },
    };

    /// <summary>Postgres stores neither NUL nor half a surrogate pair, and text layers contain both: they become U+FFFD.</summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Storable(value));

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Storable(value));
    }

    private static string Storable(string text)
    {
        var storable = true;
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD, so a genuine one is rewritten too, to itself.
            storable &= rune.Value is not (0 or 0xFFFD);
        }

        return storable ? text : string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
    }
}
