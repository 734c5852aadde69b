using System.Globalization;
using DocPipeline.Documents;
using DocPipeline.Review;
using DocPipeline.Server.Eval;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.Server.Web;

/// <summary>The values that a reviewer sends back: <c>value.NAME</c>, and <c>page.NAME</c> and <c>box.NAME</c> where words on the page were picked.</summary>
internal sealed class PostedFields
{
    private const string Prefix = "value.";
    private const int Longest = 4000;

    private readonly IFormCollection _form;

    public PostedFields(IFormCollection form)
    {
        _form = form;
        Values = form.Keys
            .Where(key => key.StartsWith(Prefix, StringComparison.Ordinal) && IsName(key[Prefix.Length..]))
            .ToDictionary(key => key[Prefix.Length..], key => form[key].ToString().Trim());
        var cells = form.Where(pair => pair.Key.StartsWith("cell.", StringComparison.Ordinal)).Select(pair => pair.Value.ToString());
        HasWrongCell = cells.Any(value => value.Length > Longest || value.Any(char.IsControl));
        Problems = Values.Select(field => (field.Key, Problem: ProblemOf(field.Key, field.Value))).Where(pair => pair.Problem is not null).ToDictionary(pair => pair.Key, pair => pair.Problem!);
    }

    /// <summary>By field; empty means that it is not on the document.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>A cell is no single line of a sensible length.</summary>
    public bool HasWrongCell { get; }

    /// <summary>What cannot be kept as it is, by field.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; }

    /// <summary>What differs from what stands in the database.</summary>
    public IReadOnlyList<FieldCorrection> CorrectionsOf(ReviewCase given)
    {
        var before = given.Fields.ToDictionary(field => field.Name, field => field.Value);
        return [.. Values
            .Where(field => before.GetValueOrDefault(field.Key, "") != field.Value)
            .Select(field => Correction(field.Key, field.Value.Length == 0 ? null : field.Value))];
    }

    /// <summary>Cells of stored rows that differ; what is no cell of the case is no business of the form.</summary>
    public IReadOnlyList<CellCorrection> CellsOf(ReviewCase given) =>
    [
        .. from table in given.Tables
           from row in table.Rows
           from column in table.Columns
           let posted = CellOf(table, row, column)
           where posted is not null && posted != row.Cells.GetValueOrDefault(column, "")
           select new CellCorrection(table.Document, table.Name, row.Number, column, posted.Length == 0 ? null : posted),
    ];

    /// <summary>What was posted for a cell; null if nothing was.</summary>
    public string? CellOf(CaseTable table, CaseRow row, string column) =>
        _form.TryGetValue(CellCorrection.Key(table.Document, table.Name, row.Number, column), out var value) ? value.ToString().Trim() : null;

    private FieldCorrection Correction(string name, string? value) =>
        value is not null
        && int.TryParse(_form["page." + name], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page >= 1
        && BoxOf(_form["box." + name].ToString()) is { } box
            ? new(name, value, page, box)
            : new(name, value);

    private static Box? BoxOf(string text)
    {
        var edges = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(edge => double.TryParse(edge, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .ToArray();
        return edges is [>= 0 and <= 1, >= 0 and <= 1, >= 0 and <= 1, >= 0 and <= 1] && edges[0] <= edges[2] && edges[1] <= edges[3]
            ? new Box(edges[0], edges[1], edges[2], edges[3])
            : null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63 && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_') && name[0] is >= 'a' and <= 'z';

    private static string? ProblemOf(string name, string value) => (FieldKinds.Of(name), value) switch
    {
        (_, "") => null,
        (_, { Length: > Longest }) => $"At most {Longest} characters.",
        _ when value.Any(char.IsControl) => "One line without control characters.",
        (FieldKind.Date, _) when !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) =>
            "A date, as year-month-day: 2026-01-05.",
        (FieldKind.Amount, _) when !decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            "A plain number with a point: 3800.00.",
        _ => null,
    };
}
