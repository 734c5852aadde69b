using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Web;

/// <summary>What one day brought to an end.</summary>
/// <param name="Accepted">Without a person.</param>
/// <param name="Reviewed">Approved by a person.</param>
internal sealed record DayFigures(DateOnly Day, int Accepted, int Reviewed, int Rejected);

/// <summary>What services cost.</summary>
/// <param name="Documents">For which they were called.</param>
/// <param name="Usd">As far as prices are known.</param>
/// <param name="IsPriced">All of them are.</param>
internal sealed record SpentFigures(int Calls, int Documents, decimal Usd, bool IsPriced);

/// <summary>Figures for those who run the work, of the last <see cref="Days"/> days.</summary>
/// <param name="Ages">What waits now, by how long it has: up to an hour, four hours, a day, three days, and longer.</param>
/// <param name="Waiting">Claims that have come to a person within these days and wait for a decision.</param>
/// <param name="Decisions">Of people.</param>
/// <param name="MedianSeconds">Of a decision, from taking the document; null if none was timed.</param>
internal sealed record DashboardFigures(IReadOnlyList<DayFigures> PerDay, IReadOnlyList<int> Ages, int Waiting, int Decisions, double? MedianSeconds, double ReviewHours, int Dead, SpentFigures Spent)
{
    public const int Days = 14;

    public int Ended => PerDay.Sum(day => day.Accepted + day.Reviewed + day.Rejected);

    /// <summary>Share of the claims that needed nobody; null if there were none. What waits for a person needs one already.</summary>
    public double? StraightThrough =>
        Waiting + PerDay.Sum(day => day.Accepted + day.Reviewed) is var claims and > 0 ? (double)PerDay.Sum(day => day.Accepted) / claims : null;

    public static async Task<DashboardFigures> TakeAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var days = new List<DayFigures>();
        await using (var command = Command("Web/Sql/days.sql"))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
            {
                days.Add(new(row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)));
            }
        }

        int[] ages;
        await using (var command = database.CreateCommand(Databases.Sql["Web/Sql/ages.sql"]))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            ages = [.. Enumerable.Range(0, row.FieldCount).Select(row.GetInt32)];
        }

        SpentFigures spent;
        await using (var command = Command("Web/Sql/costs.sql"))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            spent = new(row.GetInt32(0), row.GetInt32(1), row.GetDecimal(2), row.GetBoolean(3));
        }

        await using var work = Command("Web/Sql/work.sql");
        await using var figures = await work.ExecuteReaderAsync(cancellationToken);
        await figures.ReadAsync(cancellationToken);
        return new(days, ages, figures.GetInt32(4), figures.GetInt32(0), figures.IsDBNull(1) ? null : figures.GetDouble(1), figures.GetDouble(2) / 3600, figures.GetInt32(3), spent);

        NpgsqlCommand Command(string sql)
        {
            var command = database.CreateCommand(Databases.Sql[sql]);
            command.Parameters.Add(new() { Value = Days });
            return command;
        }
    }
}
