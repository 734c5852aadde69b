using DocPipeline.Documents;
using DocPipeline.Migrations;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Review;

/// <summary>Decisions that are written down and not carried out yet: for who raises their events, for the first time or again.</summary>
public sealed class PendingDecisions(NpgsqlDataSource database, IWorkflowClient workflows)
{
    /// <summary>Null: none is pending.</summary>
    public async Task<ReviewDecision?> FindAsync(SubmissionId id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await FindAsync(connection, transaction: null, id, cancellationToken))?.Decision;
    }

    /// <summary>Raises the event of a pending decision again, if there is one. An engine that recognises repetitions takes it once, however often this runs.</summary>
    /// <returns>False if none is pending.</returns>
    public async Task<bool> RaiseAgainAsync(SubmissionId id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(connection, transaction, id, cancellationToken) is not { } pending)
        {
            return false;
        }

        // Not under the key of the first time, which may have been used up: by an event that the workflow passed over, or that is lost.
        await workflows.RaiseEventAsync(id.ToString(), ReviewDecision.Event, $"version {pending.Version} again", pending.Decision, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<(int Version, ReviewDecision Decision)?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(PipelineSchema.Sql["Review/read_pending.sql"], connection, transaction) { Parameters = { new() { Value = id.Value } } };
        await using var row = await find.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetInt32(0), ReviewDecision.FromJson(row.GetString(1))) : null;
    }
}
