using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Status;

/// <summary>What the engine has to do and what it gave up on.</summary>
/// <param name="Workers">Processes that are alive.</param>
/// <param name="QueueSeconds">How long the oldest due work has waited for a worker.</param>
/// <param name="Retrying">Steps between two attempts.</param>
/// <param name="RetriesLastDay">Attempts of the last day that were not the first.</param>
/// <param name="Dead">Workflows that were given up; an operator may replay them.</param>
/// <param name="Parked">Workflows that another version of this program began and this one cannot continue.</param>
internal sealed record EngineFigures(int Workers, double QueueSeconds, int Retrying, int RetriesLastDay, int Dead, int Parked)
{
    public static async Task<EngineFigures> TakeAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Databases.Sql["Status/Sql/engine.sql"]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(row.GetInt32(0), row.GetDouble(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5));
    }
}
