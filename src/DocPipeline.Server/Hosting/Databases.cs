using DocPipeline.Postgres;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>The schemas of the product in one database: the pipeline's and the engine's.</summary>
internal static class Databases
{
    // The pipeline first: it makes the roles to which the engine's tables are granted.
    private static readonly SqlText[] Schemas = [new(typeof(Migrator).Assembly)];

    /// <summary>Applies what is missing and returns the names of the files applied.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        var applied = new List<string>();
        foreach (var schema in Schemas)
        {
            applied.AddRange(await new Migrator(owner, schema, "Migrations/").MigrateAsync(cancellationToken));
        }

        return applied;
    }
}
