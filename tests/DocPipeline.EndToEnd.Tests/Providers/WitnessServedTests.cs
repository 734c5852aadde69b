using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing.Services;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>
/// The program with services as witnesses, on the wire: who agrees is recorded, who contradicts sends an accepted claim to a person, what only they saw is proposed, and who fails costs a finding and nothing else.
/// </summary>
public sealed class WitnessServedTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    // Each case has bytes of its own.
    private static int _cases;

    private static byte[] AcceptedForm => File.ReadAllBytes(Path.Combine(ServerMachine.Samples, "auto-claim-form.pdf"));

    [Fact]
    public async Task A_service_that_says_the_same_stands_in_the_evidence_and_the_claim_is_accepted_as_without_it()
    {
        await using var service = new StubService { Otherwise = static _ => TextractDouble.Form(("Claim Number:", "21-8023073"), ("Date of Loss", "March 14, 2026")) };

        var key = await ServeAsync(service, AcceptedForm);

        Assert.Equal("accepted", await StateAsync(key));
        Assert.Equal(
            ["claim_number|21-8023073|True|text-layer|[\"textract AnalyzeDocument FORMS\"]", "date_of_loss|2026-03-14|True|text-layer|[\"textract AnalyzeDocument FORMS\"]"],
            await RowsAsync(key, "SELECT f.name, f.value, f.accepted, f.source, f.witnesses FROM docpipeline.claim_fields_v1 f", "f.witnesses <> '[]' ORDER BY f.name"));
        Assert.Equal(["AnalyzeDocument FORMS|extract-document|answered|0.05", "AnalyzeDocument FORMS|extract-document|answered|0.05"], await CostsAsync(key));
        Assert.All(service.Requests, request => Assert.Contains("\"FORMS\"", request.Text, StringComparison.Ordinal));
        await EverythingHoldsAsync();
    }

    [Fact]
    public async Task A_service_that_contradicts_sends_the_claim_to_a_person_and_the_value_stays()
    {
        await using var service = new StubService { Otherwise = static _ => TextractDouble.Form(("Date of Loss", "March 15, 2026")) };

        var key = await ServeAsync(service, AcceptedForm);

        Assert.Equal("needs_review|service_contradicts", Assert.Single(await machine.ListAsync($"SELECT state, reason_code FROM docpipeline.submissions_v1 WHERE key = '{key}'")));
        Assert.Equal(
            ["2026-03-14|True|2026-03-15|textract AnalyzeDocument FORMS"],
            await RowsAsync(key, "SELECT f.value, f.accepted, f.alternatives->0->>'value', f.alternatives->0->>'saidBy' FROM docpipeline.claim_fields_v1 f", "f.name = 'date_of_loss'"));
        Assert.StartsWith(
            "textract AnalyzeDocument FORMS says that the date of loss is '2026-03-15', but '2026-03-14' was read.",
            Assert.Single(await RowsAsync(key, "SELECT f.message FROM docpipeline.findings_v1 f", "f.rule = 'service-contradicts'")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_form_must_have_and_only_the_service_names_is_proposed_to_a_person()
    {
        await using var service = new StubService { Otherwise = static _ => TextractDouble.Form(("Date of Loss", "March 14, 2026"), ("Cause of loss", "hail")) };
        var paper = MadePaper.Of(
            "AUTOMOBILE CLAIM FORM", "Claim Number: CL-2044-17", "Policy Number: PL-88-4410", "Policyholder Name: Martha Example", "Insurer: Northern Mutual Insurance",
            "Loss Location: Harbour Road 4, Springfield", "What came down from the sky was hail as large as eggs, so I stopped.", "It was the evening of March 14, 2026 and nobody was on the road.");

        var key = await ServeAsync(service, paper);

        Assert.Equal("needs_review", await StateAsync(key));
        Assert.Equal(["2026-03-14|False|1|March 14, 2026|textract"], await RowsAsync(key, "SELECT f.value, f.accepted, f.page, f.evidence_text, f.source FROM docpipeline.claim_fields_v1 f", "f.name = 'date_of_loss'"));
        Assert.Empty(await RowsAsync(key, "SELECT f.value FROM docpipeline.claim_fields_v1 f", "f.name = 'cause_of_loss'"));
        Assert.Contains("'hail'", Assert.Single(await RowsAsync(key, "SELECT f.message FROM docpipeline.findings_v1 f", "f.rule = 'service-suggests'")), StringComparison.Ordinal);
        await EverythingHoldsAsync();
    }

    [Theory]
    [InlineData("down", "an error")]
    [InlineData("nonsense", "")]
    [InlineData("budget", "The budget of 0.01 USD a document is used up")]
    public async Task A_service_that_fails_is_a_finding_and_the_claim_is_accepted_without_it(string how, string reason)
    {
        await using var service = new StubService { Otherwise = _ => how == "down" ? TextractDouble.Down : TextractDouble.Wrong };

        var key = await ServeAsync(service, AcceptedForm, ("DOCPIPELINE_BUDGET_DOCUMENT_USD", how == "budget" ? "0.01" : "1"));

        Assert.Equal("accepted", await StateAsync(key));
        var finding = Assert.Single(await RowsAsync(key, "SELECT f.severity, f.message FROM docpipeline.findings_v1 f", "f.rule = 'service-not-asked'"));
        Assert.StartsWith("info|textract AnalyzeDocument FORMS was not heard on the auto claim form: ", finding, StringComparison.Ordinal);
        Assert.True(how == "budget" == (service.Requests.Count == 0), $"It was asked {service.Requests.Count} times.");
        Assert.True(how != "budget" || finding.Contains(reason, StringComparison.Ordinal), finding);
        Assert.Empty(await RowsAsync(key, "SELECT f.name FROM docpipeline.claim_fields_v1 f", "f.witnesses <> '[]'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Doctor_tries_every_witness_and_tells_its_price(bool works)
    {
        await using var service = new StubService
        {
            Otherwise = _ => works ? StubReply.Json("""{"__type":"UnsupportedDocumentException","Message":"Request has unsupported document format"}""", 400) : TextractDouble.Denied,
        };

        var run = await ServerProgram.Start(SettingsOf(service, ("DOCPIPELINE_WITNESSES", "textract-forms,textract-expense,textract-queries")), "doctor", "--json").EndAsync();

        var lines = run.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("thing").GetString()!, line => line.GetProperty("health").GetString());
        Assert.All(["textract-forms", "textract-expense", "textract-queries"], name => Assert.Equal(works ? "well" : "broken", lines[name]));
        Assert.Equal(("well", "doubtful"), (lines["textract-forms, price"], lines["textract-expense, price"]));
    }

    private async Task<string> ServeAsync(StubService service, byte[] paper, params (string Name, string Value)[] more)
    {
        var folder = machine.Folder.CreateSubdirectory($"case{Interlocked.Increment(ref _cases)}");
        var file = Path.Combine(folder.FullName, "form.pdf");
        await File.WriteAllBytesAsync(file, [.. paper, .. System.Text.Encoding.ASCII.GetBytes($"%{folder.Name}\n")], TestContext.Current.CancellationToken);
        await using var program = ServerProgram.Start(SettingsOf(service, more), "serve", "--drop", folder.FullName, "--exit");
        var run = await program.EndAsync();
        var key = $"{folder.Name}/form.pdf";
        Assert.True(await machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.submissions_v1 WHERE key = '{key}' AND state IN ('accepted', 'needs_review')") == 1, run.Output + run.Errors);
        return key;
    }

    private Dictionary<string, string?> SettingsOf(StubService service, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(machine.Settings)
        {
            ["DOCPIPELINE_WITNESSES"] = "textract-forms",
            ["DOCPIPELINE_TEXTRACT_ENDPOINT"] = service.Address.ToString(),
            ["DOCPIPELINE_PROVIDER_LIMITS"] = "textract=50/8/20",
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    private Task<string> StateAsync(string key) => machine.QueryAsync<string>($"SELECT state FROM docpipeline.submissions_v1 WHERE key = '{key}'");

    private Task<IReadOnlyList<string>> CostsAsync(string key) => machine.ListAsync(
        $"SELECT model, step, outcome, usd FROM docpipeline.costs_v1 c JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{key}' AND c.content_sha256 = s.content_sha256 ORDER BY sent_at");

    private Task<IReadOnlyList<string>> RowsAsync(string key, string select, string condition) =>
        machine.ListAsync($"{select} JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{key}' AND {condition}");

    private async Task EverythingHoldsAsync()
    {
        var check = await machine.RunAsync("check");
        Assert.True(check.ExitCode == 0, check.Output);
    }
}
