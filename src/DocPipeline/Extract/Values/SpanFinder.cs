using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;

namespace DocPipeline.Extract.Values;

/// <summary>
/// Finds the words that may be the value of a label by geometry: to the right, below (boxed and columnar forms) and above (captions under a line).
/// Words of other labels never are.
/// </summary>
internal sealed class SpanFinder
{
    // In multiples of the text height.
    private const double FurthestBelow = 3.6;
    private const double ColumnSlack = 1.2;

    private readonly PageLayout _page;
    private readonly HashSet<int> _labelWords = [];
    private readonly ILookup<int, LabelMatch> _labelsByLine;
    private readonly double _captionsBelow;

    /// <param name="captionsBelow">How sure it is, 0 to 1, that this page prints its captions below the values; 0.5 where nothing is known.</param>
    public SpanFinder(PageLayout page, IReadOnlyList<LabelMatch> labels, double captionsBelow)
    {
        _page = page;
        _captionsBelow = captionsBelow;
        _labelsByLine = labels.ToLookup(label => label.Line);
        foreach (var word in labels.Where(label => label.Quality >= 0.5).SelectMany(label => label.Words))
        {
            _labelWords.Add(word.Index);
        }
    }

    public IEnumerable<Span> Find(LabelMatch label, int lines)
    {
        var header = StandsInHeaderRow(label);
        var right = Right(label).ToList();
        foreach (var span in right)
        {
            var grown = lines > 1 ? ContinueBelow(span.Words, lines, label) : span.Words;
            yield return span with { Words = grown, Prior = header ? span.Prior * 0.35 : span.Prior };
        }

        // With a colon and words behind it, what stands below belongs to somebody else.
        var nothingRight = right.Count == 0;
        var below = label.Colon ? (nothingRight ? 0.85 : 0.3) : header ? 0.95 : nothingRight ? 0.86 : 0.55;
        // A page has one habit: where captions stand below their values, what follows a caption is the next value.
        below *= _captionsBelow > 0.7 && !label.Colon ? 0.5 : 1;
        foreach (var span in Below(label, below))
        {
            yield return lines > 1 ? span with { Words = ContinueBelow(span.Words, lines, label) } : span;
        }

        if (!label.Colon && nothingRight)
        {
            foreach (var span in Above(label, _captionsBelow > 0.7 ? 0.9 : _captionsBelow < 0.3 ? 0.3 : 0.5))
            {
                yield return span;
            }
        }
    }

    /// <summary>The nearest words below the middle of a label, to both sides of it: boxes that are ticked stand so.</summary>
    public IReadOnlyList<LayoutWord> Around(LabelMatch label)
    {
        var (middle, reach) = ((label.X0 + label.X1) / 2, 6 * Math.Max(label.Height, _page.TextHeight));
        foreach (var line in _page.Lines.Skip(label.Line + 1).TakeWhile(line => line.Y0 - label.Y1 < FurthestBelow * _page.TextHeight).Take(3))
        {
            var words = line.Words.Where(word => Math.Abs(word.CentreX - middle) < reach && !_labelWords.Contains(word.Index)).ToList();
            if (SexBoxes.HasBoth(words))
            {
                return words;
            }
        }

        return [];
    }

    /// <summary>The row holds several labels, no colon and nothing else: values stand below, as under the header of a table.</summary>
    private bool StandsInHeaderRow(LabelMatch label)
    {
        if (label.Colon)
        {
            return false;
        }

        var line = _page.Lines[label.Line];
        var labelled = line.Words.Count(word => _labelWords.Contains(word.Index));
        return _labelsByLine[label.Line].Count(other => other.Quality >= 0.5 && !other.Colon) >= 2
            && labelled >= 0.6 * line.Words.Count
            && !line.Words.Any(word => word.EndsWithColon);
    }

