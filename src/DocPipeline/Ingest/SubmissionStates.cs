using DocPipeline.Documents;
using DocPipeline.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Ingest;

/// <summary>The states of a submission, and the one way from one to another.</summary>
/// <remarks>
/// <code>
/// processing -> accepted | needs_review | rejected | dead
/// needs_review -> reviewed | rejected | dead | processing (pages regrouped: read anew)
/// dead -> where it came from (replay)
/// </code>
/// The database enforces the arrows, and writes one audit row and one outbox message for each change, in the same transaction.
/// </remarks>
public static class SubmissionStates
{
    public const string Processing = "processing";
    public const string Accepted = "accepted";
    public const string NeedsReview = "needs_review";
    public const string Reviewed = "reviewed";
    public const string Rejected = "rejected";
    public const string Dead = "dead";

    /// <summary>Changes the state. Being in that state already is no change, so a repeated effect is harmless.</summary>
    /// <returns>False if the submission was in that state already.</returns>
    /// <exception cref="PostgresException">The state machine does not allow the change (constraint <c>submission_state_machine</c>).</exception>
    /// <exception cref="InvalidOperationException">There is no such submission.</exception>
    public static async Task<bool> ChangeAsync(NpgsqlTransaction transaction, StateChange change, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PipelineSchema.Sql["Ingest/change_state.sql"], transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = change.Submission.Value },
                new() { Value = change.To },
                new() { Value = change.By },
                new() { Value = (object?)change.ReasonCode ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)change.Reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)change.DetailJson ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as bool?
            ?? throw new InvalidOperationException($"There is no submission {change.Submission}.");
    }
}

/// <summary>A change of state, as the audit will show it.</summary>
/// <param name="To">One of <see cref="SubmissionStates"/>.</param>
/// <param name="By">Who changed it: <c>pipeline</c>, or a person's name.</param>
/// <param name="ReasonCode">Stable code in snake_case; needed for everything that did not pass.</param>
/// <param name="Reason">The same for a person.</param>
/// <param name="DetailJson">Facts for machines, as a JSON object.</param>
public sealed record StateChange(SubmissionId Submission, string To, string By, string? ReasonCode = null, string? Reason = null, string? DetailJson = null);
