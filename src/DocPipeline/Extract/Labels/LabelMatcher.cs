using DocPipeline.Documents;
using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Labels;

/// <summary>Finds the labels of a page: the longest wording that starts at a word wins, and no word belongs to two labels.</summary>
internal sealed class LabelMatcher(LabelBook book)
{
    private const int LongestLabel = 10;

    // A label may be divided by one wide space ("V I N"), not by a gutter.
    private const double WidestGap = 2.2;

    public IReadOnlyList<LabelMatch> Match(PageLayout page, string? sectionBefore, out string? sectionAfter)
    {
        var misread = PageSources.IsSeen(page.Page.Source);
        var found = new List<LabelMatch>();
        foreach (var line in page.Lines)
        {
            MatchLine(page, line, misread, found);
        }

        var sections = new Sections(page, book, sectionBefore);
        sectionAfter = sections.Last;
        return [.. found.Select(match => match with { Section = sections.At(match) })];
    }

    private void MatchLine(PageLayout page, TextLine line, bool misread, List<LabelMatch> found)
    {
        var words = line.Words;
        var folded = words.Select(word => book.Text.FoldWord(word.Text)).ToArray();
        for (var start = 0; start < words.Count;)
        {
            var match = MatchAt(page, line, folded, start, misread, out var next);
            if (match is not null)
            {
                found.Add(match);
            }

            start = next;
        }
    }

    private LabelMatch? MatchAt(PageLayout page, TextLine line, string[] folded, int start, bool misread, out int next)
    {
        next = start + 1;
        if (folded[start].Length == 0)
        {
            return null;
        }

        var end = FurthestEnd(line, start);
        for (var last = end; last >= start; last--)
        {
            var wording = string.Concat(folded.AsSpan(start, last - start + 1)!);
            var known = book.Find(wording) is not null ? wording : misread && last - start < 6 ? book.FindMisread(wording) : null;
            if (known is null || book.Find(known) is not { } targets)
            {
                continue;
            }

            var tail = IncludeParenthesis(line, last);
            var quality = QualityOf(line, start, last, tail);
            if (known != wording)
            {
                quality *= 0.9;
            }

            if (quality <= 0)
            {
                continue;
            }

            next = tail + 1;
            var words = line.Words.Skip(start).Take(tail - start + 1).ToList();
            return new(page, words, line.Number, known, words[^1].EndsWithColon || line.Words[last].EndsWithColon, quality, targets, Section: null);
        }

        return null;
    }

    private static int FurthestEnd(TextLine line, int start)
    {
        var end = start;
        while (end + 1 < line.Words.Count && end - start + 1 < LongestLabel
            && !line.Words[end].EndsWithColon
            && line.Words[end + 1].X0 - line.Words[end].X1 < WidestGap * line.Words[end].Height)
        {
            end++;
        }

        return end;
    }

    /// <summary><c>Amount (USD):</c> and <c>Name (Last, First)</c>: the parenthesis belongs to the label.</summary>
    private static int IncludeParenthesis(TextLine line, int last)
    {
        if (line.Words[last].EndsWithColon || last + 1 >= line.Words.Count)
        {
            return last;
        }

        var next = line.Words[last + 1].Text;
        if (next is ":" or "*" or "*:" or "-" && line.Words[last + 1].X0 - line.Words[last].X1 < line.Words[last].Height)
        {
            return last + 1;
        }

        if (!next.StartsWith('('))
        {
            return last;
        }

        for (var i = last + 1; i < line.Words.Count && i <= last + 10; i++)
        {
            if (line.Words[i].Text.TrimEnd(':', '.', '*').EndsWith(')'))
            {
                // A value in parentheses, such as an area code, is no explanation; a number among words is: "(For Program in Item 1)".
                var inside = line.Words.Skip(last + 1).Take(i - last).ToList();
                return inside.Sum(word => word.Text.Count(char.IsLetter)) < 4 * inside.Sum(word => word.Text.Count(char.IsAsciiDigit)) ? last : i;
            }
        }

        return last;
    }

    private static double QualityOf(TextLine line, int start, int last, int tail)
    {
        var segment = line.Segments.First(s => s.Words[^1].X1 >= line.Words[start].X0 - 0.01);
        var position = IndexIn(segment, line.Words[start]);
        var colon = line.Words[tail].EndsWithColon || line.Words[last].EndsWithColon || line.Words[tail].Text == ":";
        var starts = position == 0
            || Enumerable.Range(0, position).All(i => IsItemNumber(segment.Words[i].Text))
            || IsBoxNumber(segment.Words[position - 1].Text)
            || segment.Words[position - 1].EndsWithColon;
        if (colon)
        {
            return starts ? 1 : PrecededByWord(segment, position) ? 0.8 : 0.9;
        }

        var after = segment.Words.Count - (IndexIn(segment, line.Words[Math.Min(tail, line.Words.Count - 1)]) + 1);
        if (ColonFollows(line, tail, segment))
        {
            // "Total Price:" where only "Total" is known: the label is another one.
            return starts ? 0.3 : 0;
        }

        if (starts)
        {
            return after == 0 ? 0.95 : after <= 6 ? 0.8 : last > start ? 0.45 : 0.3;
        }

        // Inside running text only a wording of several words says anything.
        return last - start >= 1 ? 0.35 : 0;
    }

    private static bool PrecededByWord(Segment segment, int position) =>
        position > 0 && segment.Words[position].X0 - segment.Words[position - 1].X1 < 0.45 * segment.Words[position].Height;

    private static bool ColonFollows(TextLine line, int tail, Segment segment)
    {
        for (var i = tail + 1; i < line.Words.Count && i <= tail + 3 && line.Words[i].X1 <= segment.X1 + 0.01; i++)
        {
            if (line.Words[i].EndsWithColon)
            {
                return !line.Words[i].Text.Any(char.IsAsciiDigit);
            }
        }

        return false;
    }

    private static int IndexIn(Segment segment, LayoutWord word)
    {
        for (var i = 0; i < segment.Words.Count; i++)
        {
            if (segment.Words[i].Index == word.Index)
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary><c>1a.</c>, <c>25.</c>: a number of a form's box even in the middle of a row.</summary>
    internal static bool IsBoxNumber(string text) =>
        text.Length is >= 2 and <= 4 && text[^1] == '.' && char.IsAsciiDigit(text[0]) && text.AsSpan(1, text.Length - 2).IndexOfAnyExceptInRange('0', 'z') < 0;

    /// <summary><c>2.</c>, <c>24.</c>, <c>1a.</c>, <c>b.</c>: the numbering of a form's boxes; also bullets.</summary>
    private static bool IsItemNumber(string text)
    {
        var bare = text.TrimEnd('.', ')', ':');
        return bare.Length switch
        {
            0 => true,
            1 => true,
            2 => char.IsAsciiDigit(bare[0]),
            3 => char.IsAsciiDigit(bare[0]) && char.IsAsciiDigit(bare[1]) && char.IsAsciiLetter(bare[2]),
            _ => false,
        };
    }
}
