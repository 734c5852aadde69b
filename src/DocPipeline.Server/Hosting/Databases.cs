using DocPipeline.Durable;
using DocPipeline.Migrations;
using DocPipeline.Postgres;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>The schemas of the product in one database: the pipeline's and the engine's.</summary>
internal static class Databases
{
    /// <summary>The statements of this assembly.</summary>
    public static EmbeddedText Sql { get; } = new(typeof(Databases).Assembly);

    /// <summary>Applies what is missing and returns the names of the files applied.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> applied =
        [
            .. await PipelineSchema.MigrateAsync(owner, cancellationToken),
            .. await DurableSchema.MigrateAsync(owner, cancellationToken),
        ];
        if (applied.Count > 0)
        {
            await using var show = owner.CreateCommand(Sql["Hosting/show_migrations.sql"]);
            await show.ExecuteNonQueryAsync(cancellationToken);
        }

        return applied;
    }
}
