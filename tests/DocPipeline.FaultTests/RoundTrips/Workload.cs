using System.Text;
using DocPipeline.Documents;
using DocPipeline.Durable;
using DocPipeline.FaultTests.Machines;
using DocPipeline.Ingest;
using DocPipeline.Review;
using DocPipeline.Server.Hosting;
using DocPipeline.Testing.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DocPipeline.FaultTests.RoundTrips;

/// <summary>
/// A little of everything that can become of a document, so that the pipeline makes every round trip it knows: through a server, and through the
/// programs of clerks and operators beside it.
/// </summary>
/// <param name="server">Faults on the server's way to the database.</param>
/// <param name="others">Faults on the way of everybody else.</param>
internal sealed class Workload(PipelineMachine machine, FaultPlan server, FaultPlan others) : IAsyncDisposable
{
    private static readonly string[] Open = [SubmissionStates.Accepted, SubmissionStates.NeedsReview];

    private readonly ServerSettings _settings = machine.Settings(others);
    private NpgsqlDataSource? _database;

    private NpgsqlDataSource Database => _database ??= DurableSchema.Connect(_settings.RequireDatabase());

    public async Task RunAsync()
    {
        // 1. Handed in by a program while no server runs; then broken by hand, each in a way that the server's reconciler mends.
        foreach (var name in (string[])["gone.txt", "unbegun.txt", "unburied.txt"])
        {
            machine.Drop(name, Letter(name));
        }

        await PersistAsync(HandInAsync);
        var original = await machine.OriginalAsync("gone.txt");
        File.Move(original, original + ".away");
        await machine.BreakAsync("unbegun.txt", "DELETE FROM durable.instance WHERE instance_id = ID");
        await machine.BreakAsync("unburied.txt", "UPDATE durable.instance SET status = 'dead', reason = 'It failed.', wake_at = NULL, finished_at = now() WHERE instance_id = ID");

        // 2. A server takes in what lies in the folder: what is certain, what is not, what cannot be read, what is too large, what was there before.
        await machine.ServeAsync(server);
        machine.Drop("certain.txt", Letter("certain.txt"));
        await machine.UntilStateAsync("certain.txt", SubmissionStates.Accepted);
        machine.Drop("twin.txt", Letter("certain.txt"));
        foreach (var name in (string[])["uncertain.txt", "unheard.txt", "unwoken.txt"])
        {
            machine.Drop(name, Encoding.UTF8.GetBytes($"Claim Number: {name}\n"));
        }

        machine.Drop("archive.zip", "PK\u0003\u0004 word/document.xml"u8);
        machine.Drop("large.txt", new byte[1_000_001]);
        File.SetLastWriteTimeUtc(Path.Combine(machine.Bucket, "certain.txt"), DateTime.UtcNow.AddMinutes(-4));

        // 3. People decide. Two decisions do not arrive: one was recorded and never raised, the other raised and nobody woke up.
        await Task.WhenAll(((string[])["twin.txt", "uncertain.txt", "unheard.txt", "unwoken.txt"]).Select(key => UntilWaitingAsync(key, audited: 2)));
        await DecideAsync("twin.txt", 2, Decision(ReviewDecision.Reject, "Sent twice."));
        await DecideAsync("uncertain.txt", 2, Decision(ReviewDecision.Regroup, note: null) with { Documents = [new("invoice", [1])] });
        await UntilWaitingAsync("uncertain.txt", audited: 4);
        await DecideAsync("uncertain.txt", 4, Decision(ReviewDecision.Approve, note: null, new("policy_number", "P-1"), new("claim_number", null)) with { Cells = [new(0, "line_items", 1, "amount", "1.00")] });
        const string Decided = """{"decision": "approve", "by": "clerk", "at": "2026-03-01T00:00:00Z", "corrections": []}""";
        const string WriteDown = $"INSERT INTO docpipeline.review_action (submission_id, version, kind, by, decision) VALUES (ID::uuid, 2, 'approve', 'clerk', '{Decided}')";
        await machine.BreakAsync("unheard.txt", WriteDown);
        await machine.BreakAsync("unwoken.txt", $"{WriteDown}; INSERT INTO durable.inbox (instance_id, seq, name, dedup_key, payload) VALUES (ID, 1, 'review-decided', 'k', '{Decided}'); UPDATE durable.instance SET inbox_seq = 1 WHERE instance_id = ID");

        // 4. An operator has the dead ones done again.
        foreach (var key in (string[])["gone.txt", "unburied.txt"])
        {
            await machine.UntilStateAsync(key, SubmissionStates.Dead);
            File.Move(original + ".away", original, overwrite: true);
            await PersistAsync(async () => await Engine.Operator(Database, _settings).ReplayAsync(await machine.IdAsync(key), Patience()));
            File.Copy(original, original + ".away");
        }

        // 5. Until nothing is left to do.
        foreach (var key in (string[])["gone.txt", "unbegun.txt", "unburied.txt"])
        {
            await machine.UntilStateAsync(key, Open);
        }

        foreach (var key in (string[])["uncertain.txt", "unheard.txt", "unwoken.txt"])
        {
            await machine.UntilStateAsync(key, SubmissionStates.Reviewed);
        }

        foreach (var key in (string[])["twin.txt", "archive.zip", "large.txt"])
        {
            await machine.UntilStateAsync(key, SubmissionStates.Rejected);
        }

        await machine.UntilAsync("SELECT count(*) = 11 FROM docpipeline.bucket_event", "every file has been looked at, one of them twice");
        await machine.UntilAsync("SELECT NOT EXISTS (SELECT FROM durable.instance WHERE status IN ('pending', 'running'))", "the workflows have ended or wait");
    }

