using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace DocPipeline.Server.Webhooks;

/// <summary>Puts committed changes into the order in which everybody sees them. Of several servers one does it at a time.</summary>
internal sealed partial class PublishChanges(NpgsqlDataSource database, TimeProvider time, ILogger<PublishChanges> logger) : BackgroundService
{
    private const int Batch = 1000;

    // Any constant will do as long as every publisher of this database uses the same one.
    private const long LockKey = 0x646f6370_6f757462;

    private static readonly TimeSpan WhenIdle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>Publishes what is committed, up to a batch. 0 also where another process is at it.</summary>
    public static async Task<int> PublishAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Mostly there is nothing: a server without work must cost next to nothing.
        await using var look = new NpgsqlCommand(Databases.Sql["Webhooks/Sql/any_unpublished.sql"], connection);
        if (await look.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var wait = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = LockKey } } };
        if (await wait.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

        await using var publish = new NpgsqlCommand(Databases.Sql["Webhooks/Sql/publish.sql"], connection, transaction) { Parameters = { new() { Value = Batch } } };
        var published = await publish.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return published;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var rest = WhenIdle;
            try
            {
                rest = await PublishAsync(database, stoppingToken) == Batch ? TimeSpan.Zero : WhenIdle;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A service that throws takes the host down; the database may be back soon.
                LogFailed(logger, exception.Message);
                rest = AfterTrouble;
            }

            await Task.Delay(rest, time, stoppingToken);
        }
    }

    [LoggerMessage(210, LogLevel.Warning, "Changes could not be published: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
