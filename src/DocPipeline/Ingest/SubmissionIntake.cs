using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Migrations;
using DocPipeline.Workflow;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Ingest;

/// <summary>
/// The door. Guarantees: when <see cref="AcceptAsync"/> returns, the bytes are on the disk and the submission is committed together with the start
/// of its workflow; however often and from however many processes the same event, version or content arrives, there is one submission for
/// each version and one first submission for each content. If it throws, nothing has been recorded and the event must be delivered again.
/// </summary>
public sealed class SubmissionIntake(
    NpgsqlDataSource database,
    IBlobs blobs,
    IWorkflowClient workflows,
    WorkflowName<Submission, SubmissionOutcome> workflow,
    IntakeOptions options,
    TimeProvider time)
{
    /// <summary>Takes in one object. The stream is read once, to its end, unless the event or the version is known already.</summary>
    /// <exception cref="ArgumentException">The names of the object cannot be stored; see <see cref="IncomingObject.Fault"/>.</exception>
    public Task<IntakeResult> AcceptAsync(IncomingObject incoming, Stream content, CancellationToken cancellationToken) =>
        AcceptAsync(incoming, static (stream, _) => Task.FromResult(stream), content, cancellationToken);

    /// <summary>The same for an object that is elsewhere: it is asked for only if neither its event nor its version is known.</summary>
    /// <param name="open">Opens it, given <paramref name="state"/>; <see cref="FaultCodes.TooLarge"/> is recorded as a rejection, everything else it throws is thrown.</param>
    public async Task<IntakeResult> AcceptAsync<T>(IncomingObject incoming, Func<T, CancellationToken, Task<Stream>> open, T state, CancellationToken cancellationToken)
    {
        Check(incoming);

        // 1. Known by its event or its version? Then not a byte is read.
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            var known = await FindKnownAsync(connection, transaction: null, incoming, incoming.Version, cancellationToken);
            if (known is { Outcome: IntakeOutcome.KnownEvent })
            {
                return known;
            }

            if (known is not null)
            {
                // The event is new all the same: recorded, so that it is recognised by itself next time.
                return await RecordAsync(new Arrival(incoming, incoming.Version!, null, 0, null), cancellationToken);
            }
        }

        // 2. The bytes, on the disk before anything refers to them.
        return await RecordAsync(await CopyAsync(incoming, open, state, cancellationToken), cancellationToken);
    }

    /// <summary>Records an object whose bytes cannot be had, as rejected with that reason: whoever was told of it must be able to find out what became of it.</summary>
    /// <exception cref="ArgumentException">As for <see cref="AcceptAsync(IncomingObject, Stream, CancellationToken)"/>.</exception>
    public Task<IntakeResult> RefuseAsync(IncomingObject incoming, DocumentFault fault, CancellationToken cancellationToken)
    {
        Check(incoming);
        return RecordAsync(Unread(incoming, fault), cancellationToken);
    }

    /// <summary>Those of the events that have been answered already. For listings, which repeat everything they see.</summary>
    public async Task<HashSet<string>> KnownEventsAsync(string source, IReadOnlyCollection<string> eventKeys, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Ingest/known_events.sql"]);
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = eventKeys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var known = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(reader.GetString(0));
        }

        return known;
    }

    private static void Check(IncomingObject incoming)
    {
        if (incoming.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(incoming));
        }
    }

    private async Task<Arrival> CopyAsync<T>(IncomingObject incoming, Func<T, CancellationToken, Task<Stream>> open, T state, CancellationToken cancellationToken)
    {
        try
        {
            // Not ours to dispose: a caller's own stream comes by this way, too.
            var content = await open(state, cancellationToken);
            var (hash, size) = await blobs.AddAsync(content, options.MaxBytes, cancellationToken);
            return new(incoming, incoming.Version ?? hash.Value, hash, size, Refusal: null);
        }
        catch (DocumentFault tooLarge) when (tooLarge.Code == FaultCodes.TooLarge)
        {
            return Unread(incoming, tooLarge);
        }
    }

    /// <summary>No hash of bytes that were not read to their end: the event stands in for the version.</summary>
    private static Arrival Unread(IncomingObject incoming, DocumentFault refusal) =>
        new(incoming, incoming.Version ?? Shortened("unread:" + incoming.EventKey), Content: null, Size: null, refusal);

    private async Task<IntakeResult> RecordAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        // A racer may commit the same version between our look and our insert: then the second round finds it.
        for (var round = 1; round <= 5; round++)
        {
            if (await TryRecordAsync(arrival, cancellationToken) is { } result)
            {
                return result;
            }
        }

        throw new TransientFailure($"Others keep taking in '{arrival.Object.Key}' at the same time.");
    }

    /// <summary>One transaction: event, content, submission, start of the workflow. Null: a racer was faster, nothing was recorded.</summary>
    private async Task<IntakeResult?> TryRecordAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var known = await FindKnownAsync(connection, transaction, arrival.Object, arrival.Version, cancellationToken);
        if (known is { Outcome: IntakeOutcome.KnownEvent })
        {
            return known;
        }

        var id = known?.Submission ?? new SubmissionId(Guid.CreateVersion7(time.GetUtcNow()));
        if (!await InsertEventAsync(transaction, arrival.Object, id, cancellationToken))
        {
            return null;
        }

        if (known is not null)
        {
            await transaction.CommitAsync(cancellationToken);
            return known;
        }

        var first = arrival.Content is { } content ? await FirstSubmissionAsync(transaction, content, arrival.Size!.Value, id, cancellationToken) : id;
        var submission = new Recorded(id, first == id ? null : first, arrival.Refusal is null ? SubmissionStates.Processing : SubmissionStates.Rejected);
        if (!await InsertSubmissionAsync(transaction, arrival, submission, cancellationToken))
        {
            return null;
        }

        if (arrival.Content is { } stored)
        {
            await workflows.StartAsync(
                workflow,
                id.ToString(),
                new Submission(id, arrival.Object.Bucket, arrival.Object.Key, arrival.Version, stored, arrival.Size!.Value, submission.DuplicateOf),
                transaction,
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new(id, IntakeOutcome.New, submission.State, arrival.Refusal?.Code, submission.DuplicateOf);
    }

    private static async Task<IntakeResult?> FindKnownAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IncomingObject incoming, string? version, CancellationToken cancellationToken)
    {
        await using var command = Command("Ingest/find_known.sql", connection, transaction, incoming.Source, incoming.EventKey, incoming.Bucket, incoming.Key);
        command.Parameters.Add(new() { Value = (object?)version ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                new SubmissionId(reader.GetGuid(1)),
                reader.GetBoolean(0) ? IntakeOutcome.KnownEvent : IntakeOutcome.KnownSubmission,
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : new SubmissionId(reader.GetGuid(4)))
            : null;
    }

    private static async Task<bool> InsertEventAsync(NpgsqlTransaction transaction, IncomingObject incoming, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var command = Command("Ingest/insert_event.sql", transaction.Connection!, transaction, incoming.Source, incoming.EventKey, id.Value);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task<SubmissionId> FirstSubmissionAsync(
        NpgsqlTransaction transaction, ContentHash content, long size, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var insert = Command("Ingest/insert_content.sql", transaction.Connection!, transaction, content.Value, size, id.Value);
        if (await insert.ExecuteNonQueryAsync(cancellationToken) == 1)
        {
            return id;
        }

        await using var find = Command("Ingest/find_first_submission.sql", transaction.Connection!, transaction, content.Value);
        return new SubmissionId((Guid)(await find.ExecuteScalarAsync(cancellationToken))!);
    }

    private static async Task<bool> InsertSubmissionAsync(NpgsqlTransaction transaction, Arrival arrival, Recorded submission, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "Ingest/insert_submission.sql", transaction.Connection!, transaction, submission.Id.Value, arrival.Object.Bucket, arrival.Object.Key, arrival.Version);
        command.Parameters.Add(new() { Value = (object?)arrival.Content?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)arrival.Size ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = (object?)submission.DuplicateOf?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = submission.State });
        command.Parameters.Add(new() { Value = (object?)arrival.Refusal?.Code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)arrival.Refusal?.Message ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static NpgsqlCommand Command(string name, NpgsqlConnection connection, NpgsqlTransaction? transaction, params object[] values)
    {
        var command = new NpgsqlCommand(PipelineSchema.Sql[name], connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    /// <summary>Fits the text into a version; the hash keeps two long ones apart.</summary>
    private static string Shortened(string text) => text.Length <= 64
        ? text
        : "unread:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <param name="Object">What the bucket said.</param>
    /// <param name="Version">The bucket's version, or the content hash.</param>
    /// <param name="Content">Null where the bytes were refused, or are known by their version and were not read.</param>
    /// <param name="Size">Bytes; null where nobody counted them.</param>
    /// <param name="Refusal">Why the bytes were refused.</param>
    private sealed record Arrival(IncomingObject Object, string Version, ContentHash? Content, long? Size, DocumentFault? Refusal);

    private sealed record Recorded(SubmissionId Id, SubmissionId? DuplicateOf, string State);
}
