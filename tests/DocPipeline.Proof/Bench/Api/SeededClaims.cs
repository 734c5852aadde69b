using DocPipeline.Postgres;
using Npgsql;

namespace DocPipeline.Proof.Bench.Api;

/// <summary>Invented claims, stored as the pipeline stores them.</summary>
internal static class SeededClaims
{
    private const int Batch = 5_000;

    private static readonly EmbeddedText Sql = new(typeof(SeededClaims).Assembly);

    public static async Task AddAsync(NpgsqlDataSource owner, int first, int last, CancellationToken cancellationToken)
    {
        // A few first: foreign keys are checked with plans that are made while the tables are empty, and would be kept.
        for (var (from, count) = (first, 200); from <= last; from += count, count = Batch)
        {
            await ExecuteAsync("Bench/Api/seed_claims.sql", from, Math.Min(from + count - 1, last));
            await ExecuteAsync("Bench/Api/accept_claims.sql");
            if (count != Batch)
            {
                await using var analyze = owner.CreateCommand("ANALYZE");
                await analyze.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        async Task ExecuteAsync(string name, params int[] values)
        {
            await using var command = owner.CreateCommand(Sql[name]);
            command.CommandTimeout = 0;
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
