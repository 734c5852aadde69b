using System.Text.Json;

namespace DocPipeline.Resolve.Ask;

/// <summary>What a model said about one question; believed by nobody yet.</summary>
/// <param name="Question">Its id, from 1.</param>
/// <param name="Candidate">Number of a candidate, from 1; 0 for none.</param>
/// <param name="Words">Numbers of words; empty for none.</param>
/// <param name="Text">What they say.</param>
internal sealed record ModelAnswer(int Question, int Candidate, IReadOnlyList<int> Words, string Text)
{
    private const int MostWords = 60;
    private const int LongestText = 600;

    /// <summary>Answers by question. A reply that is not of the schema, or that answers a question twice or one that was not asked, is none.</summary>
    /// <exception cref="FormatException">It is no answer; the message says why and holds nothing of it.</exception>
    public static IReadOnlyDictionary<int, ModelAnswer> Parse(string json, int questions)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 8 });
            var answers = document.RootElement.GetProperty("answers").EnumerateArray().Select(Of).ToList();
            return answers.Exists(answer => answer.Question < 1 || answer.Question > questions)
                ? throw new FormatException("it answers a question that was not asked")
                : answers.Select(answer => answer.Question).Distinct().Count() == answers.Count
                    ? answers.ToDictionary(answer => answer.Question)
                    : throw new FormatException("it answers a question twice");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("it is not of the schema", exception);
        }
    }

    private static ModelAnswer Of(JsonElement element)
    {
        var verdict = element.GetProperty("verdict").GetString();
        var candidate = element.GetProperty("candidate").GetInt32();
        var words = element.GetProperty("words").EnumerateArray().Select(word => word.GetInt32()).Take(MostWords).ToList();
        var text = element.GetProperty("text").GetString() ?? "";
        var question = element.GetProperty("question").GetInt32();
        return verdict switch
        {
            "candidate" => new(question, candidate, [], ""),
            "words" => new(question, 0, words, text[..Math.Min(text.Length, LongestText)]),
            "absent" => new(question, 0, [], ""),
            _ => throw new FormatException("it has a verdict that does not exist"),
        };
    }
}
