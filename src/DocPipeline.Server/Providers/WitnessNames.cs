using DocPipeline.Extract.Witnesses;

namespace DocPipeline.Server.Providers;

/// <summary>The witnesses of the settings.</summary>
internal static class WitnessNames
{
    public const string TextractForms = "textract-forms";
    public const string TextractQueries = "textract-queries";
    public const string TextractExpense = "textract-expense";
    public const string TextractId = "textract-id";
    public const string InvoiceModel = "document-intelligence-invoice";
    public const string CardModel = "document-intelligence-card";
    public const string Entities = "comprehend-entities";

    /// <summary>What each is made for: the types of documents that it is asked about unless the settings name others.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> MadeFor = new(StringComparer.Ordinal)
    {
        [TextractForms] = WitnessedTypes.All,
        [TextractQueries] = [.. WitnessedTypes.All.Where(type => WitnessedTypes.QuestionsOf(type).Count > 0)],
        [TextractExpense] = ["invoice", "receipt", "repair_estimate"],
        [TextractId] = ["other"],
        [InvoiceModel] = ["invoice", "repair_estimate"],
        [CardModel] = ["insurance_card"],
        [Entities] = WitnessedTypes.All,
    };

    /// <summary>Names with the types that each is asked about.</summary>
    public static bool TryParse(string text, out IReadOnlyDictionary<string, IReadOnlyList<string>> witnesses)
    {
        var parsed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        witnesses = parsed;
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=', StringSplitOptions.TrimEntries) is not [var name, .. { Length: <= 1 } named]
                || !MadeFor.TryGetValue(name, out var types)
                || (named is [var list] && !(types = list.Split('+', StringSplitOptions.TrimEntries)).All(WitnessedTypes.All.Contains))
                || !parsed.TryAdd(name, types))
            {
                return false;
            }
        }

        return true;
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(string text) => TryParse(text, out var witnesses) ? witnesses : new Dictionary<string, IReadOnlyList<string>>();
}
