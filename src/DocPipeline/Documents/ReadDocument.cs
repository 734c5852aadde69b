using System.Text.Json.Serialization;

namespace DocPipeline.Documents;

/// <summary>A value that a field may have, with where it was read and how well it fits.</summary>
/// <param name="Value">Normalised as vocabulary v1 says: ISO dates, plain decimals, text with white space folded.</param>
/// <param name="Score">How well it fits its field, 0 to 1: comparable between candidates of one field only.</param>
/// <param name="Evidence">Where it was read.</param>
/// <param name="Reason">Why it is a candidate, for people: "right of 'Policy Number:'".</param>
/// <param name="Readings">Other readings of the same words that cannot be excluded, such as the other day/month order. Empty when the reading is certain.</param>
public sealed record Candidate(string Value, double Score, Evidence Evidence, string Reason, IReadOnlyList<string> Readings)
{
    /// <summary>What agrees with it: for the best candidate of a field only, and never beside what is stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Support? Support { get; init; }

    /// <summary>The service that says so, with its operation or model; null where our own reader does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SaidBy { get; init; }
}

/// <summary>What a service says of a field. Nothing of it enters a confidence; see <c>Extract/Witnesses/README.md</c>.</summary>
/// <param name="Says">With <see cref="Candidate.SaidBy"/>.</param>
/// <param name="Names">The service means this field and no other: only then it may contradict or propose.</param>
/// <param name="StandsOnPage">The evidence is words that our reader sees; otherwise the service's own.</param>
public sealed record Statement(string Field, Candidate Says, bool Names, bool StandsOnPage);

/// <summary>What agrees with a candidate and what does not, as extraction counted it. Resolution weighs it; see <c>Resolve/Features.cs</c>.</summary>
/// <param name="WeakestWord">The reader's confidence in the least sure word of the value, 0 to 1; 1 for a text layer.</param>
/// <param name="PageLegibility">The reader's mean confidence in the words of the page, 0 to 1; 1 for a text layer.</param>
/// <param name="Label">How well its label stands and names the field, 0 to 1; 0 without a label.</param>
/// <param name="Ways">In how many ways the same value was proposed for the field: labels, places, searches; at least 1.</param>
/// <param name="Mentions">How often the words stand in the document; at least 1.</param>
/// <param name="Sums">Kinds of sums that make this amount or are made with it: subtotal and tax, cash less change, lines.</param>
/// <param name="BrokenSums">True where other amounts would make a sum with this one and none comes out.</param>
/// <param name="ReadingsDisagree">True where a second reading, or the text layer, saw another word than the one believed.</param>
public sealed record Support(double WeakestWord, double PageLegibility, double Label, int Ways, int Mentions, int Sums, bool BrokenSums, bool ReadingsDisagree = false);

/// <summary>All candidates of one field, best first; never empty.</summary>
public sealed record FieldCandidates(string Field, IReadOnlyList<Candidate> Candidates);

/// <summary>A row of a table: values by column name, as printed where the column has no type, and where the row stands.</summary>
public sealed record TableRow(IReadOnlyDictionary<string, string> Cells, Evidence Evidence);

public sealed record Table(string Name, IReadOnlyList<TableRow> Rows);

/// <summary>One document of a file, as extraction leaves it: nothing is decided yet.</summary>
/// <param name="Type">The document type's name, such as <c>repair_estimate</c>.</param>
/// <param name="TypeConfidence">0 to 1.</param>
/// <param name="Pages">Page numbers in the file, ascending.</param>
public sealed record ExtractedDocument(
    string Type,
    double TypeConfidence,
    IReadOnlyList<int> Pages,
    IReadOnlyList<FieldCandidates> Fields,
    IReadOnlyList<Table> Tables)
{
    /// <summary>What was accounted for, by page; empty for types that yield nothing.</summary>
    public IReadOnlyList<PageCoverage> Coverage { get; init; } = [];

    /// <summary>What services say of its fields.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>Services that were to be asked and did not answer, and why.</summary>
    public IReadOnlyList<SkippedReader> NotAsked { get; init; } = [];
}

/// <summary>A field with its one value.</summary>
/// <param name="Confidence">Calibrated probability, 0 to 1, that the value is what is printed; see <c>Resolve/README.md</c>.</param>
/// <param name="Accepted">True when nobody needs to look at it: the confidence suffices for the error target.</param>
/// <param name="Alternatives">Other values that were considered, best first: choices for the reviewer.</param>
public sealed record Field(string Name, string Value, double Confidence, bool Accepted, Evidence Evidence, IReadOnlyList<Candidate> Alternatives)
{
    /// <summary>The language model that chose the value; null where the reader did, and in results of versions that knew none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelChoice? ChosenBy { get; init; }
}

/// <summary>Who chose a value that stands on the page.</summary>
/// <param name="Provider">As in configuration and ledger.</param>
/// <param name="Model">With its version.</param>
/// <param name="Prompt">Version of the instructions and the schema: a hash of both.</param>
public sealed record ModelChoice(string Provider, string Model, string Prompt)
{
    /// <summary>As it is stored: <c>anthropic/claude-haiku-5-5#1f0c77e2a9b3</c>.</summary>
    public override string ToString() => $"{Provider}/{Model}#{Prompt}";
}

/// <summary>One document of a file with its values resolved and its rules run.</summary>
public sealed record ResolvedDocument(
    string Type,
    double TypeConfidence,
    IReadOnlyList<int> Pages,
    IReadOnlyList<Field> Fields,
    IReadOnlyList<Table> Tables,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>What extraction accounted for, by page; empty for types that yield nothing.</summary>
    public IReadOnlyList<PageCoverage> Coverage { get; init; } = [];

    public Field? this[string name] => Fields.FirstOrDefault(field => field.Name == name);
}

/// <summary>A field of the claim: a document's field, chosen over those of the other documents.</summary>
/// <param name="Document">Index into <see cref="ResolvedClaim.Documents"/> of the document it came from.</param>
public sealed record ClaimField(Field Field, int Document);

/// <summary>Everything one file says about one claim.</summary>
public sealed record ResolvedClaim(
    IReadOnlyList<ResolvedDocument> Documents,
    IReadOnlyList<ClaimField> Fields,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>Version of the calibration that all its confidences are of; null for results of versions that had none.</summary>
    public string? Calibration { get; init; }
}
