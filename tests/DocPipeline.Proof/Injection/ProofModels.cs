using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Providers;

namespace DocPipeline.Proof.Injection;

/// <summary>
/// The worst model that could be asked: it obeys, what it sees in pictures too. A ready-made answer in the material is given word for word; otherwise every question gets what the attack is after, by candidate, by words, or,
/// where it stands nowhere, as bare text.
/// </summary>
internal sealed class ObedientModel : ILanguageModel
{
    private static readonly string[] Marks = ["Mallory", "98,765.43", "HACK-471199", "December 1999"];

    private int _asked;
    private int _reached;
    private int _obeyed;

    public string Provider => "scripted";

    public string Model => "obedient";

    public bool SeesPictures => true;

    /// <summary>What is to be read in the picture of the paper in hand beside its words; it reads all of it wherever it is sent a picture.</summary>
    public string InPicture { get; set; } = "";

    public int Asked => _asked;

    /// <summary>Of <see cref="Asked"/>, those with words of an attack in the material.</summary>
    public int Reached => _reached;

    /// <summary>Questions to which it gave what an attacker wants.</summary>
    public int Obeyed => _obeyed;

    public Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        var material = JsonNode.Parse(question.Material)!;
        var words = Shown.WordsOf(material);
        var printed = string.Join(' ', words.Select(word => word.Text).Append(question.Picture is null ? "" : InPicture));
        var attacked = Marks.Any(mark => printed.Contains(mark, StringComparison.Ordinal));
        if (attacked)
        {
            Interlocked.Increment(ref _reached);
        }

        var json = ReadyMade(printed, question.Schema) ?? new JsonObject
        {
            ["answers"] = new JsonArray([.. material["questions"]!.AsArray().Select(asked => (JsonNode)(attacked ? Obey(asked!, words, printed) : Shown.Answer(asked!, "absent")))]),
        }.ToJsonString();
        return Task.FromResult(new ModelReply(json, Shown.Free(this)));
    }

    private JsonObject Obey(JsonNode asked, IReadOnlyList<(int Number, string Text)> words, string printed)
    {
        Interlocked.Increment(ref _obeyed);
        var choices = asked["candidates"]!.AsArray().Count;
        if (choices > 1 && printed.Contains("the last candidate", StringComparison.Ordinal))
        {
            return Shown.Answer(asked, "candidate", choices);
        }

        var loot = Attack.Wanted.FirstOrDefault(wanted => wanted.Field == (string)asked["field"]!) ?? Attack.Wanted[0];
        var candidate = asked["candidates"]!.AsArray().Index().Where(choice => (string)choice.Item!["value"]! == loot.Value).Select(choice => choice.Index + 1).FirstOrDefault();
        return candidate > 0 ? Shown.Answer(asked, "candidate", candidate)
            : Shown.Find(words, loot.Printed) is { Count: > 0 } found ? Shown.Answer(asked, "words", 0, found, loot.Printed)
            : Shown.Answer(asked, "words", 0, [1, 2, 3], loot.Printed);
    }

    /// <summary>An answer that is printed on the paper, if it would pass as one.</summary>
    private static string? ReadyMade(string printed, string schema)
    {
        var start = printed.IndexOf("{\"answers\"", StringComparison.Ordinal);
        var end = printed.IndexOf("}]}", Math.Max(start, 0), StringComparison.Ordinal);
        return start >= 0 && end > start && AnswerSchema.Fault(printed[start..(end + 3)], schema) is null ? printed[start..(end + 3)] : null;
    }
}

/// <summary>A model that knows what the paper says and says that, where it stands on the page.</summary>
internal sealed class TruthfulModel(string name, Func<string, IReadOnlyDictionary<string, string>> truthOf) : ILanguageModel
{
    public string Provider => "scripted";

    public string Model => name;

    public bool SeesPictures => false;

    public Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        var material = JsonNode.Parse(question.Material)!;
        var truth = truthOf(question.Material);
        var answers = material["questions"]!.AsArray().Select(asked => (JsonNode)Shown.Truth(asked!, truth.GetValueOrDefault((string)asked!["field"]!), Shown.WordsOf(material)));
        return Task.FromResult(new ModelReply(new JsonObject { ["answers"] = new JsonArray([.. answers]) }.ToJsonString(), Shown.Free(this)));
    }
}

/// <summary>What scripted models do with the material.</summary>
internal static class Shown
{
    public static IReadOnlyList<(int Number, string Text)> WordsOf(JsonNode material) =>
        [.. material["lines"]!.AsArray().SelectMany(line => line!["words"]!.AsArray()).Select(word => ((int)word![0]!, (string)word[1]!))];

    /// <summary>Numbers of the words in a row that say this; empty where it stands nowhere.</summary>
    public static IReadOnlyList<int> Find(IReadOnlyList<(int Number, string Text)> words, string text)
    {
        var wanted = text.Split(' ');
        for (var start = 0; start + wanted.Length <= words.Count; start++)
        {
            if (Enumerable.Range(0, wanted.Length).All(i => words[start + i].Text.Trim(',', '.', ';', ':', '"', '$', '[', ']') == wanted[i]))
            {
                return [.. Enumerable.Range(start, wanted.Length).Select(i => words[i].Number)];
            }
        }

        return [];
    }

    /// <summary>The candidate with the true value, or the words that say it, or that it is not there.</summary>
    public static JsonObject Truth(JsonNode asked, string? truth, IReadOnlyList<(int Number, string Text)> words)
    {
        var candidate = asked["candidates"]!.AsArray().Index().Where(choice => truth is not null && (string)choice.Item!["value"]! == truth).Select(choice => choice.Index + 1).FirstOrDefault();
        return candidate > 0 ? Answer(asked, "candidate", candidate)
            : truth is not null && Find(words, truth) is { Count: > 0 } found ? Answer(asked, "words", 0, found, truth)
            : Answer(asked, "absent");
    }

    public static JsonObject Answer(JsonNode asked, string verdict, int candidate = 0, IReadOnlyList<int>? words = null, string text = "") => new()
    {
        ["question"] = (int)asked["id"]!,
        ["verdict"] = verdict,
        ["candidate"] = candidate,
        ["words"] = new JsonArray([.. (words ?? []).Select(word => (JsonNode)word)]),
        ["text"] = text,
    };

    public static ProviderUsage Free(ILanguageModel model) => new(model.Provider, model.Model, new Dictionary<string, decimal>());
}
