using DocPipeline.EndToEnd.Tests.Access;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>A running server with people and a browser, for all tests of a class. Each test hands in documents of its own.</summary>
public sealed class ReviewMachine : IAsyncLifetime
{
    private int _number;

    public ServedMachine Served { get; } = new();

    public ServerMachine Machine => Served.Machine;

    public Chrome Chrome { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Machine.Settings["DOCPIPELINE_FOUR_EYES_ABOVE"] = "10000";
        await Served.InitializeAsync();
        Chrome = await Chrome.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (Chrome?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Served.DisposeAsync();
    }

    public Task<Person> SignInAsync(string role, string path = "/") => Chrome.SignInAsync(Served.Address, "a-" + role, Served.Passwords[role], path);

    /// <summary>
    /// An invoice with three fields to check: the provider is unsure, the total is not what subtotal and tax make, the date is missing.
    /// </summary>
    /// <returns>The submission, when it waits for a person.</returns>
    public Task<string> HandInInvoiceAsync(string claim) => HandInAsync(
        $"""
        INVOICE

        Riverbend Auto Body
        Invoice Number: RB-{Interlocked.Increment(ref _number):0000}
        Claim Number: {claim}
        Policy Number: PN-300-22

        Description            Amount
        Front bumper           400.00
        Paint                  250.00

        Subtotal: 650.00
        Tax: 52.00
        Total: 712.00
        """,
        claim);

    /// <summary>A claim over 12,000 whose date of loss may be read in two ways.</summary>
    public Task<string> HandInLargeClaimAsync(string claim) => HandInAsync(
        $"""
        AUTO CLAIM FORM
        Claim Number: {claim}
        Policy Number: PN-300-23
        Policyholder Name: Ines Marlow
        Date of Loss: 03/04/2026
        Total Amount: 12,000.00
        """,
        claim);

    /// <summary>A claim that is accepted without a person, and then drawn for a blind check.</summary>
    public async Task<string> HandInSampleAsync(string name)
    {
        var text =
            $"""
            AUTO CLAIM FORM
            Claim Number: {name.ToUpperInvariant()}-77
            Policy Number: PN-300-24
            Policyholder Name: Ines Marlow
            Date of Loss: 2026-01-05
            Loss Location: Old Mill Lane, Port Ellery
            Cause of Loss: Hail
            """;
        await File.WriteAllTextAsync(Path.Combine(Machine.Bucket, name + ".txt"), text, TestContext.Current.CancellationToken);
        await UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE key = '{name}.txt' AND state = 'accepted')", $"{name} is accepted");
        // Chance may have decided already, and against it.
        await UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.quality_draw d JOIN docpipeline.submissions_v1 s USING (submission_id) WHERE s.key = '{name}.txt')", "chance has decided");
        await Machine.ExecuteAsync($"UPDATE docpipeline.quality_draw SET drawn = true WHERE submission_id = (SELECT submission_id FROM docpipeline.submissions_v1 WHERE key = '{name}.txt')");
        return await Machine.QueryAsync<string>($"SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = '{name}.txt'");
    }

    public async Task<string> HandInAsync(string text, string name)
    {
        await File.WriteAllTextAsync(Path.Combine(Machine.Bucket, name + ".txt"), text, TestContext.Current.CancellationToken);
        await UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE key = '{name}.txt' AND state = 'needs_review')", $"{name} waits for a person");
        return await Machine.QueryAsync<string>($"SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = '{name}.txt' ORDER BY received_at DESC LIMIT 1");
    }

    public Task<string> StateAsync(string id) => Machine.QueryAsync<string>($"SELECT state FROM docpipeline.submissions_v1 WHERE submission_id = '{id}'");

    public Task UntilAsync(string question, string what) => Eventually.IsTrueAsync(() => Machine.QueryAsync<bool>(question), what, TimeSpan.FromSeconds(120));

    public Task UntilStateAsync(string id, string state) =>
        UntilAsync($"SELECT state = '{state}' FROM docpipeline.submissions_v1 WHERE submission_id = '{id}'", $"{id} is {state}");
}
