using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Status;

/// <summary>Calls of one model of one provider within the last day, and what they cost.</summary>
/// <param name="Model">Empty for calls that got no answer.</param>
/// <param name="LanguageModelCalls">Those of <paramref name="Calls"/> in which a language model wrote.</param>
/// <param name="Usd">As far as prices are known.</param>
/// <param name="IsPriced">All of them are.</param>
internal sealed record ModelCost(string Provider, string Model, int Calls, int Answered, int LanguageModelCalls, decimal Usd, bool IsPriced);

/// <summary>What services cost within the last day.</summary>
internal sealed record CostFigures(IReadOnlyList<ModelCost> Models)
{
    public int Calls => Models.Sum(model => model.Calls);

    public int LanguageModelCalls => Models.Sum(model => model.LanguageModelCalls);

    public decimal Usd => Models.Sum(model => model.Usd);

    public bool IsPriced => Models.All(model => model.IsPriced);

    public static async Task<CostFigures> TakeAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Databases.Sql["Status/Sql/costs.sql"]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var models = new List<ModelCost>();
        while (await row.ReadAsync(cancellationToken))
        {
            models.Add(new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetDecimal(5), row.GetBoolean(6)));
        }

        return new(models);
    }
}
