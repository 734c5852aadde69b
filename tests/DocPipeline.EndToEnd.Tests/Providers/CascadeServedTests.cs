using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing.Services;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>
/// The program with Textract before its own reader, against a double of the service that behaves in every bad way: the document ends in a proper state, the calls are few, each is in
/// the ledger, and what was read by whom stands with the claim.
/// </summary>
public sealed class CascadeServedTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Each case has bytes of its own: what follows the picture is not part of it.
    private static int _cases;

    public static TheoryData<string, int, string> Behaviours { get; } = new()
    {
        { "throttled", 3, "failed" },
        { "down", 3, "failed" },
        { "silent", 1, "failed" },
        { "wrong", 1, "refused" },
        { "denied", 1, "refused" },
    };

    [Fact]
    public async Task A_page_that_the_service_reads_has_its_words_and_names_it_as_their_source()
    {
        await using var service = new StubService { Otherwise = static _ => TextractDouble.Page("Automobile Claim Form", "Claim Number: ZX-40017", "Policy Number: PN-88123", "Date of Loss: 2026-01-05") };

        var key = await ServeAsync(service);

        Assert.Single(service.Requests);
        Assert.Contains(await RowsAsync(key, "SELECT f.name, f.value, f.source FROM docpipeline.document_fields_v1 f"), row => row == "claim_number|ZX-40017|textract");
        Assert.Empty(await RowsAsync(key, "SELECT f.rule FROM docpipeline.findings_v1 f", "f.rule = 'reader-fell-back'"));
        Assert.Equal(["textract|DetectDocumentText|recognize-page|answered|{\"page\": 1}|0.0015"], await CostsAsync(key));
        await EverythingHoldsAsync();
    }

    [Theory]
    [MemberData(nameof(Behaviours))]
    public async Task A_service_that_fails_is_asked_a_few_times_and_the_document_is_read_by_our_own_reader(string how, int calls, string outcome)
    {
        await using var service = new StubService
        {
            Otherwise = _ => how switch
            {
                "throttled" => TextractDouble.Throttled,
                "down" => TextractDouble.Down,
                "silent" => TextractDouble.Silent,
                "wrong" => TextractDouble.Wrong,
                _ => TextractDouble.Denied,
            },
        };

        var key = how == "silent" ? await ServeAsync(service, ("DOCPIPELINE_PROVIDER_LIMITS", "textract=50/8/1")) : await ServeAsync(service);

        Assert.Equal(calls, service.Requests.Count);
        var costs = await CostsAsync(key);
        Assert.Equal(calls, costs.Count);
        Assert.All(costs, cost => Assert.Contains($"|{outcome}|", cost, StringComparison.Ordinal));
        var sources = await RowsAsync(key, "SELECT DISTINCT f.source FROM docpipeline.document_fields_v1 f");
        Assert.Equal(["tesseract"], sources);
        var finding = Assert.Single(await RowsAsync(key, "SELECT f.severity, f.message FROM docpipeline.findings_v1 f", "f.rule = 'reader-fell-back'"));
        Assert.StartsWith("info|Page 1 was read by tesseract. Not by textract: ", finding, StringComparison.Ordinal);
        await EverythingHoldsAsync();
    }

    [Fact]
    public async Task The_second_service_reads_what_the_first_one_cannot_and_its_price_is_unknown_and_not_0()
    {
        await using var textract = new StubService { Otherwise = static _ => TextractDouble.Denied };
        await using var azure = new StubService();
        azure.Otherwise = request => DocumentIntelligenceDouble.Answer(request, azure.Address, "Automobile Claim Form", "Claim Number: ZX-40018", "Policy Number: PN-88124");

        var key = await ServeAsync(
            textract,
            ("DOCPIPELINE_READERS", "textract,document-intelligence,tesseract"),
            ("DOCPIPELINE_DOCUMENT_INTELLIGENCE_ENDPOINT", azure.Address.ToString()),
            ("DOCPIPELINE_DOCUMENT_INTELLIGENCE_KEY", "not-a-key"));

        Assert.Single(textract.Requests);
        Assert.Equal(["POST", "GET", "DELETE"], azure.Requests.Select(request => request.Method));
        Assert.Contains(await RowsAsync(key, "SELECT f.name, f.value, f.source FROM docpipeline.document_fields_v1 f"), row => row == "claim_number|ZX-40018|document-intelligence");
        Assert.StartsWith("Page 1 was read by document-intelligence. Not by textract: ", Assert.Single(await RowsAsync(key, "SELECT f.message FROM docpipeline.findings_v1 f", "f.rule = 'reader-fell-back'")), StringComparison.Ordinal);
        Assert.Equal(["textract||recognize-page|refused|{}|0", "document-intelligence|prebuilt-read|recognize-page|answered|{\"page\": 1}|0"], await CostsAsync(key));
        Assert.Equal(["False"], await RowsAsync(key, "SELECT c.priced FROM docpipeline.costs_v1 c", "c.provider = 'document-intelligence'"));
        var status = JsonDocument.Parse((await machine.RunAsync("status", "--json")).Output).RootElement.GetProperty("cost");
        Assert.False(status.GetProperty("priced").GetBoolean());
        await EverythingHoldsAsync();
    }

    [Fact]
    public async Task A_budget_that_is_used_up_sends_nothing_and_says_so()
    {
        await using var service = new StubService();

        var key = await ServeAsync(service, ("DOCPIPELINE_BUDGET_DOCUMENT_USD", "0.001"));

        Assert.Empty(service.Requests);
        Assert.Empty(await CostsAsync(key));
        Assert.Contains("The budget of 0.001 USD a document is used up", Assert.Single(await RowsAsync(key, "SELECT f.message FROM docpipeline.findings_v1 f", "f.rule = 'reader-fell-back'")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_without_a_database_says_what_the_services_cost()
    {
        await using var service = new StubService { Otherwise = static _ => TextractDouble.Page("Claim Number: ZX-40017") };

        var run = await ServerProgram.Start(SettingsOf(service), "extract", "--json", NewFile()).EndAsync();

        using var json = JsonDocument.Parse(run.Output);
        var cost = json.RootElement.GetProperty("cost");
        Assert.Equal((0, 0.0015m, 1, true), (cost.GetProperty("llm_calls").GetInt32(), cost.GetProperty("usd").GetDecimal(), cost.GetProperty("calls").GetInt32(), cost.GetProperty("priced").GetBoolean()));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Doctor_tries_the_service_and_says_what_to_do(bool works)
    {
        await using var service = new StubService
        {
            Otherwise = _ => works ? StubReply.Json("""{"__type":"UnsupportedDocumentException","Message":"Request has unsupported document format"}""", 400) : TextractDouble.Denied,
        };

        var run = await ServerProgram.Start(SettingsOf(service), "doctor", "--json").EndAsync();

        var lines = run.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var textract = lines.Single(line => line.GetProperty("thing").GetString() == "textract");
        Assert.Equal(works ? "well" : "broken", textract.GetProperty("health").GetString());
        Assert.Equal(works, textract.GetProperty("advice").ValueKind == JsonValueKind.Null);
        Assert.Equal(works ? 0 : 3, run.ExitCode);
        Assert.Contains(lines, line => line.GetProperty("thing").GetString() == "textract, limits" && line.GetProperty("message").GetString()!.StartsWith("Each server process asks at most 50 times a second, 8 at once; together they ask as many times more as there are of them, ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.GetProperty("thing").GetString() == "textract, price" && line.GetProperty("message").GetString()!.Contains("0.0015 USD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_without_services_reports_the_local_parts()
    {
        var run = await machine.RunAsync("doctor");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(["database", "blobs", "bucket", "poppler", "fonts", "tesseract"], run.Lines.SkipLast(1).Select(line => line[9..].Split(':')[0]));
        Assert.Equal("Everything that is needed works.", run.Lines[^1]);
    }

    [Fact]
    public async Task Doctor_without_a_database_says_so_and_ends_with_3()
    {
        var run = await ServerProgram.Start(machine.Settings.Where(setting => setting.Key != "DOCPIPELINE_DATABASE"), "doctor").EndAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("BROKEN   database: No database is named", run.Output, StringComparison.Ordinal);
    }

    private async Task<string> ServeAsync(StubService service, params (string Name, string Value)[] more)
    {
        var file = NewFile();
        var settings = SettingsOf(service);
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        await using var program = ServerProgram.Start(settings, "serve", "--drop", Path.GetDirectoryName(file)!, "--exit");
        var run = await program.EndAsync();
        var key = $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}";
        Assert.True(await machine.QueryAsync<string>($"SELECT state FROM docpipeline.submissions_v1 WHERE key = '{key}'") is "accepted" or "needs_review" or "rejected", run.Output + run.Errors);
        return key;
    }

    private string NewFile()
    {
        var number = Interlocked.Increment(ref _cases);
        var folder = machine.Folder.CreateSubdirectory($"case{number}");
        var file = Path.Combine(folder.FullName, "card.png");
        File.WriteAllBytes(file, [.. File.ReadAllBytes(Path.Combine(ServerMachine.Samples, "insurance-card.png")), (byte)number]);
        return file;
    }

    private Dictionary<string, string?> SettingsOf(StubService service) => new(machine.Settings)
    {
        ["DOCPIPELINE_READERS"] = "textract,tesseract",
        ["DOCPIPELINE_TEXTRACT_ENDPOINT"] = service.Address.ToString(),
        ["DOCPIPELINE_PROVIDER_LIMITS"] = "textract=50/8/20",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
    };

    private Task<IReadOnlyList<string>> CostsAsync(string key) => machine.ListAsync(
        $"SELECT provider, model, step, outcome, units, usd FROM docpipeline.costs_v1 c JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{key}' AND c.content_sha256 = s.content_sha256 ORDER BY sent_at");

    private Task<IReadOnlyList<string>> RowsAsync(string key, string select, string condition = "true") =>
        machine.ListAsync($"{select} JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{key}' AND {condition}");

    private async Task EverythingHoldsAsync()
    {
        var check = await machine.RunAsync("check");
        Assert.True(check.ExitCode == 0, check.Output);
    }
}
