using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>Rows with an amount before tax and the tax on it, as receipts and bills print them below the total: "SR @ 6% 26.79 1.61".</summary>
internal static class TaxSummary
{
    private const decimal LeastRate = 0.04m;
    private const decimal LargestRate = 0.27m;

    private static readonly FieldSchema Amount = new() { Type = FieldType.Amount };

    /// <summary>What such rows say the total is.</summary>
    public static IReadOnlyList<decimal> SumsOf(IReadOnlyList<PageLayout> pages, SpanReader reader)
    {
        var sums = new List<decimal>();
        foreach (var line in pages.SelectMany(page => page.Lines))
        {
            var amounts = line.Words.Where(word => word.Text.Any(char.IsAsciiDigit) && word.Text.IndexOfAny(['.', ',']) > 0)
                .Select(word => reader.Read(Amount, [word]))
                .Where(reading => reading is { Plausibility: >= 0.4, Readings.Count: 0 })
                .Select(reading => decimal.Parse(reading!.Value))
                .ToList();
            for (var i = 1; i < amounts.Count; i++)
            {
                if (amounts[i - 1] > 0 && amounts[i] / amounts[i - 1] is >= LeastRate and <= LargestRate)
                {
                    sums.Add(amounts[i - 1] + amounts[i]);
                }
            }
        }

        return [.. sums.Distinct()];
    }
}
