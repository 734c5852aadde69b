using DocPipeline.Postgres;
using Npgsql;

namespace DocPipeline.Proof.Bench.Api;

/// <summary>Invented claims, stored as the pipeline stores them.</summary>
internal static class SeededClaims
{
    private const int Batch = 5_000;

    private static readonly EmbeddedText Sql = new(typeof(SeededClaims).Assembly);

    /// <summary>Through every trigger and to their end: all that must hold does hold.</summary>
    public static async Task AddAsync(NpgsqlDataSource owner, int first, int last, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        // A few first: foreign keys are checked with plans that are made while the tables are empty, and would be kept.
        for (var (from, count) = (first, 200); from <= last; from += count, count = Batch)
        {
            await ExecuteAsync(connection, Sql["Bench/Api/seed_claims.sql"], cancellationToken, from, Math.Min(from + count - 1, last));
            await ExecuteAsync(connection, Sql["Bench/Api/accept_claims.sql"], cancellationToken);
            if (count != Batch)
            {
                await ExecuteAsync(connection, "ANALYZE", cancellationToken);
            }
        }
    }

    /// <summary>Rows only, without triggers and the checks of foreign keys, and left in processing: for what needs many and asks nothing else.</summary>
    public static async Task AddBareAsync(NpgsqlDataSource owner, int first, int last, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "SET session_replication_role = replica", cancellationToken);
        for (var from = first; from <= last; from += Batch)
        {
            await ExecuteAsync(connection, Sql["Bench/Api/seed_claims.sql"], cancellationToken, from, Math.Min(from + Batch - 1, last));
        }

        await ExecuteAsync(connection, "SET session_replication_role = origin; ANALYZE", cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken, params int[] values)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
