using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using DocPipeline.Documents;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve.Ask;

/// <summary>
/// What a model gets to see of one document: its questions and the words around them, as one JSON document. Text of the paper stands inside JSON strings and nowhere else;
/// structure (numbers of questions, candidates, words, pages) is ours.
/// </summary>
internal sealed class Material
{
    private const int MostWords = 900;
    private const int LongestWord = 60;
    private const int MostLabels = 8;

    // Letters of all scripts stay readable, and cheap; quotes, <, >, & and control characters are always escaped.
    private static readonly JsonSerializerOptions Escaped = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Dictionary<int, (PageLayout Page, LayoutWord Word)> _words;

    private Material(IReadOnlyList<OpenQuestion> questions, string json, Look? look, Dictionary<int, (PageLayout Page, LayoutWord Word)> words, IReadOnlyList<PageLayout> pages)
    {
        (Questions, Json, Look, _words, Pages) = (questions, json, look, words, pages);
    }

    /// <summary>The question with id n is the one at n - 1.</summary>
    public IReadOnlyList<OpenQuestion> Questions { get; }

    public string Json { get; }

    /// <summary>Goes along; null where there is none.</summary>
    public Look? Look { get; }

    /// <summary>Pages of the document, those without words left out.</summary>
    public IReadOnlyList<PageLayout> Pages { get; }

    /// <param name="questions">All of one document.</param>
    /// <param name="pages">All pages of the file.</param>
    /// <param name="look">What a model that sees is shown; null for none.</param>
    public static Material Of(ExtractedDocument document, IReadOnlyList<OpenQuestion> questions, IReadOnlyList<Page> pages, Look? look = null)
    {
        var layouts = pages.Where(page => document.Pages.Contains(page.Number)).Select(PageLayout.Of).Where(layout => layout.Words.Count > 0).ToList();
        var shown = Nearest(layouts, questions);

        // Numbers run over the lines that are shown, so they say nothing about what is left out.
        var numbers = new Dictionary<int, (PageLayout Page, LayoutWord Word)>();
        var lines = new JsonArray();
        foreach (var (layout, line) in shown)
        {
            var words = new JsonArray();
            foreach (var word in line.Words)
            {
                numbers.Add(numbers.Count + 1, (layout, word));
                words.Add(new JsonArray(numbers.Count, Visible(word.Text)));
            }

            lines.Add(new JsonObject { ["page"] = layout.Page.Number, ["words"] = words });
        }

        var json = new JsonObject
        {
            ["document"] = new JsonObject { ["type"] = document.Type, ["pages"] = new JsonArray([.. document.Pages.Select(page => (JsonNode)page)]) },
            ["questions"] = new JsonArray([.. questions.Select((question, index) => Question(question, index + 1, document, numbers))]),
            ["lines"] = lines,
        };
        if (look is not null)
        {
            json["picture"] = new JsonObject { ["page"] = look.Page };
        }

        return new(questions, json.ToJsonString(Escaped), look, numbers, layouts);
    }

    /// <summary>The words with these numbers; null unless all of them are shown, once, and on one page.</summary>
    public (PageLayout Page, IReadOnlyList<LayoutWord> Words)? Find(IReadOnlyList<int> numbers)
    {
        var found = numbers.Distinct().Where(_words.ContainsKey).Select(number => _words[number]).ToList();
        return found.Count == 0 || found.Count != numbers.Count || found.Select(entry => entry.Page).Distinct().Count() > 1 ? null : (found[0].Page, [.. found.Select(entry => entry.Word)]);
    }

    private static JsonNode Question(OpenQuestion question, int id, ExtractedDocument document, Dictionary<int, (PageLayout Page, LayoutWord Word)> numbers)
    {
        var schema = DocumentTypes.Shipped.FieldsOf(document.Type)[question.Field];
        return new JsonObject
        {
            ["id"] = id,
            ["field"] = question.Field,
            ["kind"] = schema.Type.ToString(),
            ["label"] = Strings(schema.Labels.Take(MostLabels)),
            ["doubt"] = JsonNamingPolicy.CamelCase.ConvertName(question.Doubt.ToString()),
            ["candidates"] = new JsonArray([.. question.Choices.Select((choice, index) => (JsonNode)new JsonObject
            {
                ["candidate"] = index + 1,
                ["value"] = Visible(choice.Value),
                ["page"] = choice.Evidence.Page,
                ["words"] = new JsonArray([.. WordsOf(choice.Evidence, numbers).Select(number => (JsonNode)number)]),
            })]),
            ["other_documents"] = Strings(question.Elsewhere.Select(Visible)),
        };
    }

    private static IEnumerable<int> WordsOf(Evidence evidence, Dictionary<int, (PageLayout Page, LayoutWord Word)> numbers) => numbers
        .Where(entry => entry.Value.Page.Page.Number == evidence.Page && Inside(entry.Value.Page.BoxOf([entry.Value.Word]), evidence.Box))
        .Select(entry => entry.Key);

    private static bool Inside(Box word, Box box) =>
        word.CentreX >= box.X0 && word.CentreX <= box.X1 && word.CentreY >= box.Y0 && word.CentreY <= box.Y1;

    /// <summary>Whole lines, those nearest to candidates first and then from the top, until there are words enough; in the order of the pages.</summary>
    private static IEnumerable<(PageLayout Layout, TextLine Line)> Nearest(List<PageLayout> layouts, IReadOnlyList<OpenQuestion> questions)
    {
        var places = questions.SelectMany(question => question.Choices).Select(choice => choice.Evidence).ToList();
        var taken = new HashSet<TextLine>(ReferenceEqualityComparer.Instance);
        var words = 0;
        foreach (var line in layouts.SelectMany((layout, order) => layout.Lines.Select(line => (line, order, distance: Distance(layout, line, places))))
            .OrderBy(entry => entry.distance).ThenBy(entry => entry.order).ThenBy(entry => entry.line.Number).Select(entry => entry.line))
        {
            if (words + line.Words.Count <= MostWords)
            {
                taken.Add(line);
                words += line.Words.Count;
            }
        }

        return layouts.SelectMany(layout => layout.Lines.Where(taken.Contains).Select(line => (layout, line)));
    }

    /// <summary>In twentieths of a page to the nearest candidate on it; far away where it has none.</summary>
    private static int Distance(PageLayout layout, TextLine line, List<Evidence> places) => places
        .Where(place => place.Page == layout.Page.Number)
        .Select(place => (int)(20 * Math.Abs(place.Box.CentreY - (line.CentreY / layout.Page.Height))))
        .DefaultIfEmpty(int.MaxValue)
        .Min();

    /// <summary>As a person sees it: no control, format, private or unassigned characters, in which a message can hide.</summary>
    private static string Visible(string text)
    {
        var seen = string.Concat(text.EnumerateRunes().Where(rune => !Hides(rune)).Select(rune => rune.ToString()));
        return seen.Length <= LongestWord ? seen : seen[..LongestWord];
    }

    private static bool Hides(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
