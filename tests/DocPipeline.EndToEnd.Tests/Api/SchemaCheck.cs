using System.Globalization;
using System.Text.Json;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>What of a JSON value is not as its schema says. Knows the keywords that our document uses and throws at any other.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    public IReadOnlyList<string> Violations(JsonElement value, JsonElement schema) => [.. Check(value, schema, "$")];

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Check(value, Resolve(reference.GetString()!), path);
        }

        return schema.EnumerateObject().SelectMany(keyword => keyword.Name switch
        {
            "type" => Types(keyword.Value).Any(type => Is(value, type)) ? [] : [$"{path} is {value.ValueKind} and should be {keyword.Value}"],
            "enum" => keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)) ? [] : [$"{path} is '{value}', which is none of {keyword.Value}"],
            "format" => value.ValueKind == JsonValueKind.Null || HasFormat(value.GetString()!, keyword.Value.GetString()!) ? [] : [$"{path} is '{value}' and no {keyword.Value}"],
            "minimum" => value.GetDecimal() >= keyword.Value.GetDecimal() ? [] : [$"{path} is {value}, less than {keyword.Value}"],
            "maximum" => value.GetDecimal() <= keyword.Value.GetDecimal() ? [] : [$"{path} is {value}, more than {keyword.Value}"],
            "maxLength" => value.GetString()!.Length <= keyword.Value.GetInt32() ? [] : [$"{path} is longer than {keyword.Value}"],
            "required" => keyword.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} has no {name}"),
            "properties" => value.ValueKind != JsonValueKind.Object ? []
                : keyword.Value.EnumerateObject().Where(property => value.TryGetProperty(property.Name, out _))
                    .SelectMany(property => Check(value.GetProperty(property.Name), property.Value, $"{path}.{property.Name}")),
            "additionalProperties" when keyword.Value.ValueKind == JsonValueKind.False => value.ValueKind != JsonValueKind.Object ? []
                : value.EnumerateObject().Where(property => !schema.GetProperty("properties").TryGetProperty(property.Name, out _)).Select(property => $"{path} has {property.Name}, which is not described"),
            "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, i) => Check(item, keyword.Value, $"{path}[{i}]")),
            "description" or "examples" or "default" or "title" => [],
            _ => throw new NotSupportedException($"Nobody checks the keyword '{keyword.Name}'."),
        });
    }

    private JsonElement Resolve(string reference) => reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at.GetProperty(name));

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => throw new NotSupportedException($"There is no type '{type}'."),
    };

    private static bool HasFormat(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "binary" or "uri" => true,
        _ => throw new NotSupportedException($"There is no format '{format}'."),
    };
}
