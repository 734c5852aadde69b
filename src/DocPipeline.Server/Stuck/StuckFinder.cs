using DocPipeline.Durable;
using DocPipeline.Durable.Operating;
using DocPipeline.Ingest;
using DocPipeline.Server.Hosting;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Server.Stuck;

/// <summary>
/// Compares submissions, workflows and the watched folder, and finds what stands still. Looking is cheap: it reads what is open, not what has ended.
/// </summary>
/// <param name="after">How long is too long without progress.</param>
internal sealed class StuckFinder(NpgsqlDataSource database, IWorkflowClient workflows, DurableOperator engine, TimeSpan after)
{
    /// <summary>More of one kind are one trouble, not many: the rest shows when these are gone.</summary>
    private const int MostOfAKind = 1000;

    private const string AskServer = "Look into the server's log for this id.";

    private readonly IReadOnlyList<StuckKind> _kinds = Kinds(new Repairs(database, workflows, engine));

    /// <summary>For a command or the status: without a running engine.</summary>
    public static StuckFinder Of(NpgsqlDataSource database, ServerSettings settings) =>
        new(database, new DurableClient(DurableOptions.DefaultJson), Engine.Operator(database, settings), settings.StuckAfter);

    /// <summary>Everything that stands still according to the database.</summary>
    public async Task<IReadOnlyList<StuckThing>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<StuckThing>();
        foreach (var kind in _kinds)
        {
            await using var command = database.CreateCommand(Question(kind.Name));
            command.Parameters.Add(new() { Value = after.TotalSeconds });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
            {
                found.Add(new(kind, row.GetString(0), row.GetString(1)));
            }
        }

        return found;
    }

    /// <summary>Files that lie in a bucket and were never taken in.</summary>
    public async Task<IReadOnlyList<StuckThing>> FindFilesAsync(FolderBucket bucket, CancellationToken cancellationToken)
    {
        var kind = new StuckKind(
            "file_not_taken_in",
            "A file lies in the watched folder and is no submission.",
            "Start the server if none runs. If it cannot be read, mend its name or its rights, or take it away.",
            (key, token) => TakeInAsync(bucket, key, token));
        var found = new List<StuckThing>();
        await foreach (var file in bucket.FindNotTakenInAsync(after, cancellationToken))
        {
            found.Add(new(kind, file.Key, file.Problem ?? "nobody has taken it in"));
            if (found.Count == MostOfAKind)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The statement that finds what stands still in this way.</summary>
    internal static string Question(string kind) => $"SELECT subject, detail FROM (\n{Sql(kind)}\n) stuck LIMIT {MostOfAKind}";

    private static async Task<bool> TakeInAsync(FolderBucket bucket, string key, CancellationToken cancellationToken)
    {
        await foreach (var outcome in bucket.ReconcileAsync(key, cancellationToken))
        {
            return outcome.Kind is FileOutcomeKind.New or FileOutcomeKind.Known;
        }

        return true; // gone meanwhile
    }

    private static string Sql(string kind) => Databases.Sql[$"Stuck/Kinds/{kind}.sql"];

    private static IReadOnlyList<StuckKind> Kinds(Repairs repairs)
    {
        return
        [
            Kind("not_begun", "Begin it: ./run stuck --repair", repairs.BeginAsync),
            Kind("review_without_workflow", "Restore the workflow's rows from a backup; until then no decision about it can be recorded."),
            Kind("workflow_without_submission", "Restore the submission from a backup; without it the workflow ends as a dead letter when it stores something."),
            Kind("death_not_recorded", "Record it: ./run stuck --repair", repairs.RecordDeathAsync),
            Kind("end_not_recorded", "This is a bug. Keep the rows: ./run check --json"),
            Kind("wake_up_lost", "Wake it: ./run stuck --repair", repairs.WakeAsync),
            Kind("decision_not_delivered", "Deliver it: ./run stuck --repair", repairs.DeliverDecisionAsync),
            Kind("lease_expired", "Start a server: it takes it over. Or: ./run stuck --repair", repairs.TakeOverAsync),
            Kind("no_progress", $"{AskServer} Restarting that server lets it begin the step again; a document that hangs every time ends as a dead letter."),
            Kind("nobody_claims", "Start a server with ./run, or more of them if they are all busy."),
            Kind("version_unsupported", "Deploy the version of the program that began them beside the new one, until they have ended."),
            Kind("parked", "Deploy the version that began it, or mend the workflow; then: ./run dead unpark ID"),
            Kind("message_unsent", "Start a server: it publishes them. If one runs, its log says what keeps it from that."),
            Kind("webhook_fails", "Ask whoever runs the receiver; see: ./run webhook list. What it misses is sent when it answers again, or with: ./run webhook replay ID --from TIME"),
        ];

        static StuckKind Kind(string name, string advice, Func<string, CancellationToken, Task<bool>>? repair = null) =>
            new(name, Sql(name).Split('\n')[0].TrimStart('-').Trim(), advice, repair);
    }
}
