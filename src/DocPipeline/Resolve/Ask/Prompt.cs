using System.Security.Cryptography;
using System.Text;
using DocPipeline.Postgres;

namespace DocPipeline.Resolve.Ask;

/// <summary>Instructions and schema of the answer: files of this folder, and their version.</summary>
public static class Prompt
{
    private const string Folder = "Resolve/Ask/Prompts/";

    private static readonly EmbeddedText Files = new(typeof(Prompt).Assembly);

    public static string Instructions { get; } = Files[Folder + "resolve-fields.md"];

    public static string Schema { get; } = Files[Folder + "resolve-fields.schema.json"];

    /// <summary>Twelve hex digits of a hash of both: stored with every value that was chosen by them.</summary>
    public static string Version { get; } = HashOf(Instructions, Schema)[..12];

    /// <summary>Lower-case hex SHA-256 of texts in their order.</summary>
    internal static string HashOf(params IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
