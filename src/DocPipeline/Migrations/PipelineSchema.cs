using DocPipeline.Postgres;
using Npgsql;

namespace DocPipeline.Migrations;

/// <summary>The schema <c>docpipeline</c>: submissions, claims, audit, outbox and the views for other programs.</summary>
public static class PipelineSchema
{
    /// <summary>Group role of everything that works on submissions.</summary>
    public const string WorkerRole = "docpipeline_worker";

    /// <summary>Group role of other programs: reads the versioned views and nothing else.</summary>
    public const string ReaderRole = "docpipeline_reader";

    /// <summary>The statements of this assembly.</summary>
    public static EmbeddedText Sql { get; } = new(typeof(PipelineSchema).Assembly);

    /// <summary>What must hold in this schema after every commit.</summary>
    public static IReadOnlyList<Invariant> Invariants { get; } = Invariant.AllIn(Sql);

    /// <summary>Brings the schema to its newest version. The owner must be allowed to create roles unless both exist already.</summary>
    /// <returns>The names of the files applied.</returns>
    public static Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource owner, CancellationToken cancellationToken = default) =>
        new Migrator(owner, Sql, "Migrations/").MigrateAsync(cancellationToken);
}
