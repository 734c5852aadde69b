using System.Text.Json.Nodes;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Resolve.Ask;

namespace DocPipeline.EndToEnd.Tests.Ask;

/// <summary>From the front door: a model is asked, its answer is stored with its place and its name, and nothing is accepted on its word.</summary>
public sealed class AskTests(AskedMachine asked) : IClassFixture<AskedMachine>
{
    private const string Tried = "CL-2044-19";

    private static string Version => Prompt.Version;

    [Fact]
    public async Task What_the_model_found_stands_in_the_database_with_its_place_and_its_chooser_and_waits_for_a_person()
    {
        var rows = await asked.Machine.ListAsync(
            $"SELECT f.value, f.accepted, f.page, f.evidence_text, f.source, f.chosen_by FROM docpipeline.claim_fields_v1 f JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{AskedMachine.Answered}' AND f.name = 'date_of_loss'");
        var findings = await asked.Machine.ListAsync(
            $"SELECT f.rule FROM docpipeline.findings_v1 f JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{AskedMachine.Answered}' AND f.field = 'date_of_loss' ORDER BY f.rule");

        Assert.Equal([$"2026-03-17|False|1|17 March 2026|plain-text|openai/small-model#{Version}"], rows);
        Assert.Contains("model-chosen", findings);
        Assert.Contains("required-field-uncertain", findings);
    }

    [Fact]
    public async Task An_empty_account_costs_one_request_and_leaves_a_finding_and_the_readers_values()
    {
        var findings = await asked.Machine.ListAsync(
            $"SELECT f.rule FROM docpipeline.findings_v1 f JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{AskedMachine.Refused}' AND f.rule LIKE 'model-%'");

        Assert.Equal(["model-not-asked"], findings);
        Assert.Single(asked.Requests, request => request.Body.Contains("PAUPER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_claim_is_one_call_one_step_and_one_row_of_the_ledger()
    {
        var requests = asked.Requests.Where(request => !request.Body.Contains(Tried, StringComparison.Ordinal)).ToList();
        Assert.Equal(2, requests.Count);
        Assert.All(requests, request => Assert.Equal(["date_of_loss"], AskedMachine.MaterialOf(request)["questions"]!.AsArray().Select(question => (string)question!["field"]!)));
        Assert.Equal(["answered|1", "refused|1"], await asked.Machine.ListAsync("SELECT outcome, count(*) FROM docpipeline.provider_call WHERE step = 'ask-model' GROUP BY outcome ORDER BY outcome"));
    }

    [Fact]
    public async Task Trying_a_file_out_asks_too_and_says_so()
    {
        var path = Path.Combine(asked.Machine.Folder.FullName, "tried.txt");
        await File.WriteAllTextAsync(path, AskedMachine.Form(Tried), TestContext.Current.CancellationToken);
        var tried = await asked.Machine.RunAsync("extract", "--json", path);

        var json = JsonNode.Parse(tried.Output)!;
        Assert.Equal($"openai/small-model#{Version}", (string)json["documents"]![0]!["fields"]!["date_of_loss"]!["chosen_by"]!);
        Assert.Equal(1, (int)json["cost"]!["llm_calls"]!);
        Assert.Single(asked.Requests, request => request.Body.Contains(Tried, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_that_do_not_fit_together_are_reported_at_once()
    {
        var machine = new ServerMachine();
        machine.Settings["DOCPIPELINE_LLM"] = "azure";
        machine.Settings["DOCPIPELINE_LLM_JSON"] = "yaml";

        var ended = await machine.RunAsync("extract", "nothing.pdf");

        Assert.Equal(3, ended.ExitCode);
        Assert.Contains("DOCPIPELINE_LLM_MODEL", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("DOCPIPELINE_LLM_ENDPOINT", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("DOCPIPELINE_LLM_JSON", ended.Errors, StringComparison.Ordinal);
    }
}
