using DocPipeline.Documents;

namespace DocPipeline.Extract.Layout;

/// <summary>One page as lines and segments, in points, origin at the top left.</summary>
internal sealed class PageLayout
{
    // A gap of one text height is wider than any space of running text and narrower than a gutter between columns.
    private const double SegmentGap = 1.05;

    private PageLayout(Page page, IReadOnlyList<LayoutWord> words, IReadOnlyList<TextLine> lines, double textHeight)
    {
        Page = page;
        Words = words;
        Lines = lines;
        TextHeight = textHeight;
        Segments = [.. lines.SelectMany(line => line.Segments)];
        LineOf = new int[words.Count];
        foreach (var line in lines)
        {
            foreach (var word in line.Words)
            {
                LineOf[word.Index] = line.Number;
            }
        }
    }

    public Page Page { get; }

    public IReadOnlyList<LayoutWord> Words { get; }

    public IReadOnlyList<TextLine> Lines { get; }

    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Line number by word index.</summary>
    public int[] LineOf { get; }

    /// <summary>Median height of a word, in points.</summary>
    public double TextHeight { get; }

    public static PageLayout Of(Page page)
    {
        var words = Cut(page);
        var heights = words.Where(word => word.Text.Length > 1).Select(word => word.Height).Order().ToList();
        var textHeight = heights.Count == 0 ? 10 : Math.Max(heights[heights.Count / 2], 2);
        return new PageLayout(page, words, Group(words, textHeight), textHeight);
    }

    public Box BoxOf(IEnumerable<LayoutWord> words)
    {
        var list = words as IReadOnlyList<LayoutWord> ?? [.. words];
        return new Box(
            Fraction(list.Min(word => word.X0), Page.Width),
            Fraction(list.Min(word => word.Y0), Page.Height),
            Fraction(list.Max(word => word.X1), Page.Width),
            Fraction(list.Max(word => word.Y1), Page.Height));
    }

    public Evidence EvidenceOf(IReadOnlyList<LayoutWord> words) =>
        new(Page.Number, BoxOf(words), string.Join(' ', words.Select(word => word.Text)), Page.Source);

    private static double Fraction(double value, double whole) => Math.Round(Math.Clamp(value / whole, 0, 1), 5);

    /// <summary>A label glued to its value (<c>Name:Miller</c>, <c>Policy#123</c>) is cut behind the colon or hash.</summary>
    private static List<LayoutWord> Cut(Page page)
    {
        var words = new List<LayoutWord>(page.Words.Count);
        foreach (var word in page.Words)
        {
            var (x0, x1) = (word.Box.X0 * page.Width, word.Box.X1 * page.Width);
            var (y0, y1) = (word.Box.Y0 * page.Height, word.Box.Y1 * page.Height);
            var cut = CutAt(word.Text);
            if (cut > 0)
            {
                var middle = x0 + ((x1 - x0) * cut / word.Text.Length);
                words.Add(new(words.Count, word.Text[..cut], x0, y0, middle, y1, word.Confidence, word.ReadingsAgree));
                words.Add(new(words.Count, word.Text[cut..], middle, y0, x1, y1, word.Confidence, word.ReadingsAgree));
            }
            else
            {
                words.Add(new(words.Count, word.Text, x0, y0, x1, y1, word.Confidence, word.ReadingsAgree, word.OtherReading));
            }
        }

        return words;
    }

    private static int CutAt(string text)
    {
        var colon = text.IndexOf(':');
        if (colon > 1 && colon < text.Length - 1 && char.IsLetter(text[colon - 1]) && text[colon + 1] is not ('/' or '\\'))
        {
            return colon + 1;
        }

        // "n°123456789"
        if (text.Length > 4 && text[0] is 'n' or 'N' && text[1] is '°' or 'º' && char.IsAsciiDigit(text[2]))
        {
            return 2;
        }

        var hash = text.IndexOf('#');
        return hash > 1 && hash < text.Length - 1 && char.IsLetter(text[hash - 1]) ? hash + 1 : 0;
    }

    private static List<TextLine> Group(List<LayoutWord> words, double textHeight)
    {
        var rows = new List<List<LayoutWord>>();
        foreach (var word in words.OrderBy(word => word.CentreY).ThenBy(word => word.X0))
        {
            // The newest rows are the candidates: centres come in ascending order.
            List<LayoutWord>? home = null;
            for (var i = rows.Count - 1; i >= 0 && i >= rows.Count - 4 && home is null; i--)
            {
                if (SameLine(rows[i], word, textHeight))
                {
                    home = rows[i];
                }
            }

            if (home is null)
            {
                rows.Add([word]);
            }
            else
            {
                home.Add(word);
            }
        }

        var lines = new List<TextLine>(rows.Count);
        foreach (var row in rows.OrderBy(row => row.Average(word => word.CentreY)))
        {
            row.Sort((a, b) => a.X0.CompareTo(b.X0));
            lines.Add(new(lines.Count, row, Divide(row, lines.Count)));
        }

        return lines;
    }

    /// <summary>Compares with the nearest words to the left and right, so that a tilted line does not drift apart.</summary>
    private static bool SameLine(List<LayoutWord> row, LayoutWord word, double textHeight)
    {
        LayoutWord? nearest = null;
        var distance = double.MaxValue;
        foreach (var other in row)
        {
            var gap = Math.Max(other.X0 - word.X1, word.X0 - other.X1);
            if (gap < distance)
            {
                (nearest, distance) = (other, gap);
            }
        }

        if (nearest is null)
        {
            return false;
        }

        var overlap = Math.Min(nearest.Y1, word.Y1) - Math.Max(nearest.Y0, word.Y0);
        var smaller = Math.Max(Math.Min(nearest.Height, word.Height), 0.4 * textHeight);

        // A small caption over a large value: both share the column, so only nearly the same height makes them one line.
        if (distance < -0.5 * Math.Min(word.X1 - word.X0, nearest.X1 - nearest.X0) && overlap < 0.8 * smaller)
        {
            return false;
        }

        return overlap >= 0.5 * smaller && Math.Abs(nearest.CentreY - word.CentreY) <= 0.6 * Math.Max(textHeight, Math.Min(nearest.Height, word.Height));
    }

    private static List<Segment> Divide(List<LayoutWord> row, int line)
    {
        var segments = new List<Segment>();
        var run = new List<LayoutWord> { row[0] };
        for (var i = 1; i < row.Count; i++)
        {
            var gap = row[i].X0 - row[i - 1].X1;
            var height = Math.Max(row[i].Height, row[i - 1].Height);
            if (gap > SegmentGap * height)
            {
                segments.Add(new([.. run], line));
                run.Clear();
            }

            run.Add(row[i]);
        }

        segments.Add(new([.. run], line));
        return segments;
    }
}
