using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Ask;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Models;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>Another language model beside the live one: it is asked what the live one was asked, the report tells where it answers otherwise and what it costs, and claims stay as they are.</summary>
public sealed class CompareModelsServedTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    private const string File = "undated.txt";

    [Theory]
    [InlineData("a purse of its own", "", 1)]
    [InlineData("an empty purse", ";BUDGET_DAY_USD=0", 0)]
    public async Task Its_answers_differ_in_the_report_and_nowhere_else(string purse, string more, int asked)
    {
        await using var live = Knows("2026-03-17");
        await using var other = Knows("2026-03-18");

        // 1. The live model alone; each case has a file of its own.
        var folder = machine.Folder.CreateSubdirectory(purse);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder.FullName, File), AskedMachine.Form($"CL-{asked}") + "\nI told the garage of it on 18 March 2026.\n", TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?>(machine.Settings)
        {
            ["DOCPIPELINE_LLM"] = "openai",
            ["DOCPIPELINE_LLM_MODEL"] = "live-model",
            ["DOCPIPELINE_LLM_ENDPOINT"] = new Uri(live.Address, "v1").AbsoluteUri,
        };
        var run = await ServerProgram.Start(settings, "serve", "--drop", folder.FullName, "--exit").EndAsync();
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Single(live.Requests);
        var before = await StoredThings.OfAsync(machine);

        // 2. The other one beside it.
        var challenger = $"LLM_MODEL=other-model;LLM_ENDPOINT={new Uri(other.Address, "v1").AbsoluteUri}{more}";
        settings["DOCPIPELINE_COMPARE_WITH"] = challenger;
        settings["DOCPIPELINE_COMPARE_SHARE"] = "1";
        await using (var program = ServerProgram.Start(settings, "serve"))
        {
            await Eventually.IsTrueAsync(
                () => machine.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM docpipeline.comparison k JOIN docpipeline.submission s ON s.id = k.submission_id WHERE s.key = '{purse}/{File}' AND k.challenger = '{challenger}' AND k.done_at IS NOT NULL)"),
                "the two models are compared",
                TimeSpan.FromSeconds(60));
            await program.StopAsync();
        }

        // 3. The live model is not asked again, claims and files are the same, the difference is in the report.
        Assert.Single(live.Requests);
        Assert.Equal(asked, other.Requests.Count(request => request.Body.Contains($"CL-{asked}", StringComparison.Ordinal)));
        Assert.All(other.Requests, request => Assert.Contains("other-model", request.Body, StringComparison.Ordinal));
        Assert.Equal(before, await StoredThings.OfAsync(machine));
        var report = (await machine.RunAsync("compare", "--json", "--differences", "50")).Lines.Select(line => JsonDocument.Parse(line).RootElement).Single(line => line.GetProperty("challenger").GetString() == challenger);
        var difference = report.GetProperty("differences").EnumerateArray().Single(difference => difference.GetProperty("key").GetString() == $"{purse}/{File}");
        Assert.Equal(
            ("date_of_loss", "2026-03-17", asked == 1 ? "2026-03-18" : null),
            (difference.GetProperty("field").GetString(), difference.GetProperty("live").GetString(), difference.GetProperty("other").GetString()));
        Assert.Equal(asked, await machine.QueryAsync<int>($"SELECT count(*)::int FROM docpipeline.provider_call c JOIN docpipeline.submission s USING (content) WHERE s.key = '{purse}/{File}' AND c.purse = 'comparisons' AND c.model = 'other-model'"));
        Assert.Equal(1, await machine.QueryAsync<int>($"SELECT count(*)::int FROM docpipeline.provider_call c JOIN docpipeline.submission s USING (content) WHERE s.key = '{purse}/{File}' AND c.purse = 'claims'"));
        Assert.Equal(0, (await machine.RunAsync("check", "--files")).ExitCode);
    }

    /// <summary>A model that takes this for the date of the loss.</summary>
    private static ScriptedServer Knows(string date) => new(new OracleScript { Truth = new Dictionary<string, string> { ["date_of_loss"] = date } }.Answer);
}