    private IEnumerable<Span> Right(LabelMatch label)
    {
        var line = _page.Lines[label.Line];
        var free = new List<LayoutWord>();
        foreach (var word in line.Words.Where(word => word.CentreX > label.X1))
        {
            if (_labelWords.Contains(word.Index))
            {
                // The number of the next box is no value of this one.
                if (free.Count > 0 && LabelMatcher.IsBoxNumber(free[^1].Text))
                {
                    free.RemoveAt(free.Count - 1);
                }

                break;
            }

            free.Add(word);
        }

        if (free.Count == 0)
        {
            var next = line.Words.FirstOrDefault(word => word.CentreX > label.X1);
            free = BesideOnAnotherLine(label, next?.X0 ?? double.MaxValue);
        }

        if (free.Count == 0)
        {
            yield break;
        }

        var gap = free[0].X0 - label.X1;
        var height = Math.Max(label.Height, _page.TextHeight);
        var prior = label.Colon ? 1 : gap > height ? 0.85 : 0.75;
        if (gap > 0.55 * _page.Page.Width)
        {
            prior *= 0.8;
        }

        var runs = Runs(free);
        yield return new(runs[0], Direction.Right, prior);
        var joined = runs[0];
        foreach (var run in runs.Skip(1).Take(3))
        {
            // First and last name, day and month, dollars and cents may stand in boxes of their own.
            // So may a currency and its amount, which stands in a column.
            if (run[0].X0 - joined[^1].X1 > 8 * height && !(joined.Count == 1 && CurrencyReader.Read(joined[0].Text) is not null))
            {
                break;
            }

            joined = [.. joined, .. run];
            yield return new(joined, Direction.Right, prior * 0.93);
        }
    }

    /// <summary>Cells of a ruled row whose texts sit at different heights: what overlaps the label's height to its right, up to the next label.</summary>
    private List<LayoutWord> BesideOnAnotherLine(LabelMatch label, double limit)
    {
        foreach (var line in _page.Lines.Skip(Math.Max(0, label.Line - 1)).Take(3).Where(line => line.Number != label.Line))
        {
            var words = line.Words
                .Where(word => word.CentreX > label.X1 && word.X1 < limit && Math.Min(word.Y1, label.Y1) - Math.Max(word.Y0, label.Y0) > 0.25 * Math.Min(word.Height, label.Height))
                .TakeWhile(word => !_labelWords.Contains(word.Index))
                .ToList();
            if (words.Count > 0)
            {
                return words;
            }
        }

        return [];
    }

    private IEnumerable<Span> Below(LabelMatch label, double prior)
    {
        var left = label.X0 - (ColumnSlack * _page.TextHeight);
        var right = RightEdgeOfCell(label);
        var height = Math.Max(Math.Min(label.Height, 2 * _page.TextHeight), _page.TextHeight);
        var seen = 0;
        var previousBottom = label.Y1;
        for (var i = label.Line + 1; i < _page.Lines.Count && seen < 2; i++)
        {
            var line = _page.Lines[i];
            var words = line.Words.Where(word => word.CentreX > left && word.X0 < right && word.CentreY > label.CentreY()).ToList();
            if (words.Count == 0)
            {
                continue;
            }

            if (words[0].Y0 - previousBottom > FurthestBelow * height || words[0].Y0 - label.Y1 > 2 * FurthestBelow * height)
            {
                yield break;
            }

            // Captions of date boxes may be so near to the digits that they share their line.
            var hints = words.Where(IsHint).ToList();
            words = [.. words.Except(hints)];
            if (words.Count == 0)
            {
                previousBottom = hints.Max(word => word.Y1);
                continue;
            }

            if (words.Exists(word => _labelWords.Contains(word.Index)) && _labelWords.Contains(words[0].Index))
            {
                yield break;
            }

            words = [.. words.TakeWhile(word => !_labelWords.Contains(word.Index))];
            var runs = Runs(words);
            yield return new(runs[0], Direction.Below, prior);
            if (runs.Count > 1)
            {
                yield return new(words, Direction.Below, prior * 0.9);
            }

            seen++;
            prior *= 0.45;
            previousBottom = words.Max(word => word.Y1);
        }
    }

