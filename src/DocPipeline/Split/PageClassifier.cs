using System.Text.RegularExpressions;
using DocPipeline.Documents;
using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Split;

/// <summary>Scores a page for every document type by the phrases it carries: titles weigh by size and place, wordings once each.</summary>
internal sealed partial class PageClassifier
{
    private const double TitleWeight = 4;

    private readonly DocumentTypes _types;
    private readonly PhraseBook _phrases;
    private readonly LabelMatcher _labels;

    public PageClassifier(DocumentTypes types)
    {
        _types = types;
        _phrases = new(types);
        _labels = new(new LabelBook(types.Vocabulary, types.Vocabulary.Fields, []));
    }

    public PageClass Classify(Page page)
    {
        var layout = PageLayout.Of(page);
        var scores = new Dictionary<string, double>();
        var seen = new HashSet<TypePhrase>();
        var (title, titleScore) = ((string?)null, 0.0);
        foreach (var line in layout.Lines)
        {
            foreach (var (phrase, words, whole) in PhrasesOf(line, PageSources.IsSeen(page.Source)))
            {
                var weight = WeightOf(phrase, words, whole, layout);
                if (weight == 0 || !seen.Add(phrase))
                {
                    continue;
                }

                scores[phrase.Type] = scores.GetValueOrDefault(phrase.Type) + weight;
                if (phrase.Kind == PhraseKind.Title && whole && weight > titleScore && words[0].Y0 < 0.4 * page.Height)
                {
                    (title, titleScore) = (phrase.Type, weight);
                }
            }
        }

        AddShape(layout, scores);
        return new(page.Number, scores, title, ClaimLabels(layout), PageOf(layout), page.Words.Count);
    }

    /// <summary>
    /// For the types that are printed on till rolls: a page of such proportions with amounts, or a short one whose lines end in amounts. A photo of a
    /// receipt has no proportions to speak of.
    /// </summary>
    private void AddShape(PageLayout layout, Dictionary<string, double> scores)
    {
        var amounts = layout.Lines.Count(line => AmountWord().IsMatch(line.Words[^1].Text));
        var weight = layout.Page.Height > 1.6 * layout.Page.Width && amounts >= 2 ? 3 : layout.Words.Count < 150 && amounts >= 3 ? 2 : 0;
        if (weight > 0)
        {
            foreach (var type in _types.All.Where(type => type.NarrowPage))
            {
                scores[type.Name] = scores.GetValueOrDefault(type.Name) + weight;
            }
        }
    }

    private static double WeightOf(TypePhrase phrase, IReadOnlyList<LayoutWord> words, bool whole, PageLayout layout)
    {
        switch (phrase.Kind)
        {
            case PhraseKind.Wording:
                return phrase.Words > 1 ? 1 : 0.6;
            case PhraseKind.Unlike:
                return -2;
            default:
                var size = Math.Clamp(words.Max(word => word.Height) / layout.TextHeight, 0.8, 1.8);
                var place = words[0].Y0 < 0.35 * layout.Page.Height ? 1 : 0.45;
                var length = 0.7 + (0.15 * Math.Min(phrase.Words, 4));
                return TitleWeight * size * place * length * (whole ? 1 : words.Count > 1 ? 0.3 : 0.1);
        }
    }

    /// <summary>All known phrases of a line; <c>Whole</c> tells whether the phrase is alone in its segment, as titles are.</summary>
    private IEnumerable<(TypePhrase Phrase, IReadOnlyList<LayoutWord> Words, bool Whole)> PhrasesOf(TextLine line, bool misread)
    {
        var words = line.Words;
        var folded = words.Select(word => _phrases.Text.FoldWord(word.Text)).ToArray();
        for (var start = 0; start < words.Count; start++)
        {
            for (var length = 1; length <= PhraseBook.LongestPhrase && start + length <= words.Count; length++)
            {
                var wording = string.Concat(folded.AsSpan(start, length)!);
                var found = _phrases.Find(wording) ?? (misread ? _phrases.FindMisread(wording) : null);
                if (found is null)
                {
                    continue;
                }

                var span = words.Skip(start).Take(length).ToList();
                var whole = IsWhole(line, span);
                foreach (var phrase in found)
                {
                    yield return (phrase, span, whole);
                }
            }
        }
    }

    /// <summary>A title stands alone; a company's name or a qualifier of one word may stand beside it. With a colon it is a label.</summary>
    private static bool IsWhole(TextLine line, List<LayoutWord> span)
    {
        var segment = line.Segments.First(s => s.X1 >= span[0].X0);
        return segment.Words.Count <= span.Count + 1 && segment.X1 >= span[^1].X1 - 0.01 && !segment.Words.Any(word => word.EndsWithColon);
    }

    private int ClaimLabels(PageLayout layout) =>
        _labels.Match(layout, sectionBefore: null, out _)
            .Where(label => label.Quality >= 0.8)
            .SelectMany(label => label.Targets)
            .Where(target => target is { Field: not null, Role: null, Strength: 1 })
            .Select(target => target.Field)
            .Distinct()
            .Count();

    private static (int, int)? PageOf(PageLayout layout)
    {
        foreach (var line in layout.Lines)
        {
            var text = string.Join(' ', line.Words.Select(word => word.Text));
            var match = text.Length < 300 ? PageNumber().Match(text) : Match.Empty;
            if (match.Success)
            {
                return (int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value));
            }
        }

        return null;
    }

    [GeneratedRegex(@"[0-9][.,][0-9]{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex AmountWord();

    [GeneratedRegex(@"(?i)(?:page|seite|pg\.?)\s{0,2}([0-9]{1,3})\s{0,2}(?:of|von|/)\s{0,2}([0-9]{1,3})", RegexOptions.NonBacktracking)]
    private static partial Regex PageNumber();
}
