using DocPipeline.Durable.Postgres;
using DocPipeline.Durable.Running;
using Npgsql;
using NpgsqlTypes;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable.Writing;

/// <summary>How a look at a wait ended: with its outcome, or with the instance suspended until <paramref name="DueIn"/> has passed.</summary>
internal sealed record WaitResult(StepOutcome? Outcome, TimeSpan DueIn);

/// <summary>Events, time-outs and sleeps. An event committed before the decision always wins over the time-out.</summary>
internal sealed class WaitWriter(Database database, DurableOptions options)
{
    /// <exception cref="FencedException">The instance is no longer ours.</exception>
    public async Task<WaitResult> ResolveAsync(
        ClaimedInstance instance, PendingStep step, JournaledStep? journaled, DateTimeOffset now, string? label, CancellationToken cancellationToken)
    {
        var attemptId = Guid.NewGuid();
        var isOver = journaled?.DueIn <= TimeSpan.Zero || step.Until <= now;
        var tries = 0;
        while (true)
        {
            if (await database.PersistAsync(() => TryAsync(instance, step, attemptId, isOver, label, tries++ > 0), options.Silence, cancellationToken) is { } result)
            {
                return result;
            }
        }
    }

    // Null: an event arrived between the look and the write. Look again.
    private async Task<WaitResult?> TryAsync(
        ClaimedInstance instance, PendingStep step, Guid attemptId, bool isOver, string? label, bool isRepeated)
    {
        if (isRepeated && await OwnRowAsync(instance, step, attemptId) is { } known)
        {
            return known;
        }

        var looks = await ReadAsync(
            database.Command("Waits/look.sql", Of(instance.InstanceId), Of(instance.Epoch), Text(step.EventName)),
            row => (Seen: row.GetInt64(0), Event: row.IsDBNull(1) ? (long?)null : row.GetInt64(1)));
        if (looks is not [var look])
        {
            throw new FencedException(instance.InstanceId);
        }

        if (look.Event is { } seq)
        {
            return await RecordAsync("Waits/take_event.sql", [.. Common(instance, step, attemptId), Of(seq)]);
        }

        if (isOver)
        {
            return await RecordAsync("Waits/time_out.sql", [.. Common(instance, step, attemptId), Of(look.Seen)]);
        }

        var slept = await ReadAsync(
            database.Command(
                "Waits/suspend.sql",
                [
                    .. Common(instance, step, attemptId), Of(look.Seen), Of(step.Until?.UtcDateTime, NpgsqlDbType.TimestampTz),
                    Of(step.Timeout?.TotalSeconds, NpgsqlDbType.Double), Text(step.EventName), Text(label),
                ]),
            row => row.GetDouble(0));
        return slept is [var due] ? new(Outcome: null, TimeSpan.FromSeconds(Math.Min(due, TimeSpan.FromDays(1).TotalSeconds))) : null;
    }

    private async Task<WaitResult?> RecordAsync(string file, NpgsqlParameter[] parameters)
    {
        var rows = await ReadAsync(database.Command(file, parameters), ReadOutcome);
        return rows is [var outcome] ? new(outcome, TimeSpan.Zero) : null;
    }

    // A commit whose reply was lost: the outcome stands in the journal under our attempt id.
    private async Task<WaitResult?> OwnRowAsync(ClaimedInstance instance, PendingStep step, Guid attemptId)
    {
        var rows = await ReadAsync(
            database.Command("Steps/own.sql", Of(instance.InstanceId), Of(step.Number), Of(attemptId)),
            row => row.IsDBNull(1) ? null : ReadOutcome(row));
        return rows is [{ } outcome] ? new(outcome, TimeSpan.Zero) : null;
    }

    private static StepOutcome ReadOutcome(NpgsqlDataReader row) => new(row.GetString(1), Failure: null, row.GetFieldValue<DateTimeOffset>(0));

    private static NpgsqlParameter[] Common(ClaimedInstance instance, PendingStep step, Guid attemptId) =>
    [
        Of(instance.InstanceId), Of(instance.Epoch), Of(step.Number), Of(step.Round), Of(step.Kind), Of(step.Name), Of(step.InputSha256), Of(attemptId),
    ];
}
