using Npgsql;

namespace DocPipeline.Testing;

/// <summary>What tests ask a database, in as few words as it deserves.</summary>
public static class Questions
{
    /// <summary>The first value; the type's default if there is none, or it is of another type.</summary>
    public static async Task<T?> ScalarAsync<T>(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>The first column of every row, which is a text.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public static async Task ExecuteAsync(this NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
