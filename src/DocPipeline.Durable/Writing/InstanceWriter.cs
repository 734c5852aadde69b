using DocPipeline.Durable.Postgres;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable.Writing;

/// <summary>Changes of an instance's status. Every one is fenced by epoch; one that finds no row throws <see cref="FencedException"/>.</summary>
internal sealed class InstanceWriter
{
    private readonly Database _database;
    private readonly DurableOptions _options;
    private readonly GroupCommit<Completion, Completion> _completions;

    public InstanceWriter(Database database, DurableOptions options, ILogger log)
    {
        _database = database;
        _options = options;
        _completions = new(database, CompleteBatchAsync, lanes: 1, options.Patience, log);
    }

    public Task RunAsync(CancellationToken cancellationToken) => _completions.RunAsync(cancellationToken);

    /// <exception cref="EffectException">The database refuses the output itself.</exception>
    public async Task CompleteAsync(ClaimedInstance instance, string output, string? label, CancellationToken cancellationToken)
    {
        var completion = new Completion(instance, output, label);
        if (await _completions.WriteAsync(completion).WaitAsync(cancellationToken) is null)
        {
            try
            {
                await WriteAsync(instance, "Instances/complete.sql", () => [Json(output), Text(label)], cancellationToken);
            }
            catch (PostgresException refused) when (!IsOutage(refused))
            {
                throw new EffectException(refused);
            }
        }
    }

    public Task ParkAsync(ClaimedInstance instance, string reason, CancellationToken cancellationToken) =>
        WriteAsync(instance, "Instances/park.sql", () => [Of(FailureJson.Clean(reason))], cancellationToken);

    /// <summary>Counts that a suspect begins, so that a crash is blamed on it and on no other.</summary>
    public Task BeginAloneAsync(ClaimedInstance instance, CancellationToken cancellationToken) =>
        WriteAsync(instance, "Instances/begin_alone.sql", () => [Of(instance.ClaimsWithoutProgress + 1)], cancellationToken);

    public Task LabelAsync(ClaimedInstance instance, string? label, CancellationToken cancellationToken) =>
        WriteAsync(instance, "Instances/label.sql", () => [Text(label)], cancellationToken);

    /// <summary>Gives the instance back to the queue; returns after what time it is due.</summary>
    public async Task<TimeSpan> ReleaseAsync(ClaimedInstance instance, string? label, CancellationToken cancellationToken)
    {
        var rows = await _database.PersistAsync(
            () => ReadAsync(_database.Command("Instances/release.sql", Of(instance.InstanceId), Of(instance.Epoch), Text(label)), row => row.GetDouble(0)),
            _options.Silence,
            cancellationToken);
        return rows is [var due] ? TimeSpan.FromSeconds(due) : throw new FencedException(instance.InstanceId);
    }

    /// <summary>Makes the instance dead and runs the hook in the same transaction.</summary>
    /// <exception cref="EffectException">The hook failed; the instance still runs.</exception>
    public async Task DieAsync(ClaimedInstance instance, DeadInstance dead, string? label, CancellationToken cancellationToken)
    {
        var done = await _database.PersistAsync(() => DieOnceAsync(instance, dead, label), Timeout.InfiniteTimeSpan, cancellationToken);
        if (!done)
        {
            throw new FencedException(instance.InstanceId);
        }
    }

    private async Task<bool> DieOnceAsync(ClaimedInstance instance, DeadInstance dead, string? label)
    {
        await using var connection = await _database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var die = Command(
            connection, "Instances/die.sql", Of(instance.InstanceId), Of(instance.Epoch), Of(dead.Reason), Of(dead.FailedStep, NpgsqlDbType.Integer),
            Json(FailureJson.Write(dead.Failure)), Text(label));
        if (await die.ExecuteNonQueryAsync() == 0)
        {
            return false;
        }

        if (_options.OnDead is not null)
        {
            try
            {
                await _options.OnDead(transaction, dead, CancellationToken.None);
            }
            catch (Exception exception)
            {
                throw FailureClassifier.Classify(exception).Kind == FailureKind.Transient
                    ? new TransientFailure(exception.Message, inner: exception)
                    : new EffectException(exception);
            }
        }

        await transaction.CommitAsync();
        return true;
    }

    private async Task WriteAsync(ClaimedInstance instance, string file, Func<NpgsqlParameter[]> parameters, CancellationToken cancellationToken)
    {
        // Parameters are made anew for each try: a command and its parameters belong together.
        var rows = await _database.PersistAsync(
            () => ExecuteAsync(_database.Command(file, [Of(instance.InstanceId), Of(instance.Epoch), .. parameters()])),
            _options.Silence,
            cancellationToken);
        if (rows == 0)
        {
            throw new FencedException(instance.InstanceId);
        }
    }

    private async Task<Completion?[]> CompleteBatchAsync(IReadOnlyList<Completion> items)
    {
        var command = _database.Command(
            "Instances/complete_batch.sql",
            Of(items.Select(item => item.Instance.InstanceId).ToArray()), Of(items.Select(item => item.Instance.Epoch).ToArray()),
            Of(items.Select(item => item.Output).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb),
            Of(items.Select(item => item.Label).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));
        var written = (await ReadAsync(command, row => row.GetString(0))).ToHashSet(StringComparer.Ordinal);
        return [.. items.Select(item => written.Contains(item.Instance.InstanceId) ? item : null)];
    }

    internal sealed record Completion(ClaimedInstance Instance, string Output, string? Label);
}
