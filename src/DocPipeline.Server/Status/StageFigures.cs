using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Status;

/// <summary>How long one stage took within the last day, from the end of the stage before it.</summary>
/// <param name="Stage">Name of its step.</param>
/// <param name="Documents">How often it was passed.</param>
internal sealed record StageFigures(string Stage, int Documents, double MedianSeconds, double Percentile95Seconds)
{
    /// <summary>In the order in which a document passes them.</summary>
    public static async Task<IReadOnlyList<StageFigures>> TakeAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Databases.Sql["Status/Sql/stages.sql"]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var stages = new List<StageFigures>();
        while (await row.ReadAsync(cancellationToken))
        {
            stages.Add(new(row.GetString(0), row.GetInt32(1), row.GetDouble(2), row.GetDouble(3)));
        }

        return stages;
    }
}
