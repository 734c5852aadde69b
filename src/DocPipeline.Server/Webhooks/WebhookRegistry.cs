using DocPipeline.Ingest;
using DocPipeline.Server.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Server.Webhooks;

/// <summary>Who is told about changes.</summary>
internal sealed class WebhookRegistry(NpgsqlDataSource database)
{
    /// <summary>Every kind of message there is.</summary>
    public static readonly IReadOnlyList<string> Topics =
    [
        .. new[] { SubmissionStates.Processing, SubmissionStates.Accepted, SubmissionStates.NeedsReview, SubmissionStates.Reviewed, SubmissionStates.Rejected, SubmissionStates.Dead }
            .Select(state => "submission." + state),
    ];

    /// <summary>An endpoint that gets what is published from now on.</summary>
    /// <param name="url">Without <see cref="AddressGuard.FaultOf"/>.</param>
    /// <param name="topics">Some of <see cref="Topics"/>; null for all.</param>
    /// <returns>Its id and its secret, which is shown to nobody again.</returns>
    public async Task<(Guid Id, string Secret)> AddAsync(string url, IReadOnlyList<string>? topics, string by, CancellationToken cancellationToken)
    {
        var (id, secret) = (Guid.NewGuid(), WebhookSecret.Make());
        await using var command = Command("add_endpoint", id, url);
        command.Parameters.Add(new() { Value = topics is null ? DBNull.Value : topics.Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = secret });
        command.Parameters.Add(new() { Value = by });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return (id, secret);
    }

    /// <summary>False: there is none with this id.</summary>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command("remove_endpoint", id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>An endpoint that is disabled misses nothing: it gets everything when it is enabled. False: there is none with this id.</summary>
    public async Task<bool> EnableAsync(Guid id, bool isEnabled, CancellationToken cancellationToken)
    {
        await using var command = Command("enable_endpoint", id, isEnabled);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Sends everything again that happened at that time (in UTC) or later. Returns how many messages that is; null: there is none with this id.</summary>
    public async Task<long?> ReplayAsync(Guid id, DateTime from, CancellationToken cancellationToken)
    {
        await using var command = Command("replay_endpoint", id, from);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
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
