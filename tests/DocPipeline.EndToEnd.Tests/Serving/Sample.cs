using System.Text.Json;
using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Serving;

/// <summary>What is right for one sample, from its <c>.expected.json</c>.</summary>
internal sealed record Sample(
    string Name, IReadOnlyList<string> States, string? ReasonCode, IReadOnlyList<string> Documents, IReadOnlyDictionary<string, string> Core, IReadOnlyList<string> MustNot, IReadOnlyList<string> Findings)
{
    public static IReadOnlyList<Sample> All(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.expected.json").Order(StringComparer.Ordinal).Select(Read)];

    private static Sample Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        return new(
            root.GetProperty("file").GetString()!,
            Strings(root, "states"),
            root.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
            [.. root.GetProperty("documents").EnumerateArray().Select(document =>
                $"{document.GetProperty("type").GetString()}|{string.Join(',', document.GetProperty("pages").EnumerateArray().Select(page => page.GetInt32()))}")],
            GroundTruthFile.Read(path).Fields,
            Strings(root, "must_not"),
            Strings(root, "findings"));
    }

    private static string[] Strings(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
