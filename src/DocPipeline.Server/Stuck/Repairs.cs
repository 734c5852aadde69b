using DocPipeline.Documents;
using DocPipeline.Durable.Operating;
using DocPipeline.Ingest;
using DocPipeline.Review;
using DocPipeline.Server.Hosting;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Server.Stuck;

/// <summary>What may be mended without asking a person. Each repair looks again in its own transaction, so that nothing is mended that has mended itself.</summary>
internal sealed class Repairs(NpgsqlDataSource database, IWorkflowClient workflows, DurableOperator engine)
{
    /// <summary>Begins the workflow that a submission lacks, with the input that the door would have given it.</summary>
    public async Task<bool> BeginAsync(string subject, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(transaction, Guid.Parse(subject), cancellationToken) is not { } submission)
        {
            return false;
        }

        await workflows.StartAsync(DocumentPipeline.Name, submission.Id.ToString(), submission, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Tells the submission that its workflow is dead, as the engine does when it dies.</summary>
    public async Task<bool> RecordDeathAsync(string subject, CancellationToken cancellationToken)
    {
        if (await engine.ShowAsync(subject, cancellationToken) is not { Standing: { } dead })
        {
            return false;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var still = new NpgsqlCommand(Databases.Sql["Stuck/Repairs/lock_dead_workflow.sql"], connection, transaction) { Parameters = { new() { Value = subject } } };
        if (await still.ExecuteScalarAsync(cancellationToken) is null)
        {
            return false;
        }

        await Engine.MarkDeadAsync(transaction, dead, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public Task<bool> WakeAsync(string subject, CancellationToken cancellationToken) => engine.WakeAsync(subject, cancellationToken);

    /// <summary>Takes over everything that belongs to processes that are gone.</summary>
    public async Task<bool> TakeOverAsync(string subject, CancellationToken cancellationToken)
    {
        await engine.TakeOverAsync(cancellationToken);
        return await engine.ShowAsync(subject, cancellationToken) is not { Status: "running" };
    }

    /// <summary>Raises the event of a pending decision again. One decision is raised once, however often this runs.</summary>
    public Task<bool> DeliverDecisionAsync(string subject, CancellationToken cancellationToken) => new PendingDecisions(database, workflows).RaiseAgainAsync(SubmissionId.Parse(subject), cancellationToken);

    private static async Task<Submission?> LockAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(Databases.Sql["Stuck/Repairs/lock_submission.sql"], transaction.Connection, transaction) { Parameters = { new() { Value = id } } };
        await using var row = await find.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new(
                new SubmissionId(row.GetGuid(0)), row.GetString(1), row.GetString(2), row.GetString(3), new ContentHash(row.GetString(4)), row.GetInt64(5),
                row.IsDBNull(6) ? null : new SubmissionId(row.GetGuid(6)))
            : null;
    }
}
