using DocPipeline.Documents;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Pages;
using DocPipeline.Providers;

namespace DocPipeline.Resolve.Ask;

/// <summary>Who finds personal data in the words of a page; null: nothing is blackened.</summary>
public sealed record PersonalDataFinder(TextAnalysis? Analysis)
{
    public static PersonalDataFinder None { get; } = new((TextAnalysis?)null);
}

/// <summary>
/// Blackens the personal data that no question is about before anything of a file goes to a language model. Where it cannot be found, nothing goes. Only words are blackened: a picture
/// would show them, so none goes with a file that was redacted.
/// </summary>
public sealed class Redaction(PersonalDataFinder finder, PageAnalyst analyst)
{
    private const char Black = '█';
    private const int LongestBar = 8;

    /// <param name="stop">Ends with the patience for the file.</param>
    /// <param name="cancelled">Ends with the step itself.</param>
    /// <returns>The file as a model may see it, or why it may not.</returns>
    public async Task<(FileToAsk File, string? Problem)> OfAsync(FileToAsk file, IReadOnlyList<OpenQuestion> questions, CancellationToken stop, CancellationToken cancelled)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(questions);
        if (finder.Analysis is not { } analysis)
        {
            return (file, null);
        }

        var sent = questions.SelectMany(question => file.Documents[question.Document].Pages).ToHashSet();
        var asked = questions.Select(question => DocumentTypes.Shipped.FieldsOf(file.Documents[question.Document].Type)[question.Field].Type).ToHashSet();
        var shown = questions.SelectMany(question => question.Choices).Select(choice => choice.Evidence).ToList();
        var pages = new List<Page>();
        foreach (var page in file.Pages)
        {
            var (seen, skipped) = sent.Contains(page.Number) ? await analyst.AskAsync(file.Content, page, analysis, AskModel.Name.Name, file.Submission, stop, cancelled) : default;
            if (skipped is not null)
            {
                return (file, $"{skipped.Reader} did not say what on page {page.Number} is personal. {skipped.Reason}");
            }

            pages.Add(seen is null ? page : page with { Words = [.. page.Words.Select(word => IsHidden(word, page.Number, seen.Layout.Pairs, asked, shown) ? Blackened(word) : word)] });
        }

        return (file with { Pages = pages, Draw = null }, null);
    }

    private static bool IsHidden(Word word, int page, IReadOnlyList<LayoutPair> personal, IReadOnlySet<FieldType> asked, IReadOnlyList<Evidence> shown) =>
        personal.Any(data => data.Value.Box is { } box && Holds(box, word) && !IsAsked(data.Name, asked))
        && !shown.Any(choice => choice.Page == page && Holds(choice.Box, word));

    /// <summary>Kinds of personal data as Comprehend names them. What is none of these is a number or a secret that no claim needs.</summary>
    private static bool IsAsked(string? kind, IReadOnlySet<FieldType> asked) => kind switch
    {
        "NAME" => asked.Overlaps([FieldType.Person, FieldType.Organization]),
        "ADDRESS" => asked.Overlaps([FieldType.Address, FieldType.Text, FieldType.LongText]),
        "DATE_TIME" => asked.Overlaps([FieldType.Date, FieldType.BirthDate, FieldType.Time]),
        "PHONE" => asked.Contains(FieldType.Phone),
        "EMAIL" => asked.Contains(FieldType.Email),
        "VEHICLE_IDENTIFICATION_NUMBER" => asked.Contains(FieldType.Vin),
        "LICENSE_PLATE" => asked.Contains(FieldType.LicensePlate),
        _ => false,
    };

    private static bool Holds(Box box, Word word) => word.Box.CentreX >= box.X0 && word.Box.CentreX <= box.X1 && word.Box.CentreY >= box.Y0 && word.Box.CentreY <= box.Y1;

    private static Word Blackened(Word word) => word with { Text = new string(Black, Math.Min(word.Text.Length, LongestBar)), OtherReading = null };
}
