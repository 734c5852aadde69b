using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>Dates without a label of their own.</summary>
internal static class UnlabelledDates
{
    private const char LastLatin = '\u024F';

    private static readonly string[] CoverageWords = ["effective", "period", "coverage", "covered", "expires", "began", "valid", "cover", "insurance"];

    /// <summary>The first date at the head of the first page: where letters and bills carry it.</summary>
    public static IEnumerable<Proposal> First(string name, FieldSchema field, UnlabelledContext context)
    {
        var page = context.Pages[0];
        return Dates(name, field, page, context, 0.3, "the first date of the document", alone: true)
            .Where(proposal => proposal.Words[0].Y0 < 0.35 * page.Page.Height)
            .Take(1);
    }

    /// <summary>Any date, earlier ones first: receipts carry one.</summary>
    public static IEnumerable<Proposal> Any(string name, FieldSchema field, UnlabelledContext context)
    {
        var rank = 0;
        foreach (var proposal in context.Pages.SelectMany(page => Dates(name, field, page, context, 0.55, "a date", alone: false)).Take(6))
        {
            yield return proposal with { Score = proposal.Score * Math.Pow(0.93, rank++) };
        }
    }

    /// <summary>"Invoice 4711 of 2 July 2026": the date on the line of the document's number.</summary>
    public static IEnumerable<Proposal> BesideNumber(string name, FieldSchema field, UnlabelledContext context)
    {
        foreach (var label in context.Labels.Where(label => label.Targets.Any(target => target.Field == "invoice_number")))
        {
            var line = label.Page.Lines[label.Line];
            var behind = line.Words.Where(word => word.X0 > label.X1 && word.X0 < label.X1 + (0.4 * label.Page.Page.Width)).ToList();
            if (behind.Count < 2 || context.HasLabel(label.Page, behind))
            {
                continue;
            }

            var reading = context.Reader.Read(field, behind.Skip(1).ToList());
            if (reading is not null)
            {
                yield return new(name, reading.Value, 0.8 * reading.Plausibility * label.Quality, label.Page, reading.Words, "on the line of the document's number", reading.Readings);
            }
        }
    }

    /// <summary>"3/18/2026 - Office Visit": a date at the start of a line that speaks of a visit.</summary>
    public static IEnumerable<Proposal> OfVisit(string name, FieldSchema field, UnlabelledContext context)
    {
        foreach (var page in context.Pages)
        {
            foreach (var line in page.Lines.Where(line => line.Words.Count <= 12 && line.Words.Any(word => word.Text.Contains("visit", StringComparison.OrdinalIgnoreCase))))
            {
                var reading = context.Reader.Read(field, line.Words);
                if (reading is not null && reading.Words[0].Index == line.Words[0].Index)
                {
                    yield return new(name, reading.Value, 0.5 * reading.Plausibility, page, reading.Words, "a date on the line of a visit", reading.Readings);
                }
            }
        }
    }

    /// <summary>A line that speaks of cover and holds two dates, or one of a sentence such as "your policy is effective from".</summary>
    public static IEnumerable<Proposal> OfCoverage(string name, FieldSchema field, UnlabelledContext context)
    {
        foreach (var page in context.Pages.Take(3))
        {
            foreach (var line in page.Lines)
            {
                if (!line.Words.Any(word => CoverageWords.Contains(word.Text.Trim(',', '.', ':').ToLowerInvariant())))
                {
                    continue;
                }

                var first = context.Reader.Read(field with { PickLast = false }, line.Words);
                var last = context.Reader.Read(field with { PickLast = true }, line.Words);
                if (first is not null && last is not null && string.CompareOrdinal(first.Value, last.Value) < 0)
                {
                    var reading = field.PickLast ? last : first;
                    yield return new(name, reading.Value, 0.6 * reading.Plausibility, page, reading.Words, "a line with two dates that speaks of cover", reading.Readings);
                }
            }
        }
    }

    /// <summary>A letter of a script that no label of ours has: what stands beside the date may be a sentence, and nobody here could tell.</summary>
    private static bool IsUnread(char letter) => char.IsLetter(letter) && letter is > LastLatin and not (>= '\u1E00' and <= '\u1EFF');

    private static IEnumerable<Proposal> Dates(
        string name, FieldSchema field, PageLayout page, UnlabelledContext context, double score, string reason, bool alone)
    {
        foreach (var line in page.Lines)
        {
            foreach (var segment in line.Segments)
            {
                if (alone && (context.HasLabel(page, segment.Words) || segment.Words.Any(word => word.Text.Any(IsUnread))))
                {
                    continue;
                }

                var reading = context.Reader.Read(field, segment.Words);
                if (reading is null || (alone && reading.Words.Count < segment.Words.Count - 3))
                {
                    continue;
                }

                yield return new(name, reading.Value, score * reading.Plausibility, page, reading.Words, reason, reading.Readings);
            }
        }
    }
}
