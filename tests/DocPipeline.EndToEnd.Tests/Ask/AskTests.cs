using System.Text.Json.Nodes;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Injection;
using DocPipeline.Proof.Models;
using DocPipeline.Resolve.Ask;
using DocPipeline.Testing.Wire;

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
        Assert.All(requests, request => Assert.Equal(["date_of_loss"], OracleScript.MaterialOf(request)["questions"]!.AsArray().Select(question => (string)question!["field"]!)));
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

    [Theory]
    [InlineData("false", 0)]
    [InlineData("true", 1)]
    public async Task A_model_that_sees_is_sent_a_small_picture_of_the_place_in_doubt(string pictures, int sent)
    {
        var paper = InjectedPaper.Make(seed: 700, count: 60).First(paper => paper.Attack.IsSeenOnly);
        await using var server = new ScriptedServer(new OracleScript { Truth = paper.Truth }.Answer);
        var path = Path.Combine(asked.Machine.Folder.FullName, $"seen-{pictures}.pdf");
        await File.WriteAllBytesAsync(path, paper.Clean, TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?>(asked.Machine.Settings) { ["DOCPIPELINE_LLM_ENDPOINT"] = new Uri(server.Address, "v1").AbsoluteUri, ["DOCPIPELINE_LLM_PICTURES"] = pictures };

        var ended = await ServerProgram.Start(settings, "extract", "--json", path).EndAsync();

        var request = Assert.Single(server.Requests);
        var content = JsonNode.Parse(request.Body)!["messages"]![1]!["content"]!;
        var urls = (content as JsonArray ?? []).Where(part => (string)part!["type"]! == "image_url").Select(part => (string)part!["image_url"]!["url"]!).ToList();
        Assert.Equal(sent, urls.Count);
        Assert.All(urls, url => Assert.StartsWith("data:image/jpeg;base64,/9j/", url, StringComparison.Ordinal));
        Assert.All(urls, url => Assert.InRange(url.Length, 1_000, 200_000 * 4 / 3 + 100));
        Assert.Equal(sent == 1, OracleScript.MaterialOf(request)["picture"] is not null);
        Assert.Equal(1, (int)JsonNode.Parse(ended.Output)!["cost"]!["llm_calls"]!);
    }

    [Fact]
    public async Task Doctor_says_that_a_model_has_no_price_and_what_to_do()
    {
        await using var server = new ScriptedServer(_ => new(200,
            """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"ready\":true}","refusal":null}}],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}"""));
        var settings = new Dictionary<string, string?>(asked.Machine.Settings) { ["DOCPIPELINE_LLM_ENDPOINT"] = new Uri(server.Address, "v1").AbsoluteUri };

        var ended = await ServerProgram.Start(settings, "doctor").EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("ok       openai small-model: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("doubtful openai small-model, price: No price is known for small-model", ended.Output, StringComparison.Ordinal);
        Assert.Contains("DOCPIPELINE_PRICES", ended.Output, StringComparison.Ordinal);
        Assert.Contains("ok       openai, limits: Each server process asks at most 5 times a second", ended.Output, StringComparison.Ordinal);
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
