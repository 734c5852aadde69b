using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Serving;

/// <summary>Handing in, looking and exporting from the command line, with no server running.</summary>
public sealed class OperatingTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    [Fact]
    public async Task Ingest_twice_makes_one_submission_that_waits_for_the_server()
    {
        var path = Path.Combine(machine.Folder.FullName, "once.txt");
        await File.WriteAllTextAsync(path, "Claim Number: ONCE-1", TestContext.Current.CancellationToken);

        var first = await machine.RunAsync("ingest", "--json", path);
        var second = await machine.RunAsync("ingest", "--json", path, "/no/such/file");

        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal(1, second.ExitCode);
        Assert.Equal("new", Member(first.Lines[0], "outcome"));
        Assert.Equal("known", Member(second.Lines[0], "outcome"));
        Assert.Contains("no file or folder", Member(second.Lines[1], "problem"), StringComparison.Ordinal);
        Assert.Equal("processing", await machine.QueryAsync<string>("SELECT state FROM docpipeline.submissions_v1 WHERE key = 'once.txt'"));
        Assert.Equal(1L, await machine.QueryAsync<long>("SELECT count(*) FROM durable.instance i JOIN docpipeline.submissions_v1 s ON s.submission_id::text = i.instance_id WHERE s.key = 'once.txt'"));
    }

    [Fact]
    public async Task Status_shows_the_figures_and_that_nobody_works()
    {
        await File.WriteAllTextAsync(Path.Combine(machine.Folder.FullName, "waits.txt"), "Claim Number: WAITS-1", TestContext.Current.CancellationToken);
        await machine.RunAsync("ingest", Path.Combine(machine.Folder.FullName, "waits.txt"));

        var words = await machine.RunAsync("status");
        using var figures = JsonDocument.Parse((await machine.RunAsync("status", "--json")).Output);

        Assert.Contains("Nobody works on what is in processing", words.Output, StringComparison.Ordinal);
        var processing = await machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.submissions_v1 WHERE state = 'processing'");
        Assert.NotEqual(0, processing);
        Assert.Equal(processing, figures.RootElement.GetProperty("states").GetProperty("processing").GetInt64());
        Assert.Equal(0, figures.RootElement.GetProperty("engine").GetProperty("workers").GetInt32());
    }

    [Fact]
    public async Task A_dead_letter_that_is_none_cannot_be_replayed()
    {
        var absent = await machine.RunAsync("dead", "replay", Guid.Empty.ToString());
        var none = await machine.RunAsync("dead", "list");

        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("There is no document with the id", absent.Errors, StringComparison.Ordinal);
        Assert.Equal("None.\n", none.Output);
    }

    [Fact]
    public async Task Watch_hands_in_what_is_there_and_what_comes_until_it_is_told_to_stop()
    {
        var folder = machine.Folder.CreateSubdirectory("watched").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "there.txt"), "Claim Number: THERE-1", TestContext.Current.CancellationToken);
        await using var program = machine.Start("watch", folder);
        await UntilHandedInAsync("there.txt");

        await File.WriteAllTextAsync(Path.Combine(folder, "comes.txt"), "Claim Number: COMES-1", TestContext.Current.CancellationToken);
        await UntilHandedInAsync("comes.txt");
        var stopped = await program.StopAsync();

        Assert.Contains(stopped.ExitCode, (int[])[0, 130]);
        Assert.Contains($"Watching {folder} until Ctrl-C.", stopped.Output, StringComparison.Ordinal);
        Assert.Equal(2L, await machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.submissions_v1 WHERE bucket = 'folder:{folder}' AND state = 'processing'"));

        Task UntilHandedInAsync(string key) => Eventually.IsTrueAsync(
            () => machine.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE key = '{key}')"), $"{key} was handed in", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Export_of_nothing_is_a_line_of_headings_or_nothing()
    {
        var file = Path.Combine(machine.Folder.FullName, "claims.csv");

        var csv = await machine.RunAsync("export", "--format", "csv", "--out", file);
        var jsonl = await machine.RunAsync("export");

        Assert.True(csv.ExitCode == 0, csv.Errors);
        Assert.StartsWith("submission_id,", Assert.Single(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Empty(jsonl.Output);
    }

    private static string? Member(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString();
    }
}
