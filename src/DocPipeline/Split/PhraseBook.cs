using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Split;

/// <summary>What a phrase says of the type of its page.</summary>
/// <param name="Words">How many words it has: long phrases say more.</param>
internal sealed record TypePhrase(string Type, PhraseKind Kind, string Text, int Words);

internal enum PhraseKind
{
    Title,
    Wording,
    Unlike,
}

/// <summary>The phrases of all document types, folded.</summary>
internal sealed class PhraseBook
{
    public const int LongestPhrase = 9;

    private readonly Dictionary<string, List<TypePhrase>> _phrases = [];
    private readonly KnownTexts _known;

    public PhraseBook(DocumentTypes types)
    {
        Text = new(types.Vocabulary.Equivalents);
        foreach (var type in types.All)
        {
            Add(type.Name, PhraseKind.Title, type.Titles);
            Add(type.Name, PhraseKind.Wording, type.Wordings);
            Add(type.Name, PhraseKind.Unlike, type.Unlike);
        }

        _known = new(_phrases.Keys);
    }

    public LabelText Text { get; }

    public IReadOnlyList<TypePhrase>? Find(string folded) => _phrases.GetValueOrDefault(folded);

    /// <summary>The phrase that a misread one most likely was: at most one wrong character in eight.</summary>
    public IReadOnlyList<TypePhrase>? FindMisread(string folded) =>
        _known.Nearest(folded) is { } phrase ? _phrases[phrase] : null;

    private void Add(string type, PhraseKind kind, IReadOnlyList<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            var folded = Text.Fold(phrase);
            (_phrases.TryGetValue(folded, out var known) ? known : _phrases[folded] = []).Add(new(type, kind, folded, phrase.Split(' ').Length));
        }
    }
}
