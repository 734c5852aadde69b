using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Judges whether text is a postal address, or lines of one; the value is the text folded to one line.</summary>
public static partial class AddressReader
{
    public static Reading? Read(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', ';', ',', '*', '|', ' ', '_');
        if (folded.Length < 5 || Placeholders.IsPlaceholder(folded) || LabelWords.AreAll(folded) || EmailReader.Read(folded) is not null)
        {
            return null;
        }

        var street = NumberAndStreet().IsMatch(folded) || StreetAndNumber().IsMatch(folded);
        var streetWord = StreetWord().IsMatch(folded);
        var postcode = Postcode().IsMatch(folded);
        var box = PostOfficeBox().IsMatch(folded);
        var starts = folded.Length > 0 && char.IsAsciiDigit(folded[0]) && folded.Count(char.IsLetter) >= 4;
        var plausibility = (street || box, streetWord || starts, postcode) switch
        {
            (true, _, true) => 0.98,
            (true, _, false) => 0.85,
            (false, true, true) => 0.85,
            (false, true, false) => 0.55,
            (false, false, true) => 0.7,
            _ => folded.Contains(',') && folded.Count(char.IsLetter) > 8 ? 0.25 : 0,
        };

        return plausibility == 0 ? null : Reading.Certain(folded, folded.Length > 200 ? plausibility * 0.5 : plausibility);
    }

    private const string StreetWords =
        "street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|plaza|square|sq|terrace|ter|way|circle|cir|parkway|pkwy|highway|hwy|route|rt|trail|trl|run|row|close|" +
        "crescent|gardens|grove|mews|hill|park|quay|walk|view|loop|alley|pike|turnpike|locks|marg|nagar|colony|cross|main|layout|sector|jalan|jln|lorong|taman|persiaran|rue|chemin|allée|impasse|quai|calle|avenida|carrera|plaza|paseo|via|viale|piazza|corso";

    [GeneratedRegex(@"^(unit |flat |no\.? ?|lot |plot )?[0-9][0-9A-Za-z\-/]{0,7}[ ,.]{1,3}([A-Za-z0-9'.\-]{1,24}[ ,.]{1,3}){0,5}(" + StreetWords + @")\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberAndStreet();

    [GeneratedRegex(@"(straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|straat|laan|plein|gracht|kade|dijk|(calle|via|viale|avenida|piazza|corso|rua) [\p{L} .']{2,40}?),? ?(n[°º.] ?)?[0-9]{1,5} ?[a-z]?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex StreetAndNumber();

    [GeneratedRegex(@"\b(" + StreetWords + @")\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex StreetWord();

    /// <summary>US with its state, UK, Canada, Netherlands, India, and five digits beside a word for the rest of Europe and Malaysia.</summary>
    [GeneratedRegex(
        @"\b([A-Z]{2}[ ,.]{1,3}[0-9]{5}(-[0-9]{4})?|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[0-9]{4} ?[A-Z]{2}|[1-9][0-9]{2} ?[0-9]{3}|(D-|F-|CH-|A-|B-|I-|E-)?[0-9]{4,5},? \p{Lu}\p{L}{2,})\b",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"\b(p\.? ?o\.? ?box|postfach|b\.?p\.?|apartado|post office box) ?#?[0-9]{1,8}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PostOfficeBox();
}
