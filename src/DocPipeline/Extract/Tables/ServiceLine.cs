using System.Text.RegularExpressions;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Extract.Values;

namespace DocPipeline.Extract.Tables;

/// <summary>
/// A service line of the form CMS-1500 (items 24A to 24J), told apart by the kinds of its words from left to right: date, second date, place, emergency, procedure,
/// modifiers, pointer, charge, units, provider. Headers of three lines over narrow boxes say too little of where one box ends.
/// </summary>
internal static partial class ServiceLine
{
    private static readonly FieldSchema Date = new() { Type = FieldType.Date };
    private static readonly FieldSchema Amount = new() { Type = FieldType.Amount };

    /// <summary>The cells, and the words that they rest on; null where the line has no procedure: then it is read by its columns.</summary>
    public static (Dictionary<string, string> Cells, IReadOnlyList<LayoutWord> Words)? Read(OpenRow row, SpanReader reader)
    {
        var line = row.Line.Words.Where(word => word.Text.Any(char.IsLetterOrDigit)).ToList();
        var charge = ChargeOf(row, reader);

        // Where the charge could not be read, the letters of the pointer end what stands left of it: a number may be the units.
        var end = charge is null ? line.FindLastIndex(word => Pointer().IsMatch(word.Text) && char.IsAsciiLetter(word.Text[0])) + 1 : line.FindIndex(word => word.X1 > charge.Words[0].X0);
        var left = line.Take(end).ToList();
        var right = line.Skip(end).Where(word => charge is null || word.X0 >= charge.Words[^1].X1).ToList();
        var cells = new Dictionary<string, string>();
        ReadDate("date_from");
        ReadDate("date_to");
        var procedure = left.FindIndex(word => Procedure().IsMatch(word.Text));
        if (procedure < 0)
        {
            return null;
        }

        if (procedure > 0 && Place().IsMatch(left[0].Text))
        {
            cells["place"] = left[0].Text;
        }

        var (code, description) = left[procedure].Text.Split('/', 2) is [var first, var second] ? (first, second) : (left[procedure].Text, null);
        var behind = left.Skip(procedure + 1).ToList();
        var pointer = behind.Count > 0 && Pointer().IsMatch(behind[^1].Text) ? behind[^1].Text : null;
        var modifiers = behind.Take(behind.Count - (pointer is null ? 0 : 1)).TakeWhile(word => Modifier().IsMatch(word.Text)).ToList();
        Add("procedure", code);
        Add("description", string.Join(' ', behind.Skip(modifiers.Count).SkipLast(pointer is null ? 0 : 1).Select(word => word.Text).Prepend(description ?? "")).Trim());
        Add("modifiers", string.Join(' ', modifiers.Select(word => word.Text)));
        Add("pointer", pointer);
        Add("charge", charge?.Value);
        Add("units", right.FirstOrDefault() is { } units && Units().IsMatch(units.Text) ? units.Text : null);
        Add("provider_id", right.LastOrDefault(word => Provider().IsMatch(word.Text))?.Text);
        return (cells, line);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                cells[name] = value;
            }
        }

        void ReadDate(string name)
        {
            // In boxes of its own for month, day and year, or in one word. What does not read as a date is kept as printed.
            var boxes = left.Take(3).ToList();
            var words = boxes.Count == 3 && boxes.TrueForAll(word => Box().IsMatch(word.Text)) ? boxes : left.Take(1).Where(word => WholeDate().IsMatch(word.Text)).ToList();
            if (words.Count > 0)
            {
                cells[name] = reader.Read(Date, words)?.Value ?? string.Join(' ', words.Select(word => word.Text));
                left.RemoveRange(0, words.Count);
            }
        }
    }

    /// <summary>One or two digits without cents are the units of a line whose charge was not recognised.</summary>
    private static SpanReading? ChargeOf(OpenRow row, SpanReader reader) =>
        row.Cells.FirstOrDefault(cell => cell.Key.Name == "charge").Value is { } words && reader.Read(Amount, words) is { } amount
        && amount.Words.Sum(word => word.Text.Count(char.IsAsciiDigit)) > 2
            ? amount
            : null;

    [GeneratedRegex("^[0-9]{1,2}$|^(19|20)[0-9]{2}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Box();

    [GeneratedRegex("^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}$|^[0-9]{6}$|^[0-9]{8}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WholeDate();

    [GeneratedRegex("^[0-9A-Z]{1,2}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    /// <summary>CPT and HCPCS have five characters; six digits are printed on forms that were filled in as examples, and recognition adds one.</summary>
    [GeneratedRegex("^([0-9]{5,6}|[A-Z][0-9]{4}|[0-9]{4}[A-Z])(/.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Procedure();

    [GeneratedRegex("^[0-9A-Z]{2,3}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Modifier();

    /// <summary>Letters of the diagnoses in item 21; on forms before 2012 their numbers.</summary>
    [GeneratedRegex("^[A-L]{1,4}$|^[1-4](,[1-4]){0,3}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pointer();

    [GeneratedRegex("^[0-9]{1,3}(\\.[0-9]{1,2})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Units();

    [GeneratedRegex("^[0-9]{8,12}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Provider();
}
