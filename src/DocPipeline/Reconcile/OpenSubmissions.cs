using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Store;
using Npgsql;

namespace DocPipeline.Reconcile;

/// <summary>A submission that should have moved on by now.</summary>
/// <param name="State"><see cref="SubmissionStates.Processing"/>, or <see cref="SubmissionStates.NeedsReview"/> with a pending decision.</param>
public sealed record OpenSubmission(SubmissionId Id, string State);

/// <summary>What an engine elsewhere has to be told about submissions.</summary>
public sealed class OpenSubmissions(NpgsqlDataSource database)
{
    /// <summary>More are one trouble, not many: the rest shows when these are gone.</summary>
    public const int Most = 1000;

    /// <summary>Those that have not moved for at least <paramref name="after"/>, the oldest first.</summary>
    public async Task<IReadOnlyList<OpenSubmission>> ListAsync(TimeSpan after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Reconcile/open_submissions.sql"]);
        command.Parameters.Add(new() { Value = after.TotalSeconds });
        command.Parameters.Add(new() { Value = Most });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var open = new List<OpenSubmission>();
        while (await row.ReadAsync(cancellationToken))
        {
            open.Add(new(new SubmissionId(row.GetGuid(0)), row.GetString(1)));
        }

        return open;
    }

    /// <summary>The input that the submission's workflow is begun with; null if it must not be begun (again).</summary>
    public Task<Submission?> InputAsync(SubmissionId id, CancellationToken cancellationToken) =>
        InTransactionAsync(transaction => FindInputAsync(transaction, id, isReplay: false, cancellationToken), cancellationToken);

    /// <summary>The submission dies with its workflow. False if it has ended, or is dead already.</summary>
    public Task<bool> MarkDeadAsync(SubmissionId id, DeadLetter letter, CancellationToken cancellationToken) =>
        InTransactionAsync(transaction => DeadLetters.MarkDeadAsync(transaction, id.ToString(), letter, cancellationToken), cancellationToken);

    /// <summary>A dead submission comes back to where it died. Its workflow has to be begun again, from the top: what is kept by content is not done again.</summary>
    /// <param name="by">Who ordered it.</param>
    /// <returns>The input of the workflow; null if the submission is not dead.</returns>
    public Task<Submission?> ReplayAsync(SubmissionId id, string by, CancellationToken cancellationToken) => InTransactionAsync(
        async transaction => await DeadLetters.MarkReplayedAsync(transaction, id.ToString(), by, cancellationToken)
            ? await FindInputAsync(transaction, id, isReplay: true, cancellationToken)
            : null,
        cancellationToken);

    private static async Task<Submission?> FindInputAsync(NpgsqlTransaction transaction, SubmissionId id, bool isReplay, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PipelineSchema.Sql["Reconcile/find_input.sql"], transaction.Connection, transaction) { Parameters = { new() { Value = id.Value } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) && (isReplay || row.GetBoolean(6))
            ? new(
                id, row.GetString(0), row.GetString(1), row.GetString(2), new ContentHash(row.GetString(3)), row.GetInt64(4),
                row.IsDBNull(5) ? null : new SubmissionId(row.GetGuid(5)))
            : null;
    }

    private async Task<T> InTransactionAsync<T>(Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
