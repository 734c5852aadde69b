using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Histories;

/// <summary>A workflow as it was recorded.</summary>
internal sealed record History(string File, string Id, string Status, string? Output, string? Reason, int Steps, string Json);

internal static class HistoryFile
{
    public static string Folder { get; } = Path.Combine(ServerMachine.Repository, "tests", "DocPipeline.EndToEnd.Tests", "Histories");

    public static string PathOf(string workflow, int version) => Path.Combine(Folder, $"{workflow}-{version}.json");

    public static IReadOnlyList<string> All { get; } = [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<History> Read(string name)
    {
        var workflows = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!.AsArray();
        return [.. workflows.Select(workflow => workflow!["instance"]!).Select(instance => new History(
            (string)instance.Parent!["file"]!, (string)instance["instance_id"]!, (string)instance["status"]!, instance["output"]?.ToJsonString(), (string?)instance["reason"],
            instance.Parent!["steps"]!.AsArray().Count, instance.Parent!.ToJsonString()))];
    }

    public static bool Same(string? one, string? other) =>
        one is null || other is null ? one == other : JsonElement.DeepEquals(JsonElement.Parse(one), JsonElement.Parse(other));
}
