using System.Text.Json;

namespace DocPipeline.Providers;

/// <summary>
/// Whether JSON is of a schema. Knows what the schemas of this product use (type, properties, required, additionalProperties, items, enum) and refuses a schema with anything else,
/// so that a rule is never passed over in silence.
/// </summary>
public static class AnswerSchema
{
    private const int Deepest = 16;

    private static readonly string[] Known = ["type", "properties", "required", "additionalProperties", "items", "enum", "description"];

    /// <returns>Where the answer breaks the schema and how, without a word of what it says; null where it is right.</returns>
    /// <exception cref="ArgumentException">The schema uses a keyword that is not checked.</exception>
    public static string? Fault(string answer, string schema)
    {
        using var rules = JsonDocument.Parse(schema);
        try
        {
            using var document = JsonDocument.Parse(answer, new() { MaxDepth = Deepest });
            return Fault(document.RootElement, rules.RootElement, "$");
        }
        catch (JsonException)
        {
            return "$ is not JSON";
        }
    }

    private static string? Fault(JsonElement value, JsonElement schema, string path)
    {
        if (schema.EnumerateObject().FirstOrDefault(rule => !Known.Contains(rule.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new ArgumentException($"The schema's '{unknown.Name}' is not checked.", nameof(schema));
        }

        if (schema.TryGetProperty("type", out var type) && !IsOf(value, type.GetString()!))
        {
            return $"{path} is no {type.GetString()}";
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        {
            return $"{path} is none of the allowed values";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, schema, path),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().Select((item, index) => Fault(item, items, $"{path}[{index}]")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private static string? OfObject(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().Select(name => name.GetString()!).FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing)
        {
            return $"{path}.{missing} is missing";
        }

        var closed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var rule))
            {
                if (Fault(member.Value, rule, $"{path}.{member.Name}") is { } fault)
                {
                    return fault;
                }
            }
            else if (closed)
            {
                return $"{path} has a member that is not asked for";
            }
        }

        return null;
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new ArgumentException($"The schema's type '{type}' is not checked.", nameof(type)),
    };
}
