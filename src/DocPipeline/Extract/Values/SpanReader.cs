using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>A span read as a field's type, with the words that the value really rests on.</summary>
internal sealed record SpanReading(string Value, double Plausibility, IReadOnlyList<string> Readings, IReadOnlyList<LayoutWord> Words);

/// <summary>Reads spans of words as the type that a field asks for.</summary>
/// <param name="captions">Captions of date boxes (MM, DD, YY, Day, Month…) on the pages of the document.</param>
internal sealed class SpanReader(ReaderContext context, IReadOnlyList<LayoutWord> captions)
{
    private const int LongestText = 500;

    public SpanReading? Read(FieldSchema field, IReadOnlyList<LayoutWord> words)
    {
        // A sign alone is a currency, though boxes for amounts are printed with one, too.
        var text = TextOf(words);
        if (text.Length is 0 or > LongestText || (field.Type != FieldType.Currency && Placeholders.IsPlaceholder(text)))
        {
            return null;
        }

        if (IsRestOfLabel(field.Type, words))
        {
            return null;
        }

        var reading = ReadAs(field, words, text);
        return reading is null ? null : reading with { Plausibility = reading.Plausibility * Legibility(reading.Words) };
    }

    /// <summary>"OR AUTHORIZED PERSON'S SIGNATURE" behind "INSURED'S": no name and no short text begins so; nor is "V.I.N." a make.</summary>
    private static bool IsRestOfLabel(FieldType type, IReadOnlyList<LayoutWord> words) => type switch
    {
        FieldType.Person or FieldType.Organization or FieldType.Text => words[0].Text.ToLowerInvariant() is "or" or "of" or "and" or "oder" or "ou",
        FieldType.VehicleMake or FieldType.VehicleModel => words is [{ Text: [_, '.', ..] }],
        _ => false,
    };

    private SpanReading? ReadAs(FieldSchema field, IReadOnlyList<LayoutWord> words, string text) => field.Type switch
    {
        FieldType.Date or FieldType.BirthDate => ReadDate(field, words, text),
        FieldType.Sex => SexBoxes.Read(words) ?? ReadWhole(field, words, text),
        FieldType.Address => ReadWhole(field, WithoutName(words), TextOf(WithoutName(words))),
        FieldType.Year or FieldType.VehicleMake or FieldType.VehicleModel => ReadVehicle(field, words, text),
        FieldType.Time => ReadTime(field, words, text),
        FieldType.Amount => ReadAmount(field, words, text),
        FieldType.Person => ReadWhole(field, WithoutHonorific(words), TextOf(WithoutHonorific(words))),
        _ => ReadWhole(field, words, text),
    };

    /// <summary>Words that recognition was unsure of make any reading of them less sure.</summary>
    private static double Legibility(IReadOnlyList<LayoutWord> words) => 0.5 + (0.5 * words.Average(word => word.Confidence));

    private static IReadOnlyList<LayoutWord> WithoutHonorific(IReadOnlyList<LayoutWord> words) =>
        words.Count > 2 && words[0].Text.TrimEnd('.') is "Mr" or "Mrs" or "Ms" or "Miss" or "MR" or "MRS" or "MS" or "Herr" or "Frau" ? [.. words.Skip(1)] : words;

    private SpanReading? ReadWhole(FieldSchema field, IReadOnlyList<LayoutWord> words, string text)
    {
        var reading = FieldReaders.Read(field.Type, text, context);
        return reading is null ? null : new(reading.Value, reading.Plausibility, reading.Alternatives, words);
    }

    /// <summary>"Name and mailing address": a first line without a digit above further lines is the name.</summary>
    private IReadOnlyList<LayoutWord> WithoutName(IReadOnlyList<LayoutWord> words)
    {
        var first = words.TakeWhile(word => word.CentreY < words[0].Y1).ToList();
        var rest = words.Skip(first.Count).ToList();
        return rest.Count > 0 && rest[0].Text.Any(char.IsAsciiDigit) && !first.Exists(word => word.Text.Any(char.IsAsciiDigit))
            && FieldReaders.Read(FieldType.Person, TextOf(first), context) is not null
            ? rest
            : words;
    }

    /// <summary>A date need not fill its span: a time, a second date or a remark may follow.</summary>
    private SpanReading? ReadDate(FieldSchema field, IReadOnlyList<LayoutWord> words, string text)
    {
        if (ReadBoxes(field, words) is { } boxes)
        {
            return boxes;
        }

        var dates = DateReader.FindAll(text, context.ReferenceYear).ToList();
        if (dates.Count == 0 && ReadMisread(field, words) is { } mended)
        {
            return mended;
        }

        if (dates.Count == 0)
        {
            return ReadWhole(field, words, text);
        }

        var found = field.PickLast ? dates[^1] : dates[0];
        var (start, length) = found.Span.GetOffsetAndLength(text.Length);
        var part = WordsAt(words, start, length);
        var reading = FieldReaders.Read(field.Type, text.Substring(start, length), context);
        if (reading is null)
        {
            return null;
        }

        // Words before the date make it less likely to be the value; words behind it hardly do.
        var lead = field.PickLast ? 0 : part[0].X0 > words[0].X0 ? 1 : 0;
        return new(reading.Value, reading.Plausibility * (lead == 0 ? 1 : 0.7), reading.Alternatives, part);
    }

