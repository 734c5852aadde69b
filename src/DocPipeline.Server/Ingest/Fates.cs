using DocPipeline.Ingest;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Ingest;

/// <summary>What became of one object.</summary>
/// <param name="Types">Types of the documents found in it, joined by commas; null if nothing was read.</param>
internal sealed record Fate(string Key, string State, string? Reason, string? Types, int Fields)
{
    public bool IsEnd => State != SubmissionStates.Processing;
}

internal static class Fates
{
    /// <summary>Those of the objects that have been handed in, the first to change first.</summary>
    public static async Task<IReadOnlyList<Fate>> OfAsync(
        NpgsqlDataSource database, string bucket, IReadOnlyList<DroppedFile> files, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Databases.Sql["Status/Sql/fates.sql"]);
        command.Parameters.Add(new() { Value = bucket });
        command.Parameters.Add(new() { Value = files.Select(file => file.Key).ToArray() });
        command.Parameters.Add(new() { Value = files.Select(file => file.Version).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var fates = new List<Fate>();
        while (await reader.ReadAsync(cancellationToken))
        {
            fates.Add(new(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetInt32(4)));
        }

        return fates;
    }
}
