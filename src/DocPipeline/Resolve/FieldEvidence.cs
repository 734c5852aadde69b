using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve;

/// <summary>Everything that is known about one value before it is believed: the input of <see cref="Features"/>.</summary>
/// <param name="Best">The chosen candidate.</param>
/// <param name="Others">The candidates that lost.</param>
/// <param name="Kind">What kind of value the field has.</param>
/// <param name="PassesCheckDigit">Null where the value has none.</param>
/// <param name="TypeConfidence">How sure the type of the document is, 0 to 1.</param>
/// <param name="Company">How many other fields of the document have a value that fits well: an empty form has hardly any, and what seems to be one is not.</param>
/// <param name="Agreeing">How many other documents of the file have the same value.</param>
/// <param name="Contradicting">How many other documents of the file have another value.</param>
public sealed record FieldEvidence(
    Candidate Best,
    IReadOnlyList<Candidate> Others,
    ValueKind Kind,
    bool? PassesCheckDigit,
    double TypeConfidence,
    int Company,
    int Agreeing,
    int Contradicting)
{
    // A candidate whose support nobody counted, from a version that did not: nothing agrees, so a person looks.
    private static readonly Support NotCounted = new(0, 0, 0, 1, 1, 0, false);

    public Support Support => Best.Support ?? NotCounted;

    /// <summary>True where the page was recognised: characters themselves may be wrong.</summary>
    public bool IsRecognised => Best.Evidence.Source is not (PageSources.TextLayer or PageSources.PlainText);

    /// <summary>Values that go wrong alike: by kind, and by whether characters had to be recognised.</summary>
    public string Group => $"{Kind.ToString().ToLowerInvariant()}.{(IsRecognised ? "recognised" : "printed")}";
}
