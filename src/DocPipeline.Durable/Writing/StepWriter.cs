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
    private readonly TimeSpan _silence;
    private readonly GroupCommit<StepRecord, Recorded> _group;

    public StepWriter(Database database, DurableOptions options, ILogger log)
    {
        _database = database;
        _silence = options.Silence;
        _group = new(database, WriteBatchAsync, lanes: 2, options.Patience, log);
    }

    public Task RunAsync(CancellationToken cancellationToken) => _group.RunAsync(cancellationToken);

    /// <summary>Returns the step as it stands in the journal.</summary>
    /// <exception cref="FencedException">The instance is no longer ours.</exception>
    /// <exception cref="EffectException">The effect failed, or the database refuses the result itself; nothing was written.</exception>
    public async Task<Recorded> RecordAsync(StepRecord step, CancellationToken cancellationToken)
    {
        if (step.Effect is null && await _group.WriteAsync(step).WaitAsync(cancellationToken) is { } recorded)
        {
            return recorded;
        }

        var losses = 0;
        return await _database.PersistAsync(TryAsync, step.Effect is null ? _silence : Timeout.InfiniteTimeSpan, cancellationToken) ?? throw new FencedException(step.InstanceId);

        async Task<Recorded?> TryAsync()
        {
            try
            {
                return await RecordAloneAsync(step);
            }
            catch (EffectException lost) when (lost.ConnectionIsLost && ++losses < MostLosses)
            {
                // The activity is not to blame for an outage: its effect is written again, and no attempt is used up.
                throw new TransientFailure(lost.Message, inner: lost);
            }
        }
    }

    private async Task<Recorded?> RecordAloneAsync(StepRecord step)
    {
        await using var connection = await _database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var recorded = await InsertAsync(connection, step);
        if (recorded is null)
        {
            // No row: fenced, or this very attempt was committed and only the reply was lost.
            return await OneAsync(Command(connection, "Steps/own.sql", Of(step.InstanceId), Of(step.Number), Of(step.AttemptId)));
        }

        if (step.Effect is not null)
        {
            try
            {
                await step.Effect(transaction, CancellationToken.None);
            }
            catch (Exception exception)
            {
                throw new EffectException(exception, connection.State != ConnectionState.Open);
            }
        }

        try
        {
            await transaction.CommitAsync();
        }
        catch (PostgresException refused) when (!IsOutage(refused))
        {
            throw new EffectException(refused); // a deferred constraint: rolled back for certain
        }

        return recorded;
    }

    private static async Task<Recorded?> InsertAsync(NpgsqlConnection connection, StepRecord step)
    {
        var record = Command(
            connection, "Steps/record.sql",
            Of(step.InstanceId), Of(step.Epoch), Of(step.Number), Of(step.Round), Of(step.Name), Of(step.InputSha256), Of(step.AttemptId),
            Of(step.Status), Json(step.Result), Json(FailureJson.Write(step.Failure)), Of(step.Attempts), Of(step.Delay?.TotalSeconds, NpgsqlDbType.Double));
        try
        {
            return await OneAsync(record);
        }
        catch (PostgresException refused) when (!IsOutage(refused))
        {
            throw new EffectException(refused);
        }
    }

    private static async Task<Recorded?> OneAsync(NpgsqlCommand command) =>
        await ReadAsync(command, row => ReadRecorded(row, 0)) is [var recorded] ? recorded : null;

    private static Recorded ReadRecorded(NpgsqlDataReader row, int column) =>
        new(row.GetFieldValue<DateTimeOffset>(column), row.IsDBNull(column + 1) ? null : row.GetString(column + 1));

    private async Task<Recorded?[]> WriteBatchAsync(IReadOnlyList<StepRecord> steps)
    {
        var command = _database.Command(
            "Steps/record_batch.sql",
            Of(Each(steps, step => step.InstanceId)), Of(Each(steps, step => step.Epoch)), Of(Each(steps, step => step.Number)),
            Of(Each(steps, step => step.Round)), Of(Each(steps, step => step.Name)), Of(Each(steps, step => step.InputSha256)),
            Of(Each(steps, step => step.AttemptId)), Of(Each(steps, step => step.Status)),
            Of(Each(steps, step => step.Result), NpgsqlDbType.Array | NpgsqlDbType.Jsonb),
            Of(Each(steps, step => FailureJson.Write(step.Failure)), NpgsqlDbType.Array | NpgsqlDbType.Jsonb),
            Of(Each(steps, step => step.Attempts)), Of(Each(steps, step => step.Delay?.TotalSeconds), NpgsqlDbType.Array | NpgsqlDbType.Double));
        var rows = await ReadAsync(command, row => (Attempt: row.GetGuid(0), Step: ReadRecorded(row, 1)));
        var recorded = rows.ToDictionary(row => row.Attempt, row => row.Step);
        return Each(steps, step => recorded.GetValueOrDefault(step.AttemptId));
    }

    private static T[] Each<T>(IReadOnlyList<StepRecord> steps, Func<StepRecord, T> get) => [.. steps.Select(get)];
}

/// <summary>A step as it stands in the journal, and as every replay will see it: jsonb has an order and a spelling of its own.</summary>
internal sealed record Recorded(DateTimeOffset At, string? Result);

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

    /// <summary>The failure as it will be read from the journal.</summary>
    public static ActivityFailure AsRecorded(ActivityFailure failure) => Read(Write(failure))!;

    public static ActivityFailure? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<ActivityFailure>(json, DurableOptions.DefaultJson);

    public static string Clean(string text)
    {
        const int Longest = 16_384;
        var cut = text.Length > Longest ? text[..Longest] : text;
        return cut.Replace('\0', '\uFFFD');
    }
}
