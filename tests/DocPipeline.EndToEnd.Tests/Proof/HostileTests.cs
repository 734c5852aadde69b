using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Hostile;

namespace DocPipeline.EndToEnd.Tests.Proof;

/// <summary>The short form of <c>./run prove hostile</c>: those files that were made to do harm, and every ninth of the others.</summary>
public sealed class HostileTests(ITestOutputHelper output)
{
    private const int Every = 9;

    [Fact]
    public async Task Hostile_files_end_with_a_reason_and_the_server_lives_on_within_its_limits()
    {
        var folder = SharedData.Folder("data", "hostile");
        var found = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Where((_, number) => number % Every == 0);
        var made = Directory.GetDirectories(folder).SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal);
        await using var log = new StringWriter();

        var result = await new HostileProof([.. made, .. found], TimeSpan.FromMinutes(3), log).RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine($"{result.Files} files in {result.Took.TotalSeconds:0} s, slowest {result.Slowest}\n{string.Join('\n', result.Ends)}");
        Assert.Empty(result.Violations);
    }
}