    private IEnumerable<Span> Above(LabelMatch label, double prior)
    {
        if (label.Line == 0)
        {
            yield break;
        }

        var left = label.X0 - (ColumnSlack * _page.TextHeight);
        var right = RightEdgeOfCell(label);

        // Where captions stand below their values, a neighbour's date boxes with captions of their own may hold a row apart.
        var furthest = _captionsBelow > 0.7 ? 3.4 : 1.8;
        for (var i = label.Line - 1; i >= Math.Max(0, label.Line - 3); i--)
        {
            var words = _page.Lines[i].Words.Where(word => word.CentreX > left && word.X0 < right && word.CentreX < right && !IsHint(word)).ToList();
            if (words.Count == 0)
            {
                continue;
            }

            if (label.Y0 - words.Max(word => word.Y1) > furthest * _page.TextHeight || words.Exists(word => _labelWords.Contains(word.Index)))
            {
                yield break;
            }

            var runs = Runs(words);
            yield return new(runs[0], Direction.Above, prior);
            if (runs.Count > 1)
            {
                yield return new(words, Direction.Above, prior * 0.9);
            }

            yield break;
        }
    }

    /// <summary>Where the next thing on the label's line begins; without one, the column is as wide as the page.</summary>
    private double RightEdgeOfCell(LabelMatch label)
    {
        var next = _page.Lines[label.Line].Words.FirstOrDefault(word => word.X0 > label.X1 + (0.6 * label.Height));
        var edge = next?.X0 ?? double.MaxValue;

        // Boxed forms: the neighbour's label may sit on a line of its own a point higher or lower.
        foreach (var line in _page.Lines.Skip(Math.Max(0, label.Line - 1)).Take(3))
        {
            foreach (var word in line.Words)
            {
                if (word.X0 > label.X1 + (1.5 * label.Height) && word.CentreY > label.Y0 && word.CentreY < label.Y1)
                {
                    edge = Math.Min(edge, word.X0);
                }
            }
        }

        return edge == double.MaxValue ? edge : edge - 1;
    }

    /// <summary>Lines that continue a value: the same left edge, an ordinary distance, no label.</summary>
    private IReadOnlyList<LayoutWord> ContinueBelow(IReadOnlyList<LayoutWord> first, int lines, LabelMatch label)
    {
        var words = new List<LayoutWord>(first);
        var (left, bottom) = (first[0].X0, first.Max(word => word.Y1));
        var height = first.Max(word => word.Height);
        var taken = 1;
        for (var i = _page.LineOf[first[0].Index] + 1; i < _page.Lines.Count && taken < lines; i++)
        {
            var line = _page.Lines[i];
            if (line.CentreY < bottom)
            {
                continue;
            }

            if (line.Y0 - bottom > 0.95 * height)
            {
                break;
            }

            var segment = line.Segments.FirstOrDefault(s => Math.Abs(s.X0 - left) < 1.2 * height);
            if (segment is null || segment.Words.Any(word => _labelWords.Contains(word.Index) || word.EndsWithColon)
                || line.Words.Any(word => _labelWords.Contains(word.Index) && word.X1 < left && word.X0 > label.X0 - (30 * height)))
            {
                break;
            }

            words.AddRange(segment.Words);
            bottom = segment.Y1;
            taken++;
        }

        return words;
    }

    private static List<List<LayoutWord>> Runs(List<LayoutWord> words)
    {
        var runs = new List<List<LayoutWord>> { new() { words[0] } };
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].X0 - words[i - 1].X1 > 1.3 * Math.Max(words[i].Height, words[i - 1].Height))
            {
                runs.Add([]);
            }

            runs[^1].Add(words[i]);
        }

        return runs;
    }

    /// <summary>Captions of boxes and other instructions between a label and its value.</summary>
    private static bool IsHint(LayoutWord word) =>
        DateCaptions.IsCaption(word) || word.Text.Trim('.', ',', '(', ')', '/', ':').ToUpperInvariant() is "SEX" or "FIRST" or "LAST" or "MIDDLE" or "INITIAL" or "";
}

internal static class LabelGeometry
{
    public static double CentreY(this LabelMatch label) => (label.Y0 + label.Y1) / 2;
}
