using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Architecture;

/// <summary>The documents that accuracy is measured on must not be known to the product: not their names, not what stands on them.</summary>
public sealed class NoRulesForOneFileTests
{
    private static readonly string[] Endings = [".cs", ".json", ".sql", ".sh", ".md", ""];

    [Fact]
    public void No_source_names_a_file_or_an_identifier_of_the_measured_documents()
    {
        var data = SharedData.Folder("data");
        var measured = Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).ToList();

        // A name of a few letters or digits alone may stand anywhere; with its ending it names the file.
        var names = measured.Select(Path.GetFileName).OfType<string>().Where(name => name.Length >= 7 && name != "MANIFEST.json");
        var stems = measured.Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(stem => stem.Length >= 12 && stem.Contains('_', StringComparison.Ordinal));
        var identifiers = measured.Where(file => file.EndsWith(".gt.json", StringComparison.Ordinal)).SelectMany(Identifiers);
        var known = names.Concat(stems).Concat(identifiers).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(known.Count > 50, "There are hardly any documents to look for.");

        Assert.Empty(
            from file in Sources()
            let text = File.ReadAllText(file)
            from name in known
            where text.Contains(name, StringComparison.Ordinal)
            select $"{Path.GetRelativePath(ServerMachine.Repository, file)} contains '{name}'");
    }

    private static IEnumerable<string> Sources() =>
        from part in new[] { "src", "tests", "scripts", "samples" }
        from file in Directory.EnumerateFiles(Path.Combine(ServerMachine.Repository, part), "*", SearchOption.AllDirectories)
        let folders = Path.GetRelativePath(ServerMachine.Repository, file).Split('/')
        where !folders.Contains("bin") && !folders.Contains("obj") && Endings.Contains(Path.GetExtension(file))
        select file;

    /// <summary>Values that can only come from one document: long, and with several digits; no dates and no amounts.</summary>
    private static IEnumerable<string> Identifiers(string groundTruth)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(groundTruth));
        return json.RootElement.TryGetProperty("core", out var core) && core.ValueKind == JsonValueKind.Object
            ? [.. core.EnumerateObject()
                .Where(field => field.Name.EndsWith("_number", StringComparison.Ordinal) || field.Name is "vin" or "member_id" or "license_plate")
                .Select(field => field.Value.ToString())
                .Where(value => value.Length >= 7 && value.Count(char.IsDigit) >= 4)]
            : [];
    }
}
