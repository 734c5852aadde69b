using DocPipeline.Proof.Kill;

namespace DocPipeline.EndToEnd.Tests.Proof;

/// <summary>The short form of <c>./run prove kill</c>.</summary>
public sealed class KillNineTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_again_and_again_the_server_ends_with_the_claims_of_a_run_in_peace()
    {
        var plan = new KillPlan(Documents: 40, Kills: 8, Seed: 20, LongestLife: TimeSpan.FromSeconds(1.5), LeaseSeconds: 3, Patience: TimeSpan.FromMinutes(2));
        await using var log = new StringWriter();

        var result = await new KillProof(plan, log).RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(log.ToString());
        Assert.Empty(result.Violations);
        Assert.Equal(plan.Documents, result.States.Values.Sum());
        Assert.True(result.Resumed > 0, "No kill hit a document at work: this run proved nothing.");
    }
}
