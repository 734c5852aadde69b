using System.Globalization;
using DocPipeline.Review;

namespace DocPipeline.Server.Web;

/// <summary>A table as the workbench shows it.</summary>
/// <param name="Editable">The person may change cells.</param>
/// <param name="CellOf">What stands in a cell.</param>
internal sealed record TableView(CaseTable Table, bool Editable, Func<CaseRow, string, string> CellOf)
{
    private static readonly string[] Summed = ["amount", "total", "charge", "charges", "paid", "incurred", "reserve", "reserved"];

    /// <summary>The sum of a column of amounts; null for other columns, and where a cell is no plain number.</summary>
    public decimal? SumOf(string column)
    {
        if (!Summed.Contains(column.Split('_')[^1]))
        {
            return null;
        }

        var cells = Table.Rows.Select(row => CellOf(row, column)).Where(cell => cell.Length > 0).ToList();
        var amounts = cells
            .Select(cell => decimal.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : (decimal?)null)
            .ToList();
        return amounts.Count > 0 && !amounts.Contains(null) ? amounts.Sum() : null;
    }
}
