using System.Globalization;
using DocPipeline.Documents;

namespace DocPipeline.Extract.Tables;

/// <summary>What the lines of a bill add up to.</summary>
internal static class LineSum
{
    private static readonly string[] Columns = ["amount", "charge"];

    /// <summary>Over the lines that have an amount; null where none has. It proves something only where it equals what is printed.</summary>
    public static decimal? Of(Table table)
    {
        var column = Array.Find(Columns, name => table.Rows.Any(row => row.Cells.ContainsKey(name)));
        if (column is null)
        {
            return null;
        }

        decimal sum = 0;
        foreach (var row in table.Rows)
        {
            if (row.Cells.TryGetValue(column, out var cell) && decimal.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            {
                sum += amount;
            }
        }

        return sum == 0 ? null : sum;
    }
}
