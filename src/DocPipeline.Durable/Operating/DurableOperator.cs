using DocPipeline.Durable.Writing;
using Npgsql;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable.Operating;

/// <summary>What a person does about the engine: look, replay what is dead, let go on what is parked. Works without a running engine.</summary>
public sealed class DurableOperator(NpgsqlDataSource database, DurableOptions options)
{
    /// <summary>Dead letters, the newest first.</summary>
    public Task<IReadOnlyList<DeadInstance>> ListDeadAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        ListAsync("dead", limit, cancellationToken);

    /// <summary>Instances whose journal no longer fits their workflow, or whose workflow broke the rules of the port.</summary>
    public Task<IReadOnlyList<DeadInstance>> ListParkedAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        ListAsync("parked", limit, cancellationToken);

    /// <summary>Null if there is no such instance.</summary>
    public async Task<InstanceReport?> ShowAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var steps = await ReadAsync(Command(connection, "Operator/show_steps.sql", Of(instanceId)), ReadStep, cancellationToken);
        var found = await ReadAsync(
            Command(connection, "Operator/show.sql", Of(instanceId)),
            row => new InstanceReport(
                ReadStuck(row), row.GetString(9), Text(row, 10), Text(row, 11), row.GetInt64(12), row.GetFieldValue<DateTimeOffset>(13),
                Time(row, 14), Time(row, 15), steps),
            cancellationToken);
        return found is [var report] ? report : null;
    }

    /// <summary>
    /// Reopens a dead instance at the step that failed. Earlier steps, and results recorded beside it, are kept; what is taken
    /// out of the journal is archived. False if the instance is not dead.
    /// </summary>
    public async Task<bool> ReplayAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var locked = Command(connection, "Operator/lock_dead.sql", Of(instanceId));
        if (await locked.ExecuteScalarAsync(cancellationToken) is null)
        {
            return false;
        }

        await ExecuteAsync(Command(connection, "Operator/archive_steps.sql", Of(instanceId)), cancellationToken);
        if (await ExecuteAsync(Command(connection, "Operator/reopen.sql", Of(instanceId)), cancellationToken) == 0)
        {
            return false;
        }

        if (options.OnReplayed is not null)
        {
            await options.OnReplayed(transaction, instanceId, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Lets a parked instance go on, once the right version is deployed. False if it is not parked.</summary>
    public async Task<bool> UnparkAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(Command(connection, "Operator/unpark.sql", Of(instanceId)), cancellationToken) == 1;
    }

    /// <summary>Wakes an instance that sleeps although its event has come. False if it does not sleep, or nothing has come.</summary>
    public async Task<bool> WakeAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(Command(connection, "Operator/wake.sql", Of(instanceId)), cancellationToken) == 1;
    }

    /// <summary>Takes back what belongs to workers that are gone, as every running engine does, and returns how many instances that were.</summary>
    public async Task<int> TakeOverAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(Command(connection, "Workers/take_over.sql"), cancellationToken);
    }

    /// <summary>How many instances are in each status; a status without any is absent. Reads the whole table.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await ReadAsync(Command(connection, "Operator/counts.sql"), row => (Status: row.GetString(0), Count: row.GetInt64(1)), cancellationToken);
        return rows.ToDictionary(row => row.Status, row => row.Count, StringComparer.Ordinal);
    }

    /// <summary>How long the oldest due instance has waited for a worker; null if none is due.</summary>
    public async Task<TimeSpan?> QueueAgeAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, "Workers/queue_age.sql");
        return await command.ExecuteScalarAsync(cancellationToken) is double seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Steps between two attempts, the next one first.</summary>
    public async Task<IReadOnlyList<StepReport>> ListRetryingAsync(int limit = 100, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(Command(connection, "Operator/retrying.sql", Of(limit)), ReadStep, cancellationToken);
    }

    public async Task<IReadOnlyList<UnsupportedVersion>> ListUnsupportedAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(
            Command(connection, "Operator/unsupported.sql"),
            row => new UnsupportedVersion(row.GetString(0), row.GetInt32(1), row.GetInt64(2)), cancellationToken);
    }

    /// <summary>Deletes up to <paramref name="limit"/> instances that ended longer ago than <paramref name="age"/>, with journal and inbox. Only the owner of the schema may.</summary>
    public async Task<int> PurgeAsync(TimeSpan age, int limit = 1000, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(Command(connection, "Operator/purge.sql", Of(age.TotalSeconds), Of(limit)), cancellationToken);
    }

    private async Task<IReadOnlyList<DeadInstance>> ListAsync(string status, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(Command(connection, "Operator/list_stuck.sql", Of(status), Of(limit)), ReadStuck, cancellationToken);
    }

    private static DeadInstance ReadStuck(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), Text(row, 3) ?? "", row.IsDBNull(4) ? null : row.GetInt32(4), Text(row, 5),
        row.IsDBNull(6) ? 0 : row.GetInt32(6), FailureJson.Read(Text(row, 7)), row.GetString(8));

    private static StepReport ReadStep(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt32(5), Text(row, 6),
        FailureJson.Read(Text(row, 7)), row.GetFieldValue<DateTimeOffset>(8), Time(row, 9));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
