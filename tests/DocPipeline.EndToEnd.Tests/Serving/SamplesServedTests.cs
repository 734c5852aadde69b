using System.Text.Json;
using System.Text.RegularExpressions;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Query;
using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Serving;

/// <summary>All samples go through a running server, once for all tests of this class.</summary>
public sealed class ServedSamples : IAsyncLifetime
{
    public ServerMachine Machine { get; } = new();

    public Finished First { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        First = await Machine.RunAsync("serve", "--drop", ServerMachine.Samples, "--exit");
    }

    public ValueTask DisposeAsync() => Machine.DisposeAsync();
}

public sealed partial class SamplesServedTests(ServedSamples served) : IClassFixture<ServedSamples>
{
    private const string Duplicate = "duplicate_file";

    private ServerMachine Machine => served.Machine;

    [Fact]
    public async Task Every_sample_reaches_an_end_that_is_right_for_it()
    {
        Assert.True(served.First.ExitCode == 0, served.First.Output + served.First.Errors);
        var ends = (await Machine.ListAsync("SELECT key, state, coalesce(reason_code, '') FROM docpipeline.submissions_v1")).Select(row => row.Split('|')).ToDictionary(row => row[0]);

        None(Sample.All(ServerMachine.Samples)
            .Select(sample => (Sample: sample, End: ends[$"samples/{sample.Name}"]))
            .Where(pair => pair.End[2] != Duplicate && (!pair.Sample.States.Contains(pair.End[1]) || (pair.Sample.ReasonCode is { } code && code != pair.End[2])))
            .Select(pair => $"{pair.Sample.Name} is {pair.End[1]} ({pair.End[2]}) and should be {string.Join(" or ", pair.Sample.States)} {pair.Sample.ReasonCode}"));
    }

