using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.EndToEnd.Tests.Ask;
using DocPipeline.EndToEnd.Tests.Check;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Postgres;

namespace DocPipeline.EndToEnd.Tests.Histories;

/// <summary>Not tests: how the files beside this are made. See README.md.</summary>
public sealed class RecordHistory(WorkedMachine worked) : IClassFixture<WorkedMachine>
{
    private static readonly EmbeddedText Sql = new(typeof(RecordHistory).Assembly);

    [Fact(Explicit = true)]
    public Task Record_the_history_of_this_version() => RecordAsync(worked.Machine, HistoryFile.PathOf(DocumentPipeline.Name.Name, DocumentPipeline.Name.Version));

    internal static async Task RecordAsync(ServerMachine machine, string path)
    {
        Assert.False(File.Exists(path), $"{path} is there. A released version is never recorded again; of an unreleased one, remove the file first.");

        var recorded = await machine.QueryAsync<string>(Sql["Histories/Sql/record.sql"]);

        await File.WriteAllTextAsync(path, recorded.Replace(machine.Folder.FullName, "", StringComparison.Ordinal) + "\n", TestContext.Current.CancellationToken);
    }

    [Fact(Explicit = true)]
    public async Task Record_the_history_of_a_regrouping()
    {
        var path = Path.Combine(HistoryFile.Folder, $"{DocumentPipeline.Name.Name}-{DocumentPipeline.Name.Version}-regrouped.json");
        Assert.False(File.Exists(path), $"{path} is there. A released version is never recorded again; of an unreleased one, remove the file first.");

        var recorded = JsonNode.Parse(await worked.Machine.QueryAsync<string>(Sql["Histories/Sql/record.sql"]))!.AsArray();
        JsonArray regrouped = [.. recorded.Where(workflow => (string?)workflow!["file"] == "packet.pdf").Select(workflow => workflow!.DeepClone())];

        var json = regrouped.ToJsonString(new(JsonSerializerOptions.Default) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await File.WriteAllTextAsync(path, json.Replace(worked.Machine.Folder.FullName, "", StringComparison.Ordinal) + "\n", TestContext.Current.CancellationToken);
    }
}

/// <summary>The same version on a machine with a language model: its workflows have a step more.</summary>
public sealed class RecordAskedHistory(AskedMachine asked) : IClassFixture<AskedMachine>
{
    [Fact(Explicit = true)]
    public Task Record_the_history_of_this_version_with_a_model() =>
        RecordHistory.RecordAsync(asked.Machine, HistoryFile.PathOf(DocumentPipeline.Name.Name, DocumentPipeline.Name.Version).Replace(".json", "-asked.json", StringComparison.Ordinal));
}
