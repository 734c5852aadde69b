using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace DocPipeline.Testing;

/// <summary>What real services answered and official SDKs sent. It lies beside the repository and is no part of it: where it is absent, the test is skipped and says so.</summary>
public static class Recordings
{
    public static string Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("DOCPIPELINE_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); shared is null && at is not null; at = at.Parent)
        {
            shared = File.Exists(Path.Combine(at.FullName, "DocPipeline.sln")) ? Path.Combine(at.FullName, "..", "shared") : null;
        }

        var folder = Path.GetFullPath(Path.Combine(shared ?? "", "recordings", name));
        Assert.SkipUnless(Directory.Exists(folder), $"There are no recordings in ../shared/recordings/{name} (or DOCPIPELINE_SHARED names another folder).");
        return folder;
    }

    public static byte[] Bytes(string folder, string file) => File.ReadAllBytes(Path.Combine(Folder(folder), file));

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);

    public static JsonNode Json(string folder, string file) => JsonNode.Parse(Bytes(folder, file))!;

    /// <summary>Requests of a recording in <c>requests/</c>.</summary>
    public static IReadOnlyList<JsonNode> Requests(string name) => [.. Json("requests", $"{name}.json")["requests"]!.AsArray().Select(request => request!)];

    /// <summary>Every exchange of a service's recordings.</summary>
    public static IEnumerable<(string File, int Number, JsonNode Response)> RepliesOf(string service) =>
        from file in Directory.GetFiles(Folder(service), "*.json").Order(StringComparer.Ordinal)
        from exchange in JsonNode.Parse(File.ReadAllText(file))!["interactions"]!.AsArray().Index()
        select (Path.GetFileName(file), exchange.Index, exchange.Item!["response"]!);
}