    [Fact]
    public async Task Of_the_same_bytes_under_two_names_one_is_read_and_the_other_is_linked_and_flagged()
    {
        var twins = await Machine.ListAsync(
            "SELECT s.reason_code = 'duplicate_file', f.key FROM docpipeline.submissions_v1 s LEFT JOIN docpipeline.submissions_v1 f ON f.submission_id = s.duplicate_of WHERE s.key LIKE 'samples/auto-claim-form%'");

        Assert.Equal(2, twins.Count);
        Assert.Single(twins, twin => twin.StartsWith("True|samples/auto-claim-form", StringComparison.Ordinal));
        Assert.Equal(1L, await Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.claims_v1 WHERE key LIKE 'samples/auto-claim-form%'"));
    }

    [Fact]
    public async Task Every_value_that_nobody_needs_to_look_at_is_right()
    {
        var wrong = new List<string>();
        foreach (var sample in Sample.All(ServerMachine.Samples))
        {
            var values = await Machine.ListAsync($"SELECT f.name, f.value FROM docpipeline.claim_fields_v1 f JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE f.accepted AND s.key = 'samples/{sample.Name}'");
            wrong.AddRange(values.Select(value => value.Split('|', 2))
                .Where(value => sample.Core.TryGetValue(value[0], out var expected) && !SameValue.Is(FieldKinds.Of(value[0]), expected, value[1]))
                .Select(value => $"{sample.Name}: {value[0]} is '{value[1]}' and should be '{sample.Core[value[0]]}'"));
        }

        None(wrong);
    }

    [Fact]
    public async Task What_is_not_on_a_sample_is_not_reported()
    {
        var invented = new List<string>();
        foreach (var sample in Sample.All(ServerMachine.Samples).Where(sample => sample.MustNot.Count > 0))
        {
            var names = await Machine.ListAsync($"SELECT f.name FROM docpipeline.claim_fields_v1 f JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = 'samples/{sample.Name}'");
            invented.AddRange(names.Intersect(sample.MustNot).Select(name => $"{sample.Name}: {name}"));
        }

        None(invented);
    }

    [Fact]
    public async Task Every_claim_has_the_documents_that_are_in_its_file()
    {
        var different = new List<string>();
        foreach (var sample in Sample.All(ServerMachine.Samples).Where(sample => sample.Documents.Count > 0))
        {
            var found = await Machine.ListAsync($"SELECT d.type, array_to_string(d.pages, ',') FROM docpipeline.documents_v1 d JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = 'samples/{sample.Name}' ORDER BY d.document");
            // Not read: the twin of another sample, or nothing but no claim. An empty page may go with the document before it.
            var pages = sample.Documents.SelectMany(document => document.Split('|')[1].Split(',')).ToHashSet();
            var shown = found.Select(document => document.Split('|')).Select(parts => $"{parts[0]}|{string.Join(',', parts[1].Split(',').Where(pages.Contains))}").ToList();
            if (found.Count > 0 && !shown.SequenceEqual(sample.Documents))
            {
                different.Add($"{sample.Name}: {string.Join(' ', found)} and should be {string.Join(' ', sample.Documents)}");
            }
        }

        None(different);
    }

    [Fact]
    public async Task Rules_speak_where_a_sample_contradicts_itself()
    {
        var silent = new List<string>();
        foreach (var sample in Sample.All(ServerMachine.Samples).Where(sample => sample.Findings.Count > 0))
        {
            var rules = await Machine.ListAsync($"SELECT f.rule FROM docpipeline.findings_v1 f JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = 'samples/{sample.Name}'");
            silent.AddRange(sample.Findings.Except(rules).Select(rule => $"{sample.Name}: {rule}"));
        }

        None(silent);
    }

    [Fact]
    public async Task Dropped_again_everything_is_known_and_nothing_is_read_twice()
    {
        const string Everything = "SELECT (SELECT count(*) FROM docpipeline.submissions_v1) || ' ' || (SELECT count(*) FROM docpipeline.claims_v1) || ' ' || (SELECT count(*) FROM durable.step)";
        var before = await Machine.QueryAsync<string>(Everything);

        var again = await Machine.RunAsync("serve", "--drop", ServerMachine.Samples, "--exit");

        Assert.True(again.ExitCode == 0, again.Output + again.Errors);
        Assert.Equal(before, await Machine.QueryAsync<string>(Everything));
        Assert.Equal(Ends(served.First), Ends(again));
    }

    [Fact]
    public async Task Status_says_how_long_each_stage_took_in_the_order_of_the_stages()
    {
        using var figures = JsonDocument.Parse((await Machine.RunAsync("status", "--json")).Output);
        var words = await Machine.RunAsync("status");

        var stages = figures.RootElement.GetProperty("stages").EnumerateObject().ToList();
        Assert.Equal(
            ["open-file", "recognize-page", "split-pages", "extract-document", "resolve-claim", "validate-claim", "store-claim"],
            stages.Select(stage => stage.Name).Except(["flag-duplicate", "reject-submission"]));
        Assert.All(stages, stage => Assert.InRange(stage.Value.GetProperty("median_seconds").GetDouble(), 0.0005, stage.Value.GetProperty("p95_seconds").GetDouble()));
        Assert.Equal(
            await Machine.QueryAsync<long>("SELECT count(DISTINCT instance_id) FROM durable.step WHERE name = 'recognize-page'"),
            stages.Single(stage => stage.Name == "recognize-page").Value.GetProperty("documents").GetInt32());
        Assert.Matches(@"extract-document +\S +\d+ +\S +\d\.\d{3} s", words.Output);
    }

    [Fact]
    public async Task Every_change_of_state_is_in_the_audit_and_the_chain_holds()
    {
        Assert.Equal(0L, await Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.submissions_v1 s WHERE NOT EXISTS (SELECT FROM docpipeline.audit a WHERE a.submission_id = s.submission_id AND a.to_state = s.state)"));
        Assert.Empty(await AuditVerification.VerifyAsync(Machine.Owner, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static void None(IEnumerable<string> complaints)
    {
        var all = string.Join('\n', complaints);
        Assert.True(all.Length == 0, all);
    }

    // The order of the lines is that of the ends, which may differ.
    private static string[] Ends(Finished run) =>
        [.. run.Lines.Select(line => EndLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["end"].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\[ *\d+/\d+\] (?<end>\w+ +[^ :,]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndLine();
}
