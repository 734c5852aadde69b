using System.Globalization;
using DocPipeline.Documents;

namespace DocPipeline.Resolve.Ask;

/// <summary>Whether amounts that the reader accepted make a total. Two amounts at least: one that is equal proves nothing.</summary>
internal static class AcceptedSums
{
    private static readonly string[] Added = ["tip", "shipping", "rounding"];

    public static bool Make(ResolvedDocument document, string total)
    {
        if (Amount(total) is not { } wanted)
        {
            return false;
        }

        var sums = new List<decimal>();
        if (Accepted("subtotal") is { } subtotal && Accepted("tax") is { } tax and not 0)
        {
            sums.Add(subtotal + tax);
            foreach (var part in Added.Select(Accepted).Append(-Math.Abs(Accepted("discount") ?? 0)).OfType<decimal>().Where(part => part != 0))
            {
                sums.AddRange([.. sums.Select(sum => sum + part)]);
            }
        }

        if (Accepted("balance_due") is { } due && Accepted("amount_paid") is { } paid and not 0)
        {
            sums.Add(due + Math.Abs(paid));
        }

        return sums.Contains(wanted);

        decimal? Accepted(string name) => document[name] is { Accepted: true } field ? Amount(field.Value) : null;
    }

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}
