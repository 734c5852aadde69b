using System.Diagnostics;
using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Cli;

/// <summary>Commands that need no database, as a person types them.</summary>
public sealed class CommandLineTests
{
    private static readonly Dictionary<string, string?> NoSettings = [];

    [Theory]
    [InlineData("extract")]
    [InlineData("serve")]
    [InlineData("ingest")]
    [InlineData("watch")]
    [InlineData("status")]
    [InlineData("check")]
    [InlineData("stuck")]
    [InlineData("dead")]
    [InlineData("export")]
    [InlineData("eval")]
    [InlineData("explain")]
    [InlineData("migrate")]
    public async Task Help_of_every_command_teaches_with_examples_and_names_the_exit_codes(string command)
    {
        var help = await RunAsync(command, "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.Matches(@"Examples:\n  (\S+=\S+ |watch -n 2 )?\./run", help.Output);
        Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extrakt")]
    [InlineData("extract")]
    [InlineData("extract", "--jsn", "a.pdf")]
    [InlineData("serve", "--exit")]
    [InlineData("eval", "/no/such/folder")]
    [InlineData("export", "--format", "xml")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_a_way_on(params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--help", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task The_way_on_names_the_whole_command()
    {
        var run = await RunAsync("apikey", "create", "reporting", "--scope", "everything");

        Assert.Contains("./run apikey create --help", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("export")]
    [InlineData("migrate")]
    [InlineData("dead", "list")]
    public async Task Without_a_database_a_command_ends_with_3_and_says_what_to_do(params string[] arguments)
    {
        var unnamed = await RunAsync(arguments);
        await using var program = ServerProgram.Start(new Dictionary<string, string?> { ["DOCPIPELINE_DATABASE"] = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2" }, arguments);
        var unreachable = await program.EndAsync();

        Assert.Equal(3, unnamed.ExitCode);
        Assert.Contains("DOCPIPELINE_DATABASE", unnamed.Errors, StringComparison.Ordinal);
        Assert.Equal(3, unreachable.ExitCode);
        Assert.Contains("does not answer", unreachable.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", unreachable.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=127.0.0.1;Port=http")]
    [InlineData("Host=127.0.0.1;Port=99999")]
    [InlineData("Host=127.0.0.1;Passwort=secret")]
    public async Task A_connection_string_that_is_none_is_a_wrong_setting_and_is_not_printed(string connection)
    {
        foreach (var command in (string[])["status", "doctor"])
        {
            await using var program = ServerProgram.Start(new Dictionary<string, string?> { ["DOCPIPELINE_DATABASE"] = connection }, command);
            var run = await program.EndAsync();

            Assert.Equal(3, run.ExitCode);
            Assert.Contains("DOCPIPELINE_DATABASE must be a connection string", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("(Parameter", run.Output + run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", run.Output + run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Doctor_says_when_the_fonts_that_stand_in_are_not_installed()
    {
        // Says what poppler's program says on a machine where no font but one was installed.
        var programs = Directory.CreateTempSubdirectory("docpipeline-fonts-");
        var program = Path.Combine(programs.FullName, "pdffonts");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nfor font in Helvetica Times-Roman Courier ZapfDingbats Symbol; do printf '%-36s [none] %-36s /fonts/mono.ttf\\n' $font 'Liberation Mono'; done\n", TestContext.Current.CancellationToken);
        using (var chmod = Process.Start("chmod", ["+x", program]))
        {
            await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var lacking = ServerProgram.Start(new Dictionary<string, string?> { ["PATH"] = $"{programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}" }, "doctor");

        var installed = await RunAsync("doctor");
        var doubtful = await lacking.EndAsync();
        programs.Delete(recursive: true);

        Assert.Contains("ok       fonts: PDF files that bring no fonts of their own are drawn with Liberation and DejaVu.", installed.Lines);
        var told = Assert.Single(doubtful.Lines, line => line.StartsWith("doubtful fonts:", StringComparison.Ordinal));
        Assert.Contains("Liberation Sans and Liberation Serif and DejaVu Sans cannot be found", told, StringComparison.Ordinal);
        Assert.Contains("fonts-dejavu-core", doubtful.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_settings_are_reported_at_once_by_their_names()
    {
        var wrong = new Dictionary<string, string?> { ["DOCPIPELINE_WORKERS"] = "0", ["DOCPIPELINE_PORT"] = "http", ["DOCPIPELINE_MAX_FILE_MB"] = "-5" };
        await using var program = ServerProgram.Start(wrong, "extract", Path.Combine(ServerMachine.Samples, "claim-email.txt"));

        var run = await program.EndAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.All(wrong.Keys, name => Assert.Contains(name, run.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Extract_prints_one_object_a_file_in_the_promised_shape()
    {
        var run = await RunAsync("extract", "--json", Sample("auto-claim-form.pdf"), Sample("claim-form-locked.pdf"), "/no/such.pdf");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: /no/such.pdf does not exist.\n", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.Lines.Count);
        using var read = JsonDocument.Parse(run.Lines[0]);
        var root = read.RootElement;
        Assert.Equal(["file", "sha256", "status", "documents", "claim", "findings", "timings_ms", "cost"], Names(root).Except(["reason", "reason_code"]));
        var document = root.GetProperty("documents")[0];
        Assert.Equal(["type", "pages", "fields", "tables", "findings", "completeness"], Names(document));
        Assert.Equal(["state", "missing", "pages"], Names(document.GetProperty("completeness")));
        Assert.Equal("complete", document.GetProperty("completeness").GetProperty("state").GetString());
        Assert.Equal(["page", "words", "explained", "lost_rows"], Names(document.GetProperty("completeness").GetProperty("pages")[0]));
        Assert.Equal(["value", "confidence", "accepted", "evidence"], Names(document.GetProperty("fields").GetProperty("vin")));
        var evidence = document.GetProperty("fields").GetProperty("vin").GetProperty("evidence");
        Assert.Equal(["page", "box", "text", "source"], Names(evidence));
        Assert.All(evidence.GetProperty("box").EnumerateArray(), edge => Assert.InRange(edge.GetDouble(), 0, 1));
        Assert.Equal(["value", "confidence", "accepted", "document"], Names(root.GetProperty("claim").GetProperty("vin")));
        Assert.Equal(["llm_calls", "usd", "calls", "priced"], Names(root.GetProperty("cost")));

        using var locked = JsonDocument.Parse(run.Lines[1]);
        Assert.Equal("rejected", locked.RootElement.GetProperty("status").GetString());
        Assert.Equal("encrypted", locked.RootElement.GetProperty("reason_code").GetString());
        Assert.Contains("password", locked.RootElement.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_leaves_nothing_behind()
    {
        var temporary = Directory.CreateTempSubdirectory("docpipeline-e2e-tmp-");
        await using var program = ServerProgram.Start(new Dictionary<string, string?> { ["TMPDIR"] = temporary.FullName }, "extract", Sample("receipt-photo.jpg"), Sample("claim-form-truncated.pdf"));

        var run = await program.EndAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(temporary.EnumerateFileSystemInfos("docpipeline*"));
        temporary.Delete(recursive: true);
    }

    [Fact]
    public async Task Explain_shows_the_candidates_of_a_field_and_why_one_won()
    {
        var run = await RunAsync("explain", Sample("auto-claim-form.pdf"), "claim_number");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("claim_number", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("policy_number", run.Output, StringComparison.Ordinal);
        Assert.Matches("(right of|below|above)", run.Output);
    }

    [Fact]
    public async Task Eval_counts_right_wrong_and_missing_values_by_field_and_type()
    {
        var run = await RunAsync("eval", "--json", "--dial", ServerMachine.Samples);

        Assert.Equal(0, run.ExitCode);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(18, report.RootElement.GetProperty("files").GetInt32());
        Assert.InRange(report.RootElement.GetProperty("overall").GetProperty("f1").GetDouble(), 0.9, 1);
        Assert.Equal(1, report.RootElement.GetProperty("fields").GetProperty("vin").GetProperty("precision").GetDouble());
        Assert.True(report.RootElement.GetProperty("types").TryGetProperty("cms1500", out _));
        Assert.True(report.RootElement.GetProperty("media").TryGetProperty("born digital", out _));
        Assert.True(report.RootElement.GetProperty("confidence").TryGetProperty("calibration_error", out _));
        Assert.Equal(60, report.RootElement.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("table").GetString() == "records").GetProperty("rows_found").GetInt32());
        var accepted = report.RootElement.GetProperty("dial").EnumerateArray().Select(point => point.GetProperty("accepted").GetDouble()).ToList();
        Assert.True(accepted.Count > 3 && accepted[0] < accepted[^1], "The dial moves nothing.");
        Assert.Equal(accepted.Order(), accepted);
    }

    [Fact]
    public async Task Eval_with_a_folder_to_keep_recognises_a_page_once()
    {
        var documents = Directory.CreateTempSubdirectory("docpipeline-e2e-eval-");
        var kept = Directory.CreateTempSubdirectory("docpipeline-e2e-kept-");
        foreach (var name in new[] { "insurance-card.png", "insurance-card.png.expected.json" })
        {
            File.Copy(Sample(name), Path.Combine(documents.FullName, name));
        }

        var first = await RunAsync("eval", "--json", "--keep", kept.FullName, documents.FullName);
        var pages = Pages();
        var second = await RunAsync("eval", "--json", "--keep", kept.FullName, documents.FullName);

        Assert.Equal([0, 0], [first.ExitCode, second.ExitCode]);
        Assert.NotEmpty(pages);
        Assert.Equal(pages, Pages());
        documents.Delete(recursive: true);
        kept.Delete(recursive: true);

        (string Path, DateTime Written)[] Pages() =>
            [.. kept.EnumerateFiles("*.json", SearchOption.AllDirectories).Select(file => (file.FullName, file.LastWriteTimeUtc)).OrderBy(file => file.FullName, StringComparer.Ordinal)];
    }

    private static async Task<Finished> RunAsync(params string[] arguments)
    {
        await using var program = ServerProgram.Start(NoSettings, arguments);
        return await program.EndAsync();
    }

    private static string Sample(string name) => Path.Combine(ServerMachine.Samples, name);

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(member => member.Name);
}
