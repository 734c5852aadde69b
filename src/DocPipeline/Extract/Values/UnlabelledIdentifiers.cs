using System.Text.RegularExpressions;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>Values that are recognised by their own form.</summary>
internal static partial class UnlabelledIdentifiers
{
    /// <summary>A word of 17 characters that reads as a VIN.</summary>
    public static IEnumerable<Proposal> Vin(string name, FieldSchema field, UnlabelledContext context)
    {
        foreach (var page in context.Pages)
        {
            foreach (var word in page.Words.Where(word => word.Text.Trim(',', '.', ';', ')', '(').Length == 17))
            {
                var reading = context.Reader.Read(field, [word]);
                if (reading is not null && word.Text.Any(char.IsAsciiDigit) && word.Text.Any(char.IsAsciiLetter))
                {
                    yield return new(name, reading.Value, 0.6 * reading.Plausibility, page, reading.Words, "it has the form of a VIN", []);
                }
            }
        }
    }

    /// <summary>Codes of the form of ICD-10, with a point, anywhere.</summary>
    public static IEnumerable<Proposal> IcdCodes(string name, FieldSchema field, UnlabelledContext context)
    {
        foreach (var page in context.Pages)
        {
            var words = page.Words.Where(word => IcdWithPoint().IsMatch(word.Text)).ToList();
            if (words.Count == 0)
            {
                continue;
            }

            var reading = context.Reader.Read(field, words);
            if (reading is not null)
            {
                yield return new(name, reading.Value, 0.45 * reading.Plausibility, page, words, "they have the form of ICD-10 codes", []);
            }
        }
    }

    /// <summary>A phrase with a model year and a known make: "2020 Honda Accord".</summary>
    public static IEnumerable<Proposal> VehiclePhrase(string name, FieldSchema field, UnlabelledContext context)
    {
        var year = new FieldSchema { Type = FieldType.Year };
        var make = new FieldSchema { Type = FieldType.VehicleMake };
        foreach (var page in context.Pages.Take(3))
        {
            foreach (var segment in page.Segments.Where(s => s.Words.Count is >= 2 and <= 10))
            {
                if (!segment.Words.Any(word => ModelYear().IsMatch(word.Text)) || context.HasLabel(page, segment.Words)
                    || context.Reader.Read(make, segment.Words) is not { Plausibility: >= 0.5 }
                    || context.Reader.Read(year, segment.Words) is null)
                {
                    continue;
                }

                var reading = context.Reader.Read(field, segment.Words);
                if (reading is not null)
                {
                    yield return new(name, reading.Value, 0.5 * reading.Plausibility, page, reading.Words, "a phrase with a model year and a make", []);
                }
            }
        }
    }

    /// <summary>A segment that is nothing but a person's name; for cards, which often print it bare.</summary>
    public static IEnumerable<Proposal> PersonAlone(string name, FieldSchema field, UnlabelledContext context)
    {
        foreach (var page in context.Pages)
        {
            foreach (var segment in page.Segments.Where(s => s.Words.Count is 2 or 3 && !context.HasLabel(page, s.Words)))
            {
                var reading = context.Reader.Read(field, segment.Words);
                if (reading is { Plausibility: >= 0.6 })
                {
                    yield return new(name, reading.Value, 0.3 * reading.Plausibility, page, reading.Words, "a line with nothing but a name", []);
                }
            }
        }
    }

    [GeneratedRegex(@"^\(?[A-TV-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}[,;)]?$", RegexOptions.NonBacktracking)]
    private static partial Regex IcdWithPoint();

    [GeneratedRegex(@"^\(?(19[6-9][0-9]|20[0-4][0-9])\)?,?$", RegexOptions.NonBacktracking)]
    private static partial Regex ModelYear();
}
