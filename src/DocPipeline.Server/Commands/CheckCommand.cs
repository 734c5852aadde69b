using System.CommandLine;
using System.Text.Json.Nodes;
using DocPipeline.Azure.Blobs;
using DocPipeline.Postgres;
using DocPipeline.Server.Check;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class CheckCommand : ServerCommand
{
    private readonly Option<bool> _json = JsonOption();
    private readonly Option<bool> _files = new("--files") { Description = "Also read every original and every result again and compare their hashes." };
    private readonly Option<int> _rows = new("--rows") { Description = "How many broken rows to show of each invariant.", DefaultValueFactory = _ => 10 };

    public CheckCommand()
        : base(
            "check",
            "Asks the database whether everything that must always hold does hold. It only reads, and may run while the server works. "
            + "A broken invariant is a bug or a repair by hand gone wrong: keep the output, it names rows by their ids and shows nothing of any document.",
            "./run check",
            "./run check --files",
            "./run check --json | jq 'select(.broken > 0)'",
            "./run stuck   # what holds but does not move")
    {
        Add(_files);
        Add(_rows);
        Add(_json);
        _rows.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--rows must be between 1 and 10000.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        var (json, limit) = (parsed.GetValue(_json), parsed.GetValue(_rows));
        // However large the database: the answer is worth waiting for.
        var patient = new NpgsqlConnectionStringBuilder(settings.RequireDatabase()) { CommandTimeout = 0 };
        await using var database = NpgsqlDataSource.Create(patient);
        var broken = 0;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            foreach (var invariant in Invariants.All)
            {
                var result = await invariant.CheckAsync(connection, limit, cancellationToken);
                broken += result.Broken > 0 ? 1 : 0;
                Print(result, json);
            }
        }

        if (parsed.GetValue(_files))
        {
            var wrong = await FilesAsync(database, settings, limit, cancellationToken);
            broken += wrong.Broken > 0 ? 1 : 0;
            Print(wrong, json);
        }

        if (!json)
        {
            Console.WriteLine(broken == 0 ? "Everything holds." : $"Not everything holds: {broken} broken.");
        }

        return broken == 0 ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;
    }

    private static async Task<InvariantResult> FilesAsync(NpgsqlDataSource database, ServerSettings settings, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<KeyValuePair<string, string>>>();
        var count = 0;
        await foreach (var wrong in StoredFiles.FindWrongAsync(database, BlobPlace.Open(settings.Blobs), cancellationToken))
        {
            if (count++ < limit)
            {
                rows.Add([KeyValuePair.Create("submission_id", wrong.Submission), KeyValuePair.Create("file", wrong.Name), KeyValuePair.Create("problem", wrong.Problem)]);
            }
        }

        return new(new(StoredFiles.Name, StoredFiles.MustHold, Sql: ""), count, rows);
    }

    private static void Print(InvariantResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["invariant"] = result.Invariant.Name,
                ["must_hold"] = result.Invariant.MustHold,
                ["broken"] = result.Broken,
                ["rows"] = new JsonArray([.. result.Rows.Select(row => new JsonObject(row.Select(column => KeyValuePair.Create<string, JsonNode?>(column.Key, column.Value))))]),
            }.ToJsonString());
            return;
        }

        Console.WriteLine($"{(result.Broken == 0 ? "ok    " : "BROKEN")} {result.Invariant.Name}: {result.Invariant.MustHold}");
        foreach (var row in result.Rows)
        {
            Console.WriteLine($"         {string.Join("  ", row.Where(column => column.Value.Length > 0).Select(column => $"{column.Key}={column.Value}"))}");
        }

        if (result.Broken > result.Rows.Count)
        {
            Console.WriteLine($"         and {result.Broken - result.Rows.Count} more: ./run check --rows {Math.Min(result.Broken, 10_000)}");
        }
    }
}
