using DocPipeline.Documents;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve.Ask;

/// <summary>An answer after its words were looked up on the page.</summary>
/// <param name="Found">The value with its place; null where nothing on the page carries the answer.</param>
/// <param name="Unfounded">What the model said all the same: for a reviewer, never a value. Null where it said nothing.</param>
internal sealed record Grounded(OpenQuestion Question, Candidate? Found, string? Unfounded)
{
    /// <summary>Nothing said, or nothing that helps.</summary>
    public bool IsOpen => Found is null;
}

/// <summary>The only way from a model's answer to a value: through words on the page, read by the reader.</summary>
internal static class Grounding
{
    private const int MostWords = 30;
    private const int LongestSuggestion = 100;

    public static Grounded Of(OpenQuestion question, ModelAnswer? answer, Material material, FieldType type, ReaderContext conventions)
    {
        if (answer is null || (answer.Candidate == 0 && answer.Words.Count == 0 && string.IsNullOrWhiteSpace(answer.Text)))
        {
            return new(question, null, null);
        }

        // 1. A candidate was read from the page already.
        if (answer.Candidate >= 1 && answer.Candidate <= question.Choices.Count)
        {
            return new(question, question.Choices[answer.Candidate - 1], null);
        }

        // 2. Words: shown, on one page, saying what the answer says they say, and readable as a value of the field.
        var said = Short(answer.Text);
        if (answer.Words.Count > MostWords || material.Find(answer.Words) is not { } place)
        {
            return new(question, null, said);
        }

        var printed = string.Join(' ', place.Words.Select(word => word.Text));
        var reading = FieldReaders.Read(type, printed, conventions);
        return reading is null || (Fold(answer.Text) != Fold(printed) && Fold(answer.Text) != Fold(reading.Value))
            ? new(question, null, said)
            : new(question, new(reading.Value, 0, place.Page.EvidenceOf(place.Words), "found on the page by a language model", reading.Alternatives), null);
    }

    private static string? Short(string text)
    {
        var visible = string.Concat(text.Where(character => !char.IsControl(character))).Trim();
        return visible.Length == 0 ? null : visible.Length <= LongestSuggestion ? visible : visible[..LongestSuggestion];
    }

    private static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
