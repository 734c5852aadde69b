using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Values that are one word: sex, yes or no, percentages, counts, licence plates.</summary>
public static partial class SmallReaders
{
    /// <summary>As printed: <c>F</c> or <c>Female</c>.</summary>
    public static Reading? ReadSex(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', '(', ')', ' ');
        if (Sex().IsMatch(folded))
        {
            return Reading.Certain(folded, folded.Length == 1 ? 0.9 : 0.98);
        }

        // One of two boxes is ticked: "[ ] M [X] F".
        var ticked = TickedSex().Matches(folded);
        return ticked.Count == 1 ? Reading.Certain(ticked[0].Groups["sex"].Value, 0.7) : null;
    }

    public static Reading? ReadYesNo(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', '(', ')', ' ');
        if (YesNo().IsMatch(folded))
        {
            return Reading.Certain(folded, folded.Length == 1 ? 0.7 : 0.97);
        }

        var ticked = TickedYesNo().Matches(folded);
        return ticked.Count == 1 ? Reading.Certain(ticked[0].Groups["answer"].Value, 0.7) : null;
    }

    /// <summary>A plain number without the sign of per cent: <c>8.25</c>.</summary>
    public static Reading? ReadPercentage(string text, ReaderContext context)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', ';', '(', ')', ' ');
        if (!folded.EndsWith('%') || folded.Length is < 2 or > 12)
        {
            return null;
        }

        // A percentage has no thousands: one comma or point begins decimals.
        var number = folded[..^1].TrimEnd().Replace(',', '.');
        return Number().IsMatch(number) && decimal.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? Reading.Certain(number, context.DecimalStyle == DecimalStyle.Undecided ? 0.93 : 0.97)
            : null;
    }

    public static Reading? ReadNumber(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', ';', ' ');
        return Number().IsMatch(folded) ? Reading.Certain(folded, 0.9) : null;
    }

    /// <summary>Two to nine letters and digits with at most two gaps, as printed.</summary>
    public static Reading? ReadLicensePlate(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', '#', ' ');
        var match = Plate().Match(folded);
        if (!match.Success || Placeholders.IsPlaceholder(folded) || LabelWords.AreAll(folded))
        {
            return null;
        }

        var plate = match.Groups["plate"].Value;
        var digits = plate.Count(char.IsAsciiDigit);
        var letters = plate.Count(char.IsAsciiLetter);
        return digits + letters is < 3 or > 11 ? null : Reading.Certain(plate, digits == 0 ? 0.25 : letters == 0 ? 0.5 : 0.9);
    }

    [GeneratedRegex("^(m|f|male|female|man|woman|männlich|weiblich|homme|femme|masculino|femenino|maschio|femmina|other|non-binary)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Sex();

    [GeneratedRegex(@"(\[ ?[x✓✔] ?\]|☒|☑|■|(^| )[x✓✔]) ?(?<sex>male|female|m|f)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TickedSex();

    [GeneratedRegex("^(yes|no|y|n|true|false|ja|nein|oui|non|si|sí)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex YesNo();

    [GeneratedRegex(@"(\[ ?[x✓✔] ?\]|☒|☑|■|(^| )[x✓✔]) ?(?<answer>yes|no)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TickedYesNo();

    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,4})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?<plate>[A-Z0-9]{1,8}([ \-·.][A-Z0-9]{1,7}){0,3})( ?\([A-Za-z ]{2,20}\))?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Plate();
}
