using DocPipeline.Documents;
using DocPipeline.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Query;

/// <summary>A submission as lists show it.</summary>
/// <param name="Content">Null only for a file that was refused for its size.</param>
/// <param name="StateAt">Since when it is in its state.</param>
/// <param name="StateDetail">Facts for machines about the newest change, as JSON: what failed in a dead letter, what was corrected in a review.</param>
public sealed record SubmissionRow(
    SubmissionId Id,
    string Bucket,
    string Key,
    string Version,
    ContentHash? Content,
    long? Size,
    string State,
    string? ReasonCode,
    string? Reason,
    SubmissionId? DuplicateOf,
    DateTimeOffset ReceivedAt,
    DateTimeOffset StateAt,
    DateTimeOffset? FinishedAt,
    string? StateDetail);

/// <summary>A row of a submission's history.</summary>
public sealed record HistoryRow(int Sequence, DateTimeOffset At, string? From, string To, string? ReasonCode, string? Reason, string By, string? Detail);

/// <summary>How many submissions are in a state and how long the oldest has been there.</summary>
public sealed record StateCount(string State, long Count, TimeSpan OldestFor);

/// <summary>Where a list goes on: after this submission.</summary>
public sealed record ListPosition(DateTimeOffset ReceivedAt, SubmissionId Id);

/// <summary>Questions about submissions, for lists, status and the command line. Reads with the worker's role.</summary>
public sealed class SubmissionQueries(NpgsqlDataSource database)
{
    /// <summary>One row for each state that occurs.</summary>
    public Task<IReadOnlyList<StateCount>> CountsAsync(CancellationToken cancellationToken) => ReadAsync(
        "Query/count_states.sql", reader => new StateCount(reader.GetString(0), reader.GetInt64(1), reader.GetTimeSpan(2)), cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="after">Go on after this one; null to begin. The position does not shift when submissions arrive meanwhile.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    public Task<IReadOnlyList<SubmissionRow>> ListAsync(string? state, ListPosition? after, int limit, CancellationToken cancellationToken) => ReadAsync(
        "Query/list_submissions.sql",
        Row,
        cancellationToken,
        Text(state),
        new() { Value = (object?)after?.ReceivedAt.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        new() { Value = (object?)after?.Id.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        new() { Value = Math.Clamp(limit, 1, 1000) });

    /// <summary>Null: there is no such submission.</summary>
    public async Task<SubmissionRow?> FindAsync(SubmissionId id, CancellationToken cancellationToken) =>
        (await ReadAsync("Query/find_submission.sql", Row, cancellationToken, new NpgsqlParameter { Value = id.Value })).SingleOrDefault();

    /// <summary>All versions of an object, newest first.</summary>
    /// <param name="bucket">Null: in any bucket.</param>
    public Task<IReadOnlyList<SubmissionRow>> FindByKeyAsync(string? bucket, string key, CancellationToken cancellationToken) =>
        ReadAsync("Query/find_by_key.sql", Row, cancellationToken, Text(bucket), new() { Value = key });

    /// <summary>Every change of state, oldest first.</summary>
    public Task<IReadOnlyList<HistoryRow>> HistoryAsync(SubmissionId id, CancellationToken cancellationToken) => ReadAsync(
        "Query/find_history.sql",
        reader => new HistoryRow(
            reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), TextOf(reader, 2), reader.GetString(3), TextOf(reader, 4), TextOf(reader, 5),
            reader.GetString(6), TextOf(reader, 7)),
        cancellationToken,
        new NpgsqlParameter { Value = id.Value });

    private static SubmissionRow Row(NpgsqlDataReader reader) => new(
        new SubmissionId(reader.GetGuid(0)),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.IsDBNull(4) ? null : new ContentHash(reader.GetString(4)),
        reader.IsDBNull(5) ? null : reader.GetInt64(5),
        reader.GetString(6),
        TextOf(reader, 7),
        TextOf(reader, 8),
        reader.IsDBNull(9) ? null : new SubmissionId(reader.GetGuid(9)),
        reader.GetFieldValue<DateTimeOffset>(10),
        reader.GetFieldValue<DateTimeOffset>(11),
        reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12),
        TextOf(reader, 13));

    private static string? TextOf(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string name, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql[name]);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
