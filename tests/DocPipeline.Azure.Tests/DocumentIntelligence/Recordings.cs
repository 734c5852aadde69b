using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Testing.Services;

namespace DocPipeline.Azure.Tests.DocumentIntelligence;

/// <summary>What the real service answered and the official SDK sent; the test is skipped where the recordings are absent.</summary>
internal static class Recordings
{
    public static string Folder(string name)
    {
        var folder = RecordedFiles.Folder(name);
        Assert.SkipWhen(folder is null, $"There are no recordings in ../shared/recordings/{name} (or DOCPIPELINE_SHARED names another folder).");
        return folder!;
    }

    public static byte[] Bytes(string folder, string file) => File.ReadAllBytes(Path.Combine(Folder(folder), file));

    public static JsonNode Json(string folder, string file) => JsonNode.Parse(Bytes(folder, file))!;

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);
}
