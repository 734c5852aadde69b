using DocPipeline.Documents;
using DocPipeline.Durable;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Review;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Check;

/// <summary>A machine on which documents have come to every kind of end; its server has stopped.</summary>
public sealed class WorkedMachine : IAsyncLifetime
{
    public const string Dead = "dead.txt";

    private static readonly string[] Samples =
    [
        "auto-claim-form.pdf", "auto-claim-form-resent.pdf", "claim-email.txt", "claim-form-blank.pdf", "claim-form-locked.pdf",
        "hospital-bill-india.pdf", "packet.pdf", "receipt-photo.jpg", "recipe.pdf", "repair-invoice-german.pdf",
    ];

    public ServerMachine Machine { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        var original = await HandInDeadAsync();
        var (program, page) = await Machine.ServeAsync();
        await using var running = program;
        using var browser = page;
        foreach (var sample in Samples)
        {
            File.Copy(Path.Combine(ServerMachine.Samples, sample), Path.Combine(Machine.Bucket, sample));
        }

        await UntilAsync($"SELECT count(*) = {Samples.Length + 1} FROM docpipeline.submissions_v1 WHERE state <> 'processing'", "every document has come to its end");
        await UntilAsync("SELECT NOT EXISTS (SELECT FROM durable.instance WHERE status IN ('pending', 'running'))", "the workflows have ended or wait");
        await DecideAsync("packet.pdf", new(ReviewDecision.Regroup, "clerk", DateTimeOffset.UnixEpoch, Note: null, [new("claim_number", "CL-1")], Documents: await OtherTypesAsync("packet.pdf")));
        await UntilAsync($"SELECT (SELECT max(seq) = 4 FROM docpipeline.audit WHERE submission_id::text = {Instance("packet.pdf")}) AND NOT EXISTS (SELECT FROM durable.instance WHERE status IN ('pending', 'running'))", "its documents are read anew");
        await DecideAsync("packet.pdf", new(ReviewDecision.Approve, "clerk", DateTimeOffset.UnixEpoch, Note: null, [new("date_of_loss", "2023-03-10")]));
        // Of the twins, either may have come first.
        var twin = await Machine.QueryAsync<string>("SELECT key FROM docpipeline.submission WHERE duplicate_of IS NOT NULL");
        await DecideAsync(twin, new(ReviewDecision.Reject, "clerk", DateTimeOffset.UnixEpoch, "Sent twice.", []));
        await UntilAsync("SELECT NOT EXISTS (SELECT FROM docpipeline.review_pending)", "the decisions are carried out");
        await UntilAsync("SELECT NOT EXISTS (SELECT FROM durable.instance WHERE status IN ('pending', 'running'))", "the workflows have ended or wait");
        await UntilAsync("SELECT NOT EXISTS (SELECT FROM docpipeline.outbox WHERE position IS NULL)", "every change is published");
        var stopped = await program.StopAsync();
        Assert.Contains(stopped.ExitCode, (int[])[0, 130]);
        File.Move(original + ".away", original);
    }

    public ValueTask DisposeAsync() => Machine.DisposeAsync();

    /// <summary>The instance of a document, by the name of its file.</summary>
    public static string Instance(string key) => $"(SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = '{key}')";

    // Handed in while nobody works, and its original taken away: our fault, not the document's.
    private async Task<string> HandInDeadAsync()
    {
        var path = Path.Combine(Directory.CreateDirectory(Machine.Bucket).FullName, Dead);
        await File.WriteAllTextAsync(path, "Claim Number: GONE-1");
        var handedIn = await Machine.RunAsync("ingest", path);
        Assert.True(handedIn.ExitCode == 0, handedIn.Errors);
        var original = Machine.Original(await Machine.QueryAsync<string>($"SELECT content_sha256 FROM docpipeline.submissions_v1 WHERE key = '{Dead}'"));
        File.Move(original, original + ".away");
        return original;
    }

    private async Task DecideAsync(string key, ReviewDecision decision)
    {
        var id = await Machine.QueryAsync<string>($"SELECT {Instance(key)}");
        var desk = new ReviewDesk(Machine.Owner, new DurableClient(DurableOptions.DefaultJson), new ReviewOptions());
        Assert.Equal(new DeskAnswer(DeskResult.Recorded), await desk.DecideAsync(SubmissionId.Parse(id), version: null, decision, CancellationToken.None));
    }

    /// <summary>The documents as they were split, the first of them an invoice.</summary>
    private async Task<IReadOnlyList<PageGroup>> OtherTypesAsync(string key)
    {
        var documents = await Machine.ListAsync($"SELECT type, array_to_string(pages, ' ') FROM docpipeline.documents_v1 WHERE submission_id::text = {Instance(key)} ORDER BY document");
        return [.. documents.Select((document, index) => new PageGroup(index == 0 ? "invoice" : document.Split('|')[0], [.. document.Split('|')[1].Split(' ').Select(int.Parse)]))];
    }

    private Task UntilAsync(string question, string what) =>
        Eventually.IsTrueAsync(() => Machine.QueryAsync<bool>(question), what, TimeSpan.FromSeconds(90));
}
