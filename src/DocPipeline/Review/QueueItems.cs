using DocPipeline.Documents;
using DocPipeline.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Review;

/// <summary>What waits for a person. What somebody has decided and the workflow is about to record waits no more.</summary>
public sealed class QueueItems(NpgsqlDataSource database)
{
    /// <summary>At most <paramref name="limit"/> items.</summary>
    public async Task<IReadOnlyList<QueueItem>> ListAsync(QueueFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/list_queue.sql"]);
        AddText(command, filter.State);
        AddText(command, filter.ReasonCode);
        AddText(command, string.IsNullOrWhiteSpace(filter.Search) ? null : Pattern(filter.Search.Trim()));
        AddText(command, filter.Mine);
        command.Parameters.Add(new() { Value = filter.Order.ToString() });
        command.Parameters.Add(new() { Value = limit });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<QueueItem>();
        while (await row.ReadAsync(cancellationToken))
        {
            items.Add(new(
                new SubmissionId(row.GetGuid(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
                Text(row, 6), Text(row, 7), Text(row, 8), row.IsDBNull(9) ? null : row.GetDecimal(9), Text(row, 10), row.GetInt32(11), Text(row, 12), Text(row, 13), Text(row, 14)));
        }

        return items;
    }

    /// <summary>One for each state and reason that occurs, the most frequent first.</summary>
    public async Task<IReadOnlyList<QueueCount>> CountsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/count_queue.sql"]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<QueueCount>();
        while (await row.ReadAsync(cancellationToken))
        {
            counts.Add(new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3)));
        }

        return counts;
    }

    /// <summary>The document that a person would take next, without taking it; null if none is free.</summary>
    /// <param name="after">Not this one.</param>
    public async Task<SubmissionId?> PeekAsync(string account, SubmissionId? after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/peek_next.sql"]);
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = (object?)after?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await command.ExecuteScalarAsync(cancellationToken) is Guid id ? new SubmissionId(id) : null;
    }

    private static void AddText(NpgsqlCommand command, string? text) =>
        command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string Pattern(string words) =>
        $"%{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
