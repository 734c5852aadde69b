using System.Globalization;
using System.Text;

namespace DocPipeline.Store;

/// <summary>The typed columns of <c>claim</c>, made from the claim's fields.</summary>
public static class ClaimColumns
{
    private static readonly HashSet<string> Texts =
    [
        "claim_number", "policy_number", "insurer", "report_number", "invoice_number", "policyholder_name", "insured_name", "claimant_name",
        "patient_name", "member_id", "loss_location", "cause_of_loss", "vin", "license_plate", "provider", "currency",
    ];

    private static readonly HashSet<string> Dates = ["document_date", "date_of_loss", "treatment_date"];

    private static readonly HashSet<string> Amounts = ["subtotal", "tax", "total_amount", "amount_paid", "balance_due", "deductible"];

    /// <summary>Values by column. A field that is no date or amount where its column wants one has no entry: the column stays null.</summary>
    public static IReadOnlyDictionary<string, object> From(IEnumerable<(string Name, string Value)> fields)
    {
        var columns = new Dictionary<string, object>();
        foreach (var (name, value) in fields)
        {
            if (Texts.Contains(name))
            {
                columns[name] = value;
            }
            else if (Dates.Contains(name) && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                columns[name] = date;
            }
            else if (Amounts.Contains(name)
                && decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            {
                columns[name] = amount;
            }
        }

        AddKey(columns, "claim_number", IdentifierKey);
        AddKey(columns, "invoice_number", IdentifierKey);
        AddKey(columns, "provider", NameKey);
        return columns;
    }

    /// <summary>Identifiers are equal after removing white space and case. Null where nothing remains.</summary>
    public static string? IdentifierKey(string text) => Key(text, rune => !Rune.IsWhiteSpace(rune));

    /// <summary>Names are equal after removing case and everything but letters and digits. Null where nothing remains.</summary>
    public static string? NameKey(string text) => Key(text, Rune.IsLetterOrDigit);

    private static void AddKey(Dictionary<string, object> columns, string name, Func<string, string?> keyOf)
    {
        if (columns.TryGetValue(name, out var value) && keyOf((string)value) is { } key)
        {
            columns[name + "_key"] = key;
        }
    }

    private static string? Key(string text, Func<Rune, bool> keep)
    {
        var key = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Where(keep))
        {
            key.Append(Rune.ToLowerInvariant(rune).ToString());
        }

        // An index entry must stay below a third of a page, and no identifier is that long.
        return key.Length == 0 ? null : key.ToString(0, Math.Min(key.Length, 200));
    }
}
