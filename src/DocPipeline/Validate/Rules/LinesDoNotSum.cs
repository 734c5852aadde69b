using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

/// <summary>A warning only: discounts, clipped rows and rows on pages that were not sent are common on genuine documents.</summary>
internal sealed class LinesDoNotSum(ValidateOptions options) : IClaimRule
{
    private static readonly string[] TablesWithAmounts = ["line_items", "service_lines"];

    /// <summary>Names under which document types print the amount of a line, surest first.</summary>
    private static readonly string[] AmountColumns = ["line_total", "total", "amount", "charge", "charges", "extended", "net_amount"];

    public string Code => "lines-do-not-sum";

    public Severity Severity => Severity.Warning;

    public string Meaning => "The lines of a table add up to neither the subtotal nor the total of their document.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            if (Sum(document) is not ({ } sum, { } evidence))
            {
                continue;
            }

            var printed = new[] { document["subtotal"], document["total_amount"] }.OfType<Field>().Where(field => field.AsAmount() is not null).ToList();
            var tax = document["tax"].AsAmount() ?? 0;
            var tolerance = options.SumTolerance + (0.01m * evidence.Count);
            if (printed.Count > 0 && !printed.Exists(field => Math.Abs(field.AsAmount()!.Value - sum) <= tolerance || Math.Abs(field.AsAmount()!.Value - tax - sum) <= tolerance))
            {
                yield return this.Found(
                    $"The lines add up to {FieldValues.Plain(sum)}, but the {FieldValues.Words(printed[0].Name)} is {printed[0].Value}.",
                    printed[0].Name,
                    index,
                    evidence.Append(printed[0].Evidence));
            }
        }
    }

    /// <summary>Null when there are no lines or one of them has no readable amount: then nothing can be said.</summary>
    private static (decimal? Sum, List<Evidence>? Evidence) Sum(ResolvedDocument document)
    {
        var rows = document.Tables.Where(table => TablesWithAmounts.Contains(table.Name)).SelectMany(table => table.Rows).ToList();
        var column = Array.Find(AmountColumns, name => rows.Count > 0 && rows.TrueForAll(row => row.Cells.TryGetValue(name, out var cell) && FieldValues.Amount(cell) is not null));
        if (column is null)
        {
            return (null, null);
        }

        var amounts = rows.ConvertAll(row => FieldValues.Amount(row.Cells[column])!.Value);
        var sum = amounts.Sum();

        // A last row that is the sum of the others is the table's own total.
        return (amounts.Count > 2 && amounts[^1] == sum - amounts[^1] ? amounts[^1] : sum, rows.ConvertAll(row => row.Evidence));
    }
}