    /// <summary>Repeats what got no answer, as people and supervisors do.</summary>
    private static async Task PersistAsync(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (NpgsqlException failed) when (failed is not PostgresException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    private async Task HandInAsync()
    {
        await using var door = new Door(_settings);
        var (bucket, below) = door.BucketOf(machine.Bucket, settleTime: TimeSpan.Zero, NullLogger<FolderBucket>.Instance);
        await foreach (var outcome in bucket.ReconcileAsync(below, Patience()))
        {
            Assert.Contains(outcome.Kind, (FileOutcomeKind[])[FileOutcomeKind.New, FileOutcomeKind.Known]);
        }
    }

    private Task UntilWaitingAsync(string key, int audited) => machine.UntilAsync(
        $"SELECT coalesce((SELECT i.status = 'waiting' AND (SELECT max(a.seq) = {audited} FROM docpipeline.audit a WHERE a.submission_id = s.id) FROM docpipeline.submission s JOIN durable.instance i ON i.instance_id = s.id::text WHERE s.key = '{key}'), false)",
        $"{key} waits for a person");

    /// <summary>As a person does who gets no answer and presses again: then it counts already.</summary>
    private Task DecideAsync(string key, int version, ReviewDecision decision) => PersistAsync(async () =>
    {
        var desk = new ReviewDesk(Database, new DurableClient(DurableOptions.DefaultJson), new ReviewOptions());
        var answer = await desk.DecideAsync(SubmissionId.Parse(await machine.IdAsync(key)), version, decision, Patience());
        Assert.Contains(answer, (DeskAnswer[])[new(DeskResult.Recorded), new(DeskResult.TooLate, "clerk")]);
    });

    private static ReviewDecision Decision(string decision, string? note, params FieldCorrection[] corrections) =>
        new(decision, "clerk", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), note, corrections);

    private static byte[] Letter(string name) => Encoding.UTF8.GetBytes(
        $"""
        Dear claims team,

        here are the particulars you asked for on the phone:

        Claim Number: {name.Length}{(int)name[2]}-GKU-1478
        Policy Number: AUTO837737
        Policyholder: Desmond Ashdown
        Phone: 268-555-0121
        Date of Loss: 03/16/2026
        Location of Loss: Juniper Hollow Road, Harlow Springs
        Description of Accident: Other vehicle failed to yield and struck the passenger side at low speed.
        Make: Volkswagen
        Model: Golf
        VIN: WVWL4M9G7FH490553
        License Plate: FPW-4801
        Amount Claimed: $1,459.{name.Length}

        Kind regards,
        Desmond Ashdown

        """);
}
