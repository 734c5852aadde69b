using System.Data;
using System.Text.Json;
using DocPipeline.Durable.Postgres;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable.Writing;

/// <summary>Records attempts of activities: in groups where nothing else is to be committed, alone with their database effect otherwise.</summary>
internal sealed class StepWriter
{
    // An effect that breaks its connection every time must not be tried for ever.
    private const int MostLosses = 5;

    private readonly Database _database;
    private readonly GroupCommit<StepRecord, StepWriter.RecordedAt> _group;

    public StepWriter(Database database, ILogger log)
    {
        _database = database;
        _group = new(WriteBatchAsync, lanes: 2, log);
    }

    public Task RunAsync(CancellationToken cancellationToken) => _group.RunAsync(cancellationToken);

    /// <summary>Returns the time at which the step was recorded, by the database's clock.</summary>
    /// <exception cref="FencedException">The instance is no longer ours.</exception>
    /// <exception cref="EffectException">The effect failed, or the database refuses the result itself; nothing was written.</exception>
    public async Task<DateTimeOffset> RecordAsync(StepRecord step, CancellationToken cancellationToken)
    {
        if (step.Effect is null && await _group.WriteAsync(step).WaitAsync(cancellationToken) is { } recorded)
        {
            return recorded.Time;
        }

        var losses = 0;
        return await _database.PersistAsync(TryAsync, cancellationToken) ?? throw new FencedException(step.InstanceId);

        async Task<DateTimeOffset?> TryAsync(CancellationToken token)
        {
            try
            {
                return await RecordAloneAsync(step, token);
            }
            catch (EffectException lost) when (lost.ConnectionIsLost && ++losses < MostLosses)
            {
                // The activity is not to blame for an outage: its effect is written again, and no attempt is used up.
                throw new TransientFailure(lost.Message, inner: lost);
            }
        }
    }

    private async Task<DateTimeOffset?> RecordAloneAsync(StepRecord step, CancellationToken cancellationToken)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var recordedAt = await InsertAsync(connection, step, cancellationToken);
        if (recordedAt is null)
        {
            // No row: fenced, or this very attempt was committed and only the reply was lost.
            await using var own = Command(connection, "Steps/own.sql", Of(step.InstanceId), Of(step.Number), Of(step.AttemptId));
            return await own.ExecuteScalarAsync(cancellationToken) is DateTime known ? Utc(known) : null;
        }

        if (step.Effect is not null)
        {
            try
            {
                await step.Effect(transaction, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new EffectException(exception, connection.State != ConnectionState.Open);
            }
        }

        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException refused) when (!IsOutage(refused))
        {
            throw new EffectException(refused); // a deferred constraint: rolled back for certain
        }

        return recordedAt;
    }

    private static async Task<DateTimeOffset?> InsertAsync(NpgsqlConnection connection, StepRecord step, CancellationToken cancellationToken)
    {
        await using var record = Command(
            connection, "Steps/record.sql",
            Of(step.InstanceId), Of(step.Epoch), Of(step.Number), Of(step.Round), Of(step.Name), Of(step.InputSha256), Of(step.AttemptId),
            Of(step.Status), Json(step.Result), Json(FailureJson.Write(step.Failure)), Of(step.Attempts), Of(step.Delay?.TotalSeconds, NpgsqlDbType.Double));
        try
        {
            return await record.ExecuteScalarAsync(cancellationToken) is DateTime time ? Utc(time) : null;
        }
        catch (PostgresException refused) when (!IsOutage(refused))
        {
            throw new EffectException(refused);
        }
    }

    private async Task<RecordedAt?[]> WriteBatchAsync(IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var command = _database.Command(
            "Steps/record_batch.sql",
            Of(Each(steps, step => step.InstanceId)), Of(Each(steps, step => step.Epoch)), Of(Each(steps, step => step.Number)),
            Of(Each(steps, step => step.Round)), Of(Each(steps, step => step.Name)), Of(Each(steps, step => step.InputSha256)),
            Of(Each(steps, step => step.AttemptId)), Of(Each(steps, step => step.Status)),
            Of(Each(steps, step => step.Result), NpgsqlDbType.Array | NpgsqlDbType.Jsonb),
            Of(Each(steps, step => FailureJson.Write(step.Failure)), NpgsqlDbType.Array | NpgsqlDbType.Jsonb),
            Of(Each(steps, step => step.Attempts)), Of(Each(steps, step => step.Delay?.TotalSeconds), NpgsqlDbType.Array | NpgsqlDbType.Double));
        var rows = await ReadAsync(command, row => (Attempt: row.GetGuid(0), Time: row.GetFieldValue<DateTimeOffset>(1)), cancellationToken);
        var times = rows.ToDictionary(row => row.Attempt, row => new RecordedAt(row.Time));
        return Each(steps, step => times.GetValueOrDefault(step.AttemptId));
    }

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);

    private static T[] Each<T>(IReadOnlyList<StepRecord> steps, Func<StepRecord, T> get) => [.. steps.Select(get)];

    internal sealed record RecordedAt(DateTimeOffset Time);
}

/// <summary>Failures as they stand in the journal.</summary>
internal static class FailureJson
{
    // jsonb cannot hold U+0000, and a message may quote anything.
    public static string? Write(ActivityFailure? failure) => failure is null
        ? null
        : JsonSerializer.Serialize(
            failure with
            {
                Code = Clean(failure.Code),
                Message = Clean(failure.Message),
                Detail = failure.Detail is null ? null : Clean(failure.Detail),
            },
            DurableOptions.DefaultJson);

    public static ActivityFailure? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<ActivityFailure>(json, DurableOptions.DefaultJson);

    public static string Clean(string text)
    {
        const int Longest = 16_384;
        var cut = text.Length > Longest ? text[..Longest] : text;
        return cut.Replace('\0', '\uFFFD');
    }
}
