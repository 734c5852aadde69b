using DocPipeline.Testing;
using Npgsql;

namespace DocPipeline.Functions.Tests.Contract;

/// <summary>What effects write to, in a database of the test's own.</summary>
internal static class Ledger
{
    public static async Task<TestDatabase> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await using var create = database.Owner.CreateCommand("CREATE TABLE ledger (id bigint GENERATED ALWAYS AS IDENTITY)");
        await create.ExecuteNonQueryAsync();
        return database;
    }

    public static async Task WriteAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand("INSERT INTO ledger DEFAULT VALUES", transaction.Connection, transaction);
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<long> CountAsync(TestDatabase database)
    {
        await using var count = database.Owner.CreateCommand("SELECT count(*) FROM ledger");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
