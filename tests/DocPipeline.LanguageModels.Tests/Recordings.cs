using System.Text.Json.Nodes;

namespace DocPipeline.LanguageModels.Tests;

/// <summary>Replies of the real services and requests of their official SDKs, which lie beside the repository and are no part of it.</summary>
internal static class Recordings
{
    /// <summary>Every exchange of a folder as (file, number, response).</summary>
    public static IEnumerable<(string File, int Number, JsonNode Response)> RepliesOf(string provider) =>
        from file in Directory.GetFiles(Folder(provider), "*.json").Order(StringComparer.Ordinal)
        from exchange in JsonNode.Parse(System.IO.File.ReadAllText(file))!["interactions"]!.AsArray().Index()
        select (Path.GetFileName(file), exchange.Index, exchange.Item!["response"]!);

    /// <summary>The body of the first request of a recorded call.</summary>
    public static JsonNode Request(string name) => JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Folder("requests"), name)))!["requests"]!.AsArray()[0]!;

    private static string Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("DOCPIPELINE_SHARED") ?? Path.Combine(Repository(), "..", "shared");
        var folder = Path.GetFullPath(Path.Combine(shared, "recordings", name));
        Assert.SkipUnless(Directory.Exists(folder), $"There are no recordings in ../shared/recordings/{name} (or DOCPIPELINE_SHARED names another folder).");
        return folder;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "DocPipeline.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests lie outside of the repository.");
    }
}
