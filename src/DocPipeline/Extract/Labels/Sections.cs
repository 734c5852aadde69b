using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Labels;

/// <summary>
/// The sections of a page: a heading rules what stands below it, in its own column where several headings share a row,
/// until the next heading there. A page starts in the section in which the page before it ended.
/// </summary>
internal sealed class Sections
{
    private readonly List<Heading> _headings = [];
    private readonly string? _before;

    public Sections(PageLayout page, LabelBook book, string? before)
    {
        _before = before;
        foreach (var segment in page.Segments)
        {
            if (RoleOf(segment, book, page) is { } role)
            {
                _headings.Add(new(role, segment));
            }
        }
    }

    /// <summary>The section in which the page ends.</summary>
    public string? Last => _headings.Count == 0 ? _before : _headings[^1].Role;

    public string? At(LabelMatch label)
    {
        Heading? best = null;
        foreach (var heading in _headings)
        {
            if (heading.Segment.Y0 >= label.Y0 - 1 || heading.Segment.X0 > label.X0 + (4 * label.Height))
            {
                continue;
            }

            if (best is null || IsNearer(heading, best, label))
            {
                best = heading;
            }
        }

        return best?.Role ?? _before;
    }

    private static bool IsNearer(Heading heading, Heading best, LabelMatch label)
    {
        var sameRow = Math.Abs(heading.Segment.Y0 - best.Segment.Y0) < label.Height;
        return sameRow ? heading.Segment.X0 > best.Segment.X0 : heading.Segment.Y0 > best.Segment.Y0;
    }

    /// <summary>A heading stands alone in its segment; a bare noun such as "Insured" must look like a heading, for it is a label as often.</summary>
    private static string? RoleOf(Segment segment, LabelBook book, PageLayout page)
    {
        if (segment.Words.Count > 6)
        {
            return null;
        }

        var words = segment.Words.SkipWhile(word => word.Text.Length <= 3 && word.Text.TrimEnd('.', ')').All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) && word.Text.EndsWith('.')).ToList();
        if (words.Count == 0)
        {
            return null;
        }

        var role = book.SectionOf(string.Concat(words.Select(word => book.Text.FoldWord(word.Text))));
        if (role is null || words.Count > 1)
        {
            return role;
        }

        if (words[0].Text.Length <= 3 || words[0].EndsWithColon)
        {
            return null;
        }

        return words[0].Text.All(c => !char.IsLower(c)) || StandsAlone(segment, page) ? role : null;
    }

    /// <summary>Nothing else is on its line, or only other short texts far away, as in a row of headings.</summary>
    private static bool StandsAlone(Segment segment, PageLayout page) =>
        page.Lines[segment.Line].Segments.All(other => other.Words.Count <= 3 && !other.Words[^1].EndsWithColon && !other.Text.Any(char.IsAsciiDigit));

    private sealed record Heading(string Role, Segment Segment);
}
