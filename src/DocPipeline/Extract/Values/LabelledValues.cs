using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>Proposals for the values of labelled fields: every label, every field it may name, every span where the value may stand.</summary>
internal sealed class LabelledValues(IReadOnlyDictionary<string, FieldSchema> fields, SpanReader reader)
{
    private static readonly FieldType[] Recognisable =
        [FieldType.Date, FieldType.BirthDate, FieldType.Amount, FieldType.Vin, FieldType.Phone, FieldType.Email, FieldType.Time, FieldType.Identifier, FieldType.GroupCode];

    /// <summary>Types of which the form, a check digit or a sum may tell which of two readings is right.</summary>
    private static readonly FieldType[] Checkable = [FieldType.Date, FieldType.BirthDate, FieldType.Amount, FieldType.Vin, FieldType.Phone, FieldType.Time, FieldType.Identifier, FieldType.GroupCode];

    // Enough to be vouched for by a sum, or to be taken where the first reading gives no value at all.
    private const double LessBelieved = 0.6;

    private const string OtherParty = "other_party";

    // Below this a proposal is noise: it would only lengthen the list of choices.
    private const double Least = 0.12;

    // "Total" over the amounts of lines: as a rule its cells are no totals.
    private const double InTable = 0.4;

    /// <param name="tableHeaders">Numbers of the lines that head a table.</param>
    public IEnumerable<Proposal> Propose(PageLayout page, IReadOnlyList<LabelMatch> labels, IReadOnlySet<int> tableHeaders)
    {
        var finder = new SpanFinder(page, labels, CaptionsBelow(page, labels));
        foreach (var label in labels)
        {
            foreach (var target in label.Targets)
            {
                if (target.Field is not null && WeightOf(label, target) is > 0 and var weight)
                {
                    foreach (var proposal in Propose(page, finder, label, target.Field, tableHeaders.Contains(label.Line) ? InTable * weight : weight))
                    {
                        yield return proposal;
                    }
                }
            }
        }
    }

    /// <summary>Counts the labels of well-recognised types that find a value only above or only below themselves.</summary>
    private double CaptionsBelow(PageLayout page, IReadOnlyList<LabelMatch> labels)
    {
        var finder = new SpanFinder(page, labels, 0.5);
        var (above, below) = (0, 0);
        foreach (var label in labels.Where(label => !label.Colon && label.Quality >= 0.7))
        {
            var target = label.Targets.FirstOrDefault(t => t is { Field: not null, Strength: 1 } && (t.Role is null || t.Role == label.Section));
            if (target is null || !Recognisable.Contains(fields[target.Field!].Type))
            {
                continue;
            }

            var directions = finder.Find(label, 1)
                .Where(span => span.Direction != Direction.Right && reader.Read(fields[target.Field!], span.Words) is { Plausibility: >= 0.6 })
                .Select(span => span.Direction).Distinct().ToList();
            above += directions is [Direction.Above] ? 1 : 0;
            below += directions is [Direction.Below] ? 1 : 0;
        }

        return (above + 1.0) / (above + below + 2.0);
    }

    private IEnumerable<Proposal> Propose(PageLayout page, SpanFinder finder, LabelMatch label, string name, double weight)
    {
        var field = fields[name];
        if (field.Side is not null && field.Side != (label.X0 < page.Page.Width / 2 ? "left" : "right"))
        {
            yield break;
        }

        var boxes = field.Type == FieldType.Sex ? finder.Around(label) : [];
        foreach (var span in boxes.Count > 0 ? [new Span(boxes, Direction.Below, 0.86)] : finder.Find(label, LinesOf(field)))
        {
            var reading = IsHalfPeriod(field, label, span) ? null : reader.Read(field, span.Words);
            var score = reading is null ? 0 : weight * span.Prior * reading.Plausibility;
            if (score >= Least)
            {
                yield return new(name, reading!.Value, score, page, reading.Words, Reason(label, span.Direction), reading.Readings) { Label = weight };
            }

            if (Checkable.Contains(field.Type) && Otherwise(span.Words) is { } other && reader.Read(field, other) is { } second && second.Value != reading?.Value)
            {
                yield return new(name, second.Value, LessBelieved * weight * span.Prior * second.Plausibility, page, second.Words, $"{Reason(label, span.Direction)}, as another reading of the page has it", second.Readings);
            }
        }
    }

    /// <summary>The words as the reading that was not believed has them; null where there is none.</summary>
    private static IReadOnlyList<LayoutWord>? Otherwise(IReadOnlyList<LayoutWord> words) =>
        words.Any(word => word.OtherReading is not null) ? [.. words.Select(word => word.OtherReading is { } text ? word with { Text = text, OtherReading = null } : word)] : null;

    /// <summary>The label of a period, and one date behind it: the first day, with the last on another line or nowhere.</summary>
    private bool IsHalfPeriod(FieldSchema field, LabelMatch label, Span span) =>
        field.PickLast
        && label.Targets.Any(target => target.Field is not null && fields[target.Field].Type == field.Type && !fields[target.Field].PickLast)
        && reader.Read(field, span.Words)?.Words[0] == reader.Read(field with { PickLast = false }, span.Words)?.Words[0];

    private static double WeightOf(LabelMatch label, LabelTarget target)
    {
        if (target.Role is not null)
        {
            return target.Role == label.Section ? target.Strength * label.Quality : 0;
        }

        // "Policy Number" below "Other driver" is the other driver's.
        return label.Section == OtherParty ? 0.25 * target.Strength * label.Quality : target.Strength * label.Quality;
    }

    private static int LinesOf(FieldSchema field) => field.Lines > 0 ? field.Lines : field.Type switch
    {
        FieldType.Address => 4,
        FieldType.LongText => 8,
        _ => 1,
    };

    private static string Reason(LabelMatch label, Direction direction)
    {
        var where = direction switch { Direction.Right => "right of", Direction.Below => "below", _ => "above" };
        return $"{where} '{string.Join(' ', label.Words.Select(word => word.Text))}'";
    }
}
