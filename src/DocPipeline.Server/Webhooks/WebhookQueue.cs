using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Webhooks;

/// <summary>An endpoint that this process may send to now.</summary>
internal sealed record ClaimedEndpoint(Guid Id, Uri Url, string Secret, Guid Lease);

/// <summary>What an endpoint gets next.</summary>
/// <param name="Position">Of the message, or up to where there is none for this endpoint.</param>
/// <param name="Id">Null: there is none.</param>
internal sealed record NextMessage(long Position, string? Id, string? Body);

/// <summary>Where endpoints stand. Every step needs the lease, so that of two processes one is believed.</summary>
internal sealed class WebhookQueue(NpgsqlDataSource database, WebhookOptions options)
{
    /// <summary>Takes an endpoint that has a message due; null where none has.</summary>
    public async Task<ClaimedEndpoint?> ClaimAsync(CancellationToken cancellationToken)
    {
        var lease = Guid.NewGuid();
        await using var command = Command("claim_endpoint", lease, options.Lease.TotalSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetGuid(0), new Uri(reader.GetString(1)), reader.GetString(2), lease) : null;
    }

    /// <summary>Null: the lease is lost.</summary>
    public async Task<NextMessage?> NextAsync(ClaimedEndpoint endpoint, CancellationToken cancellationToken)
    {
        await using var command = Command("next_message", endpoint.Id, endpoint.Lease, options.Lease.TotalSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? null
            : reader.IsDBNull(1) ? new(reader.GetInt64(0), null, null)
            : new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2));
    }

    public async Task RecordPassedAsync(ClaimedEndpoint endpoint, long position, CancellationToken cancellationToken)
    {
        await using var command = Command("record_passed", endpoint.Id, endpoint.Lease, position);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>False: the lease was lost while the message was sent; whoever has it sends it again.</summary>
    public async Task<bool> RecordDeliveredAsync(ClaimedEndpoint endpoint, long position, CancellationToken cancellationToken)
    {
        await using var command = Command("record_delivered", endpoint.Id, endpoint.Lease, position);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Ends the lease. True: the message is a dead letter now.</summary>
    public async Task<bool> RecordFailedAsync(ClaimedEndpoint endpoint, long position, Attempt attempt, CancellationToken cancellationToken)
    {
        await using var count = Command("count_failures", endpoint.Id);
        var failures = 1 + (await count.ExecuteScalarAsync(cancellationToken) as int? ?? 0);
        var rest = options.RestAfter(failures, Random.Shared.NextDouble());
        await using var command = Command(
            "record_failed", endpoint.Id, endpoint.Lease, position, attempt.Problem!, (attempt.RetryAfter is { } asked && asked > rest ? asked : rest).TotalSeconds, options.GiveUpAfter.TotalSeconds, attempt.IsGone);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async Task ReleaseAsync(ClaimedEndpoint endpoint, CancellationToken cancellationToken)
    {
        await using var command = Command("release_endpoint", endpoint.Id, endpoint.Lease);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string name, params object[] values)
    {
        var command = database.CreateCommand(Databases.Sql[$"Webhooks/Sql/{name}.sql"]);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
