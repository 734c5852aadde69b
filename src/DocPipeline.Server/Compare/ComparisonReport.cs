using System.Text.Json.Nodes;
using DocPipeline.Server.Hosting;
using Npgsql;
using Spectre.Console;

namespace DocPipeline.Server.Compare;

/// <summary>What the comparisons with one challenger gave.</summary>
/// <param name="Drawn">Claims to compare.</param>
/// <param name="Done">Compared.</param>
/// <param name="GivenUp">Three attempts failed.</param>
/// <param name="FieldsOther">Fields with another value.</param>
internal sealed record ChallengerFigures(
    string Challenger, int Drawn, int Done, int GivenUp, int Pages, int WordsLive, int WordsOther, int WordsSame, int FieldsSame, int FieldsOther, int FieldsOnlyLive, int FieldsOnlyOther)
{
    /// <summary>0 to 1: of the words of the one that saw more, those that both saw; null where there are none.</summary>
    public double? Agreement => Math.Max(WordsLive, WordsOther) is var most and > 0 ? (double)WordsSame / most : null;
}

internal sealed record ComparedCosts(string Purse, int Calls, decimal Usd, bool IsPriced);

internal sealed record ShownDifference(string Challenger, string Key, string Field, string? Live, string? Other);

/// <summary>All comparisons that were made, for people and for programs.</summary>
internal sealed record ComparisonReport(IReadOnlyList<ChallengerFigures> Challengers, IReadOnlyList<ComparedCosts> Costs, IReadOnlyList<ShownDifference> Differences)
{
    public static async Task<ComparisonReport> TakeAsync(NpgsqlDataSource database, int differences, CancellationToken cancellationToken)
    {
        return new(
            await ListAsync("Compare/Sql/report.sql", static row => new ChallengerFigures(
                row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5),
                row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10), row.GetInt32(11))),
            await ListAsync("Compare/Sql/report_costs.sql", static row => new ComparedCosts(row.GetString(0), row.GetInt32(1), row.GetDecimal(2), row.GetBoolean(3))),
            await ListAsync("Compare/Sql/report_differences.sql", static row => new ShownDifference(row.GetString(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4)), differences));

        async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
        {
            await using var command = database.CreateCommand(Databases.Sql[sql]);
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await row.ReadAsync(cancellationToken))
            {
                rows.Add(read(row));
            }

            return rows;
        }
    }

    /// <summary>One object a challenger; costs are of all compared claims.</summary>
    public IEnumerable<JsonObject> ToJson() => Challengers.Select(figures => new JsonObject
    {
        ["challenger"] = figures.Challenger,
        ["drawn"] = figures.Drawn,
        ["compared"] = figures.Done,
        ["given_up"] = figures.GivenUp,
        ["pages"] = figures.Pages,
        ["words_live"] = figures.WordsLive,
        ["words_other"] = figures.WordsOther,
        ["words_same"] = figures.WordsSame,
        ["fields_same"] = figures.FieldsSame,
        ["fields_other"] = figures.FieldsOther,
        ["fields_only_live"] = figures.FieldsOnlyLive,
        ["fields_only_other"] = figures.FieldsOnlyOther,
        ["costs"] = new JsonObject(Costs.Select(cost => KeyValuePair.Create<string, JsonNode?>(cost.Purse, new JsonObject { ["calls"] = cost.Calls, ["usd"] = cost.Usd, ["priced"] = cost.IsPriced }))),
        ["differences"] = new JsonArray([.. Differences.Where(difference => difference.Challenger == figures.Challenger).Select(difference =>
            new JsonObject { ["key"] = difference.Key, ["field"] = difference.Field, ["live"] = difference.Live, ["other"] = difference.Other })]),
    });

    public void Write(IAnsiConsole console)
    {
        if (Challengers.Count == 0)
        {
            console.WriteLine("Nothing has been compared. DOCPIPELINE_COMPARE_WITH and DOCPIPELINE_COMPARE_SHARE switch it on.");
            return;
        }

        foreach (var figures in Challengers)
        {
            console.WriteLine($"{figures.Challenger}: {figures.Done} of {figures.Drawn} claims compared{(figures.GivenUp > 0 ? $", {figures.GivenUp} given up" : "")}.");
            console.WriteLine(figures.Agreement is { } agreement
                ? $"  Words on {figures.Pages} pages read from pictures: {figures.WordsLive} live, {figures.WordsOther} other, {figures.WordsSame} the same in the same place ({agreement * 100:0.0} %)."
                : "  No page was read from a picture.");
            console.WriteLine($"  Fields of claims: {figures.FieldsSame} the same, {figures.FieldsOther} of another value, {figures.FieldsOnlyLive} only live, {figures.FieldsOnlyOther} only other.");
        }

        foreach (var cost in Costs)
        {
            console.WriteLine($"Services for the compared claims, {(cost.Purse == "claims" ? "live" : "other")}: {cost.Calls} calls, {cost.Usd:0.0000} USD{(cost.IsPriced ? "" : " and what has no price")}.");
        }

        if (Differences.Count > 0)
        {
            var table = new Table().AddColumn("File").AddColumn("Field").AddColumn("Live").AddColumn("Other");
            foreach (var difference in Differences)
            {
                table.AddRow(Markup.Escape(difference.Key), Markup.Escape(difference.Field), Markup.Escape(difference.Live ?? "–"), Markup.Escape(difference.Other ?? "–"));
            }

            console.Write(table);
        }
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
