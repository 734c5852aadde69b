using DocPipeline.Ingest;
using DocPipeline.Query;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Stuck;
using Npgsql;

namespace DocPipeline.Server.Status;

/// <summary>The figures that <c>status</c>, the status page and the metrics show. One source, so that they never disagree.</summary>
/// <param name="States">States that at least one submission is in.</param>
/// <param name="EndedLastDay">Documents whose automatic part ended within the last day.</param>
/// <param name="MedianSeconds">From the door to the end of the automatic part; null if none ended.</param>
/// <param name="Percentile95Seconds">The same for the slowest twentieth.</param>
/// <param name="Stages">How long each stage took, in the order in which a document passes them.</param>
/// <param name="Cost">Of services, within the last day.</param>
/// <param name="Stuck">What stands still according to the database; the watched folder is not looked at.</param>
internal sealed record StatusSnapshot(
    IReadOnlyList<StateCount> States, int EndedLastDay, double? MedianSeconds, double? Percentile95Seconds, IReadOnlyList<StageFigures> Stages,
    EngineFigures Engine, CostFigures Cost, IReadOnlyList<StuckThing> Stuck)
{
    public long Count(string state) => States.FirstOrDefault(count => count.State == state)?.Count ?? 0;

    public double OldestProcessingSeconds => States.FirstOrDefault(count => count.State == SubmissionStates.Processing)?.OldestFor.TotalSeconds ?? 0;

    public static async Task<StatusSnapshot> TakeAsync(NpgsqlDataSource database, ServerSettings settings, CancellationToken cancellationToken)
    {
        var states = await new SubmissionQueries(database).CountsAsync(cancellationToken);
        await using var speed = database.CreateCommand(Databases.Sql["Status/Sql/speed.sql"]);
        await using var row = await speed.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (ended, median, slow) = (row.GetInt32(0), row.IsDBNull(1) ? (double?)null : row.GetDouble(1), row.IsDBNull(2) ? (double?)null : row.GetDouble(2));
        await row.DisposeAsync();
        return new(
            states,
            ended,
            median,
            slow,
            await StageFigures.TakeAsync(database, cancellationToken),
            await EngineFigures.TakeAsync(database, cancellationToken),
            await CostFigures.TakeAsync(database, cancellationToken),
            await StuckFinder.Of(database, settings).FindAsync(cancellationToken));
    }
}
