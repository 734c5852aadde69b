using System.Buffers.Text;
using System.Text.Json;

namespace DocPipeline.Server.Api.Rows;

/// <summary>Where a list goes on: after the row with this key. Opaque to clients, and no secret.</summary>
internal static class Cursor
{
    public static string Of(Collection collection, IReadOnlyList<object> key) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { collection.Name }.Concat(key.Select(ParameterValue.Format))));

    /// <summary>The values of the key, or null where the text is no cursor of this collection.</summary>
    public static IReadOnlyList<object>? Parse(Collection collection, string text)
    {
        if (text.Length > 1000 || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text));
            if (parts is null || parts.Length != collection.Key.Count + 1 || parts[0] != collection.Name)
            {
                return null;
            }

            var key = parts.Skip(1).Zip(collection.Key, (part, name) => part is null ? null : ParameterValue.Parse(collection.ColumnOf(name).Type, part)).ToList();
            return key.Contains(null) ? null : [.. key.Cast<object>()];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
