using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>The company that made a document: at the top, in large type, not the title.</summary>
internal static class Letterheads
{
    private static readonly string[] AddressWords =
        ["no", "lot", "unit", "jalan", "jln", "lorong", "taman", "persiaran", "street", "st", "road", "rd", "avenue", "ave", "floor", "level", "suite", "tower", "blok", "block", "straße", "strasse", "rue", "p.o", "box"];

    private static readonly string[] InsurerWords =
        ["insurance", "assurance", "versicherung", "versicherungen", "mutual", "underwriters", "seguros", "assurances", "indemnity", "casualty"];

    public static IEnumerable<Proposal> FromHead(string name, FieldSchema field, UnlabelledContext context)
    {
        var page = context.Pages[0];
        var limit = 0.3 * page.Page.Height;
        var rank = 0;
        foreach (var segment in page.Segments.Where(s => s.Y0 < limit && IsName(s, page, context)).OrderBy(s => s.Y0).Take(8))
        {
            var reading = context.Reader.Read(field with { Type = FieldType.Organization }, NameIn(segment.Words, context));
            if (reading is null)
            {
                continue;
            }

            // Large type and a legal form speak for it; every line further down speaks against it.
            var size = Math.Clamp(segment.Height / page.TextHeight, 0.7, 2.2);
            var score = (0.1 + (0.17 * (size - 0.7)) + (0.45 * reading.Plausibility)) * Math.Pow(0.93, rank);
            rank++;
            yield return new(name, reading.Value, Math.Min(score, 0.72), page, reading.Words, "at the head of the first page", []);
        }
    }

