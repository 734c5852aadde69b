using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>Amounts and their currency without a label.</summary>
internal static class UnlabelledAmounts
{
    /// <summary>The currency whose code or unmistakable sign the document prints most often.</summary>
    public static IEnumerable<Proposal> Currency(string name, FieldSchema field, UnlabelledContext context)
    {
        var found = new Dictionary<string, (int Count, Proposal First)>();
        foreach (var page in context.Pages)
        {
            foreach (var word in page.Words.Where(word => word.Text.Length <= 16))
            {
                var reading = context.Reader.Read(field, [word]);
                if (reading is { Plausibility: >= 0.6 })
                {
                    var known = found.GetValueOrDefault(reading.Value);
                    var first = known.First ?? new(name, reading.Value, 0, page, reading.Words, "the currency printed beside amounts", []);
                    found[reading.Value] = (known.Count + 1, first);
                }
            }
        }

        var total = found.Values.Sum(entry => entry.Count);
        return found.Values.Select(entry => entry.First with { Score = 0.7 * entry.Count / total });
    }

    /// <summary>The largest amount that stands at least twice, or else the largest: receipts repeat their total beside the payment.</summary>
    public static IEnumerable<Proposal> LargestRepeated(string name, FieldSchema field, UnlabelledContext context)
    {
        var amounts = new Dictionary<string, (int Count, Proposal First)>();
        foreach (var page in context.Pages)
        {
            foreach (var word in page.Words.Where(word => word.Text.Any(char.IsAsciiDigit) && word.Text.IndexOfAny(['.', ',']) > 0))
            {
                var reading = context.Reader.Read(field, [word]);
                if (reading is { Plausibility: >= 0.5 })
                {
                    var known = amounts.GetValueOrDefault(reading.Value);
                    amounts[reading.Value] = (known.Count + 1, known.First ?? new(name, reading.Value, 0, page, reading.Words, "an amount that stands several times", []));
                }
            }
        }

        return amounts.Values
            .OrderByDescending(entry => entry.Count >= 2)
            .ThenByDescending(entry => decimal.Parse(entry.First.Value))
            .Take(3)
            .Select((entry, rank) => entry.First with { Score = (entry.Count >= 2 ? 0.32 : 0.2) * Math.Pow(0.7, rank) });
    }
}
