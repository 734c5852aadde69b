using System.Text.Json.Nodes;
using DocPipeline.Providers;

namespace DocPipeline.Tests.Resolve.Ask;

/// <summary>A model that answers by a script and remembers what it was asked.</summary>
internal sealed class ScriptedModel(string name, Func<JsonObject, string> script, bool sees = false) : ILanguageModel
{
    public List<ModelQuestion> Asked { get; } = [];

    public string Provider => "scripted";

    public string Model => name;

    public bool SeesPictures => sees;

    /// <summary>Answers of one kind to every question.</summary>
    public static ScriptedModel Always(string name, Func<JsonObject, JsonObject, JsonObject> answer, bool sees = false) => new(
        name,
        material => new JsonObject { ["answers"] = new JsonArray([.. material["questions"]!.AsArray().Select(question => (JsonNode)answer(material, question!.AsObject()))]) }.ToJsonString(),
        sees);

    public static ScriptedModel Absent(string name, bool sees = false) => Always(name, (_, question) => Answer(question, "absent"), sees);

    public static JsonObject Answer(JsonObject question, string verdict, int candidate = 0, IEnumerable<int>? words = null, string text = "") => new()
    {
        ["question"] = (int)question["id"]!,
        ["verdict"] = verdict,
        ["candidate"] = candidate,
        ["words"] = new JsonArray([.. (words ?? []).Select(word => (JsonNode)word)]),
        ["text"] = text,
    };

    /// <summary>Numbers of consecutive words that say this.</summary>
    public static IReadOnlyList<int> WordsOf(JsonObject material, string text)
    {
        var wanted = text.Split(' ');
        var words = material["lines"]!.AsArray().SelectMany(line => line!["words"]!.AsArray()).Select(word => ((int)word![0]!, (string)word[1]!)).ToList();
        for (var start = 0; start + wanted.Length <= words.Count; start++)
        {
            if (words.Skip(start).Take(wanted.Length).Select(word => word.Item2).SequenceEqual(wanted))
            {
                return [.. words.Skip(start).Take(wanted.Length).Select(word => word.Item1)];
            }
        }

        return [];
    }

    public Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        Asked.Add(question);
        return Task.FromResult(new ModelReply(script(JsonNode.Parse(question.Material)!.AsObject()), new(Provider, Model, new Dictionary<string, decimal> { [ProviderUnits.InputToken] = 100 })));
    }
}
