using System.Text.RegularExpressions;
using DocPipeline.Documents;

namespace DocPipeline.Extract.Readers;

/// <summary>Reads codes of medicine and tax offices, as printed.</summary>
public static partial class CodeReaders
{
    /// <summary>ICD-10 codes of a cell, separated by one space each; ICD-9 numbers at lower plausibility. Letters before the codes (A. B. 1.) are of the form.</summary>
    public static Reading? ReadDiagnosisCodes(string text)
    {
        var codes = new List<string>();
        var words = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Split((char[])[' ', ',', ';', '|', '/', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var others = 0;
        var old = 0;
        foreach (var word in words)
        {
            var bare = word.Trim('.', ':', '-', '*');
            if (Icd10().IsMatch(bare))
            {
                codes.Add(bare);
            }
            else if (Icd9().IsMatch(bare))
            {
                codes.Add(bare);
                old++;
            }
            else if (bare.Length > 1)
            {
                others++;
            }
        }

        if (codes.Count == 0)
        {
            return null;
        }

        var share = (double)codes.Count / (codes.Count + others);
        return Reading.Certain(string.Join(' ', codes), (old == 0 ? 0.95 : 0.6) * (0.4 + (0.6 * share)));
    }

    /// <summary>CPT (five digits, or four and a letter) and HCPCS (a letter and four digits).</summary>
    public static Reading? ReadProcedure(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', ' ');
        return Procedure().IsMatch(folded) ? Reading.Certain(folded, char.IsAsciiLetter(folded[0]) ? 0.9 : 0.8) : null;
    }

    public static Reading? ReadNpi(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', '#', ' ');
        var digits = folded.Replace(" ", string.Empty).Replace("-", string.Empty);
        return digits.Length == 10 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? Reading.Certain(digits, CheckDigits.IsNpiValid(digits) ? 0.99 : 0.5)
            : null;
    }

    /// <summary>Employer (12-3456789) and personal (123-45-6789) tax numbers of the United States at high plausibility, other numbers of five digits or more at low.</summary>
    public static Reading? ReadTaxId(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', '#', ' ');
        if (TaxShape().Match(folded) is { Success: true } match)
        {
            return Reading.Certain(match.Groups["id"].Value, match.Length == folded.Length ? 0.97 : 0.8);
        }

        return OtherTaxShape().Match(folded) is { Success: true } other
            ? Reading.Certain(other.Groups["id"].Value, other.Length == folded.Length ? 0.65 : 0.5)
            : null;
    }

    [GeneratedRegex(@"^[A-TV-Z][0-9][0-9AB](\.?[0-9A-Z]{1,4})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Icd10();

    [GeneratedRegex(@"^([0-9]{3}(\.[0-9]{1,2})?|V[0-9]{2}(\.[0-9]{1,2})?|E[0-9]{3}(\.[0-9])?)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Icd9();

    [GeneratedRegex("^([0-9]{5}|[0-9]{4}[FTUM]|[A-V][0-9]{4})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Procedure();

    [GeneratedRegex(@"^(?<id>[0-9]{2} ?- ?[0-9]{7}|[0-9]{3} ?[- ] ?[0-9]{2} ?[- ] ?[0-9]{4}|[0-9]{9})([^0-9]|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TaxShape();

    [GeneratedRegex(@"^(?<id>[0-9A-Z][0-9A-Z\-./]{3,18}[0-9A-Z])( |$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OtherTaxShape();
}
