using DocPipeline.Postgres;
using Npgsql;

namespace DocPipeline.Durable;

/// <summary>The schema <c>durable</c>, and connections fit for workers.</summary>
public static class DurableSchema
{
    internal static EmbeddedText Sql { get; } = new(typeof(DurableSchema).Assembly);

    /// <summary>What must hold in this schema after every commit.</summary>
    public static IReadOnlyList<Invariant> Invariants { get; } = Invariant.AllIn(Sql);

    /// <summary>Creates the schema or brings it to its newest version; run as its owner. Workers need no more than the role <c>docpipeline_worker</c>.</summary>
    public static Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource owner, CancellationToken cancellationToken = default) =>
        new Migrator(owner, Sql, "Migrations/").MigrateAsync(cancellationToken);

    /// <summary>
    /// Connections as the engine wants them: prepared statements, keep-alive on both sides, and server-side time-outs so that a worker that freezes, or
    /// can no longer be heard, in the middle of a transaction holds its locks for a lease's time at most. What the connection string says itself counts more.
    /// </summary>
    public static NpgsqlDataSource Connect(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            KeepAlive = 10,
            TcpKeepAlive = true,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            // No statement leaves anything behind in its session (a test reads them all), and taking nothing back was every third statement of a document.
            NoResetOnClose = true,
        };
        settings.ApplicationName ??= "DocPipeline";
        settings.Options = string.Join(
            ' ', "-c statement_timeout=60s", "-c lock_timeout=10s", "-c idle_in_transaction_session_timeout=15s",
            "-c tcp_keepalives_idle=30", "-c tcp_keepalives_interval=10", "-c tcp_keepalives_count=3", settings.Options).Trim();
        return NpgsqlDataSource.Create(settings);
    }
}