    public static IEnumerable<Proposal> FromTopLines(string name, FieldSchema field, UnlabelledContext context)
    {
        var page = context.Pages[0];
        var rank = 0;
        var lines = page.Lines.Where(line => line.Words.Sum(word => word.Text.Count(char.IsLetter)) >= 3).Take(7).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var words = CompanyIn(lines[i].Words);
            if (words.Count == 0 || context.HasLabel(page, words) || words.Exists(word => word.EndsWithColon) || IsTitle(words, context))
            {
                continue;
            }

            // A legal form, or the last word of the name with it, that did not fit on the line.
            if (i + 1 < lines.Count && CompanyIn(lines[i + 1].Words) is { Count: > 0 } next && !words.Exists(IsLegalForm) && EndsAName(next))
            {
                words.AddRange(next);
                i++;
            }

            var reading = context.Reader.Read(field with { Type = FieldType.Organization }, words);
            if (reading is not null)
            {
                // A receipt names the company by its legal form; a line of an address is no company.
                var score = (0.2 + (0.5 * reading.Plausibility) + (HasLegalForm(words) ? 0.1 : 0)) * Math.Pow(0.88, rank) * (IsAddressLine(words) ? 0.4 : 1);
                rank += IsAddressLine(words) ? 0 : 1;
                yield return new(name, reading.Value, score, page, reading.Words, "among the top lines", []);
            }
        }
    }

    /// <summary>A line without specks at its ends and without the register number that follows a legal form: "Example Sdn Bhd (123456-X)".</summary>
    private static List<LayoutWord> CompanyIn(IReadOnlyList<LayoutWord> line)
    {
        var words = WithLegalForm([.. line.SkipWhile(IsSpeck).Reverse().SkipWhile(IsSpeck).Reverse()]);
        var register = words.FindIndex(word => word.Text[0] is '(' or '{' or '[');
        while (register > 0 && !(IsLegalForm(words[register - 1]) && words.Skip(register).Any(word => word.Text.Any(char.IsAsciiDigit))))
        {
            register = words.FindIndex(register + 1, word => word.Text[0] is '(' or '{' or '[');
        }

        return register > 0 ? words[..register] : words;

        static bool IsSpeck(LayoutWord word) => !word.Text.Any(char.IsLetterOrDigit);
    }

    /// <summary>"SDN BHD" misread in one letter, behind a name: two words that together are nothing else.</summary>
    private static List<LayoutWord> WithLegalForm(List<LayoutWord> words)
    {
        for (var i = 1; i + 1 < words.Count; i++)
        {
            var both = $"{NameWords.Bare(words[i].Text)} {NameWords.Bare(words[i + 1].Text)}";
            if (NameWords.LegalPairs.FirstOrDefault(pair => pair != both && EditDistance.Between(both, pair, 3) <= 2 && both[0] == pair[0]) is { } meant)
            {
                var upper = words[i].Text.Count(char.IsUpper) > 1;
                var parts = meant.Split(' ').Select(part => upper ? part.ToUpperInvariant() : $"{char.ToUpperInvariant(part[0])}{part[1..]}").ToList();
                return [.. words[..i], words[i] with { Text = parts[0] }, words[i + 1] with { Text = parts[1] }, .. words[(i + 2)..]];
            }
        }

        return words;
    }

    /// <summary>Nothing but a legal form, or one word for the line of business before it.</summary>
    private static bool EndsAName(List<LayoutWord> words) =>
        IsLegalForm(words[^1]) && words.Where(word => !IsLegalForm(word)).ToList() is var rest
        && (rest.Count == 0 || (rest.Count == 1 && NameWords.Businesses.Contains(NameWords.Bare(rest[0].Text))));

    private static bool IsAddressLine(List<LayoutWord> words) =>
        !HasLegalForm(words)
        && (words.Any(word => AddressWords.Contains(NameWords.Bare(word.Text)) || (word.Text.Length >= 5 && word.Text.Trim(',', '.').All(char.IsAsciiDigit)))
            || (words.Count > 1 && words[0].Text.Any(char.IsAsciiDigit) && words[0].Text.Contains(',')));

    /// <summary>A legal form behind a name and before no number: "Example PA", not "Exampleton, PA 17099".</summary>
    private static bool HasLegalForm(List<LayoutWord> words) =>
        words.FindLastIndex(IsLegalForm) is > 0 and var at && !words.Skip(at + 1).Any(word => word.Text.Any(char.IsAsciiDigit));

    private static bool IsLegalForm(LayoutWord word) => NameWords.LegalForms.Contains(NameWords.Bare(word.Text));

    /// <summary>The name over an address at the top right of a form: claim forms are addressed to the carrier there.</summary>
    public static IEnumerable<Proposal> FromCarrierBlock(string name, FieldSchema field, UnlabelledContext context)
    {
        var page = context.Pages[0];
        var head = page.Segments.Where(s => s.Y0 < 0.15 * page.Page.Height && s.X0 > 0.45 * page.Page.Width).OrderBy(s => s.Y0).ToList();
        foreach (var segment in head.Where(s => IsName(s, page, context)))
        {
            var below = head.Where(s => s.Y0 > segment.Y0 && s.Y0 - segment.Y1 < 3 * segment.Height && Math.Abs(s.X0 - segment.X0) < segment.Height).Take(2).ToList();
            if (!below.Exists(s => s.Text.Any(char.IsAsciiDigit)) || context.Reader.Read(field with { Type = FieldType.Organization }, segment.Words) is not { } reading)
            {
                continue;
            }

            yield return new(name, reading.Value, 0.3 + (0.4 * reading.Plausibility), page, reading.Words, "over an address at the top right", []);
            yield break;
        }
    }

    /// <summary>A phrase that ends like an insurer's name: "Example Mutual Insurance Company".</summary>
    public static IEnumerable<Proposal> FromInsurerPhrase(string name, FieldSchema field, UnlabelledContext context)
    {
        foreach (var page in context.Pages.Take(2))
        {
            foreach (var segment in page.Segments.Where(s => s.Words.Count is >= 2 and <= 7 && s.Y0 < 0.5 * page.Page.Height))
            {
                if (!segment.Words.Any(word => InsurerWords.Contains(word.Text.Trim(',', '.').ToLowerInvariant()))
                    || context.HasLabel(page, segment.Words) || IsTitle(segment.Words, context) || segment.Words.Any(word => word.EndsWithColon))
                {
                    continue;
                }

                var reading = context.Reader.Read(field with { Type = FieldType.Organization }, segment.Words);
                if (reading is not null)
                {
                    var size = Math.Clamp(segment.Height / page.TextHeight, 0.8, 1.6);
                    yield return new(name, reading.Value, 0.34 * reading.Plausibility * size, page, reading.Words, "a phrase that names an insurer", []);
                }
            }
        }
    }

    /// <summary>The name alone: without a title behind it ("Example Mutual Claim Form") and without the address of a sender's line ("Example AG - Street 1 - City").</summary>
    private static IReadOnlyList<LayoutWord> NameIn(IReadOnlyList<LayoutWord> words, UnlabelledContext context)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].Text is "-" or "–" or "·" or "|" or "•")
            {
                return [.. words.Take(i)];
            }

            var rest = string.Concat(words.Skip(i).Select(word => context.Book.Text.FoldWord(word.Text)));
            if (context.Titles.Contains(rest))
            {
                return [.. words.Take(i)];
            }
        }

        return words;
    }

    private static bool IsName(Segment segment, PageLayout page, UnlabelledContext context) =>
        NameIn(segment.Words, context) is var name
        && name.Count <= 8
        && name.Sum(word => word.Text.Count(char.IsLetter)) >= 3
        && name.Sum(word => word.Text.Count(char.IsAsciiDigit)) <= 2
        && !segment.Words.Any(word => word.EndsWithColon)
        && !context.HasLabel(page, segment.Words)
        && !IsTitle(name, context)
        && !segment.Text.Contains('@') && !segment.Text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    /// <summary>The document's title is no company; neither is a title with a word or two around it.</summary>
    private static bool IsTitle(IReadOnlyList<LayoutWord> words, UnlabelledContext context)
    {
        if (words[^1].Text.TrimEnd(':').ToLowerInvariant() is "details" or "information" or "summary" or "report")
        {
            return true;
        }

        var folded = string.Concat(words.Select(word => context.Book.Text.FoldWord(word.Text)));
        return context.Titles.Any(title => folded == title || (title.Length >= 8 && folded.StartsWith(title, StringComparison.Ordinal)));
    }
}
