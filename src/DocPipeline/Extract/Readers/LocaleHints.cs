using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Something printed that is typical of places with one way of writing dates or decimals.</summary>
internal sealed record LocaleHint(DateOrder DateOrder, double DateWeight, DecimalStyle DecimalStyle, string Reason);

/// <summary>Country words, currencies, languages, telephone and postal codes. Each kind of hint counts once a document, however often it is printed.</summary>
internal static partial class LocaleHints
{
    private static readonly FrozenDictionary<string, LocaleHint> ByWord = Table();

    public static IReadOnlyList<LocaleHint> Of(IEnumerable<string> lines)
    {
        var hints = new Dictionary<string, LocaleHint>();
        foreach (var original in lines)
        {
            var line = TextFolding.Cap(original);
            Patterns(line, hints);
            foreach (var word in TextFolding.FoldLetters(line).Split((char[])[' ', ',', '.', ':', ';', '(', ')', '/', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (ByWord.TryGetValue(word, out var hint))
                {
                    hints.TryAdd(hint.Reason, hint);
                }
            }
        }

        return [.. hints.Values];
    }

    /// <summary>An address of the United States, or their dollars by name.</summary>
    public static bool IsUnitedStates(IReadOnlyList<string> lines) => lines.Any(line => StateAndZip().IsMatch(line) || line.Contains("US Dollar", StringComparison.OrdinalIgnoreCase));

    public static bool NamesOtherDollars(string line) => OtherDollars().IsMatch(line);

    private static void Patterns(string line, Dictionary<string, LocaleHint> hints)
    {
        if (MonthFirstLegend().IsMatch(line))
        {
            Add(new(DateOrder.MonthFirst, 3, DecimalStyle.Undecided, "the form prints the format month day year"));
        }

        if (DayFirstLegend().IsMatch(line))
        {
            Add(new(DateOrder.DayFirst, 3, DecimalStyle.Undecided, "the form prints the format day month year"));
        }

        if (StateAndZip().IsMatch(line))
        {
            Add(new(DateOrder.MonthFirst, 2, DecimalStyle.Point, "an address in the United States"));
        }

        if (NorthAmericanPhone().IsMatch(line))
        {
            Add(new(DateOrder.MonthFirst, 1, DecimalStyle.Undecided, "a North American telephone number"));
        }

        if (NorthAmericanTimeZone().IsMatch(line))
        {
            Add(new(DateOrder.MonthFirst, 1, DecimalStyle.Undecided, "a North American time zone"));
        }

        if (UnitedKingdomPostcode().IsMatch(line))
        {
            Add(new(DateOrder.DayFirst, 2, DecimalStyle.Point, "a British postcode"));
        }

        foreach (var currency in CurrencyReader.FindAll(line))
        {
            switch (currency)
            {
                case "USD":
                    Add(new(DateOrder.MonthFirst, 1, DecimalStyle.Point, "amounts in USD"));
                    break;
                case "EUR":
                    Add(new(DateOrder.DayFirst, 2, DecimalStyle.Undecided, "amounts in EUR"));
                    break;
                case "GBP" or "INR" or "MYR" or "AUD" or "NZD" or "SGD":
                    Add(new(DateOrder.DayFirst, 2, DecimalStyle.Point, $"amounts in {currency}"));
                    break;
                default:
                    break;
            }
        }

        void Add(LocaleHint hint) => hints.TryAdd(hint.Reason, hint);
    }

    private static FrozenDictionary<string, LocaleHint> Table()
    {
        var table = new Dictionary<string, LocaleHint>();
        Words("usa u.s.a ssn medicare medicaid", new(DateOrder.MonthFirst, 1, DecimalStyle.Point, "a word of the United States"));
        Words("gstin gst cgst sgst igst india mumbai delhi bangalore bengaluru chennai hyderabad pune kolkata uhid aadhaar crore lakh", new(DateOrder.DayFirst, 2, DecimalStyle.Point, "a word of India"));
        Words("sdn bhd malaysia kuala lumpur johor selangor jalan", new(DateOrder.DayFirst, 2, DecimalStyle.Point, "a word of Malaysia"));
        Words("england scotland wales london leeds nhs", new(DateOrder.DayFirst, 2, DecimalStyle.Point, "a word of the United Kingdom"));
        Words("gmbh rechnung rechnungsdatum datum betrag mwst ust-idnr strasse straße deutschland", new(DateOrder.DayFirst, 2, DecimalStyle.Comma, "German words"));
        Words("facture montant tva siret sarl echeance facturation", new(DateOrder.DayFirst, 2, DecimalStyle.Comma, "French words"));
        Words("factura fecha importe iva cif", new(DateOrder.DayFirst, 2, DecimalStyle.Comma, "Spanish words"));
        Words("factuur btw bedrag kvk factuurdatum", new(DateOrder.DayFirst, 2, DecimalStyle.Comma, "Dutch words"));
        Words("fattura importo partita fatturazione", new(DateOrder.DayFirst, 2, DecimalStyle.Comma, "Italian words"));
        return table.ToFrozenDictionary();

        void Words(string words, LocaleHint hint)
        {
            foreach (var word in words.Split(' '))
            {
                table.TryAdd(word, hint);
            }
        }
    }

    [GeneratedRegex(@"\b(MM\s?[/.\- |]\s?DD\s?[/.\- |]\s?YY|month[ /,]{1,40}day[ /,]{1,40}year)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MonthFirstLegend();

    [GeneratedRegex(@"\b(DD\s?[/.\- |]\s?MM\s?[/.\- |]\s?YY|TT\.MM\.JJ|JJ/MM/AA|day[ /,]{1,40}month[ /,]{1,40}year)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DayFirstLegend();

    [GeneratedRegex(
        @"\b(AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC)[ ,.]{1,3}[0-9]{5}(-[0-9]{4})?\b",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex StateAndZip();

    [GeneratedRegex(@"\b(Canada|Ontario|Quebec|Australia|New Zealand|Singapore|Mexico|Bahamas|Jamaica|Taiwan|Canadian|Australian)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OtherDollars();

    [GeneratedRegex(@"\([2-9][0-9]{2}\) ?[2-9][0-9]{2}-[0-9]{4}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NorthAmericanPhone();

    [GeneratedRegex(@"[0-9] ?([AaPp]\.?[Mm]\.?)? ?(EST|EDT|CST|CDT|PST|PDT|MST|MDT)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NorthAmericanTimeZone();

    [GeneratedRegex(@"\b[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UnitedKingdomPostcode();
}
