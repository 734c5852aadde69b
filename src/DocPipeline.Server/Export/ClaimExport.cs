using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Export;

/// <summary>Writes claims with all their values, one at a time: memory does not grow with their number.</summary>
internal static class ClaimExport
{
    /// <summary>One JSON object a line: the claim's columns and, under <c>fields</c>, every value with the place where it stands.</summary>
    public static async Task<int> WriteJsonLinesAsync(NpgsqlDataSource database, IReadOnlyList<string> states, TextWriter output, CancellationToken cancellationToken)
    {
        await using var command = Command(database, "Export/claims.sql", states);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claims = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            await output.WriteLineAsync(reader.GetString(0));
            claims++;
        }

        return claims;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, string name, IReadOnlyList<string> states)
    {
        var command = database.CreateCommand(Databases.Sql[name]);
        command.Parameters.Add(new() { Value = states.ToArray() });
        command.CommandTimeout = 0;
        return command;
    }
}
