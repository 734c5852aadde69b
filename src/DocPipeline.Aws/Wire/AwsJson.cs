using System.Text.Encodings.Web;
using System.Text.Json;

namespace DocPipeline.Aws.Wire;

/// <summary>Writes the body of a request as the official SDKs do: no spaces, members in the order of the API's model, nothing escaped that JSON lets stand.</summary>
internal static class AwsJson
{
    // "Unsafe" is a page that shows the text as HTML; here it goes into a signed body.
    private static readonly JsonWriterOptions AsOfficial = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public const string ContentType = "application/x-amz-json-1.1";

    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, AsOfficial))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static void Object(this Utf8JsonWriter writer, string name, Action<Utf8JsonWriter> members)
    {
        writer.WriteStartObject(name);
        members(writer);
        writer.WriteEndObject();
    }

    public static void Item(this Utf8JsonWriter writer, Action<Utf8JsonWriter> members)
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
    }

    public static void List<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }
}
