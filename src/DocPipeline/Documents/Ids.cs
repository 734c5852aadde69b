using System.Buffers;
using System.Text.Json.Serialization;

namespace DocPipeline.Documents;

/// <summary>One version of one object in one bucket, accepted once. Also the id of its workflow instance.</summary>
public readonly record struct SubmissionId(Guid Value)
{
    public override string ToString() => Value.ToString("D");

    public static SubmissionId Parse(string text) => new(Guid.ParseExact(text, "D"));
}

/// <summary>Lower-case hex SHA-256 of a file's bytes.</summary>
public readonly record struct ContentHash
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    // Without the attribute a serializer takes the parameterless constructor of the struct and the hash is lost without an error.
    [JsonConstructor]
    public ContentHash(string value)
    {
        // The hash becomes a path: nothing but 64 hex digits may pass.
        if (value.Length != 64 || value.AsSpan().ContainsAnyExcept(HexDigits))
        {
            throw new ArgumentException("A content hash is 64 lower-case hex digits.", nameof(value));
        }

        Value = value;
    }

    public string Value { get; }

    public override string ToString() => Value;
}