    /// <summary>A date that cannot be, in a word of which recognition was not sure.</summary>
    private SpanReading? ReadMisread(FieldSchema field, IReadOnlyList<LayoutWord> words)
    {
        foreach (var word in words.Where(word => word.Confidence < 0.85))
        {
            if (MisreadDigit.Repair(word.Text, context.DateOrder, context.ReferenceYear) is { } date && FieldReaders.Read(field.Type, date, context) is { } reading)
            {
                return new(reading.Value, 0.5 * reading.Plausibility, reading.Alternatives, [word]);
            }
        }

        return null;
    }

    /// <summary>Day, month and year in boxes of their own: <c>1 2 1992</c>, in the order of the captions beside them where there are any.</summary>
    private SpanReading? ReadBoxes(FieldSchema field, IReadOnlyList<LayoutWord> words)
    {
        var first = words.TakeWhile(word => word.Text.Length is 1 or 2 or 4 && word.Text.All(char.IsAsciiDigit)).Take(3).ToList();
        if (first.Count < 3)
        {
            return null;
        }

        var order = DateCaptions.OrderOf(first, captions);
        var reading = FieldReaders.Read(
            field.Type, string.Join('/', first.Select(word => word.Text)), order == DateOrder.Undecided ? context : context with { DateOrder = order });
        return reading is null ? null : new(reading.Value, reading.Plausibility, reading.Alternatives, first);
    }

    /// <summary>"2022 Lexus RX 350" answers three fields; a phrase without a known make is read as the field alone.</summary>
    private SpanReading? ReadVehicle(FieldSchema field, IReadOnlyList<LayoutWord> words, string text)
    {
        if (VehicleReader.Split(text, context.ReferenceYear) is not { Make: not null } phrase || words.Count == 1)
        {
            return ReadWhole(field, words, text);
        }

        var part = field.Type switch { FieldType.Year => phrase.Year, FieldType.VehicleMake => phrase.Make, _ => phrase.Model };
        return part is null ? null : new(part, 0.95, [], words);
    }

    /// <summary>"29 January 2026 11:05": a time may follow a date.</summary>
    private SpanReading? ReadTime(FieldSchema field, IReadOnlyList<LayoutWord> words, string text)
    {
        if (ReadWhole(field, words, text) is { } whole)
        {
            return whole;
        }

        for (var count = Math.Min(3, words.Count - 1); count >= 1; count--)
        {
            var tail = words.Skip(words.Count - count).ToList();
            if (ReadWhole(field, tail, TextOf(tail)) is { } time)
            {
                return time with { Plausibility = 0.9 * time.Plausibility };
            }
        }

        return null;
    }

    /// <summary>Dollars and cents in two columns read as one amount; otherwise the first amount of the span counts.</summary>
    private SpanReading? ReadAmount(FieldSchema field, IReadOnlyList<LayoutWord> words, string text)
    {
        // Dashes and underscores of a form or of dirt: "Total Payable: — 62,60_".
        words = [.. words.SkipWhile(IsSpeck)];
        text = TextOf(words).TrimEnd('_', '|', '~', ' ');
        if (text.Length == 0)
        {
            return null;
        }

        // "$ 1320 28" in two columns of a form: more likely than an amount beside a number.
        if (words.Count >= 2 && IsCents(words[^1].Text) && words[^2].Text[^1] is >= '0' and <= '9' && !text.Contains('.')
            && FieldReaders.Read(field.Type, text, context with { CentsInOwnColumn = true }) is { } columns)
        {
            return new(columns.Value, columns.Plausibility, columns.Alternatives, words);
        }

        if (ReadWhole(field, words, text) is { } whole)
        {
            return whole;
        }

        var found = AmountReader.FindAll(text).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var (start, length) = found[0].Span.GetOffsetAndLength(text.Length);
        var part = WordsAt(words, start, length);
        var reading = FieldReaders.Read(FieldType.Amount, text.Substring(start, length), context);
        var letters = text.Count(char.IsLetter);
        return reading is null ? null : new(reading.Value, reading.Plausibility * (letters > 12 ? 0.35 : 0.75), reading.Alternatives, part);
    }

    private static bool IsSpeck(LayoutWord word) => word.Text.All(character => character is '_' or '|' or '~' or '=' or '—' or '–' or '.' or ':' or ';' or '‘' or '’' or '*' or '°');

    private static bool IsCents(string text) => text.Length == 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]);

    private static string TextOf(IReadOnlyList<LayoutWord> words) => string.Join(' ', words.Select(word => word.Text));

    private static List<LayoutWord> WordsAt(IReadOnlyList<LayoutWord> words, int start, int length)
    {
        var part = new List<LayoutWord>();
        var offset = 0;
        foreach (var word in words)
        {
            if (offset < start + length && offset + word.Text.Length > start)
            {
                part.Add(word);
            }

            offset += word.Text.Length + 1;
        }

        return part;
    }
}
