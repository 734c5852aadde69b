using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace DocPipeline.Tests.Store;

public sealed partial class ReadmeTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Fact]
    public async Task Every_example_of_the_readme_runs_with_the_rights_of_a_reader()
    {
        await database.StoreAsync(Claims.Estimate());
        var readme = await File.ReadAllTextAsync(Path.Combine(Here(), "../../../src/DocPipeline/Store/README.md"), TestContext.Current.CancellationToken);
        var examples = Example().Matches(readme).Select(match => match.Groups[1].Value).ToList();

        Assert.True(examples.Count >= 6);
        foreach (var example in examples)
        {
            await PipelineDatabase.ExecuteAsync(database.Reader, example);
        }
    }

    [Fact]
    public async Task Every_table_and_view_is_in_the_readme()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Here(), "../../../src/DocPipeline/Store/README.md"), TestContext.Current.CancellationToken);
        var names = await database.ScalarAsync<string[]>(
            "SELECT array_agg(relname::text) FROM pg_class WHERE relnamespace = 'docpipeline'::regnamespace AND relkind IN ('r', 'v')");

        Assert.All(names, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Example();
}
