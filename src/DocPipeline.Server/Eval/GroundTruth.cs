namespace DocPipeline.Server.Eval;

/// <summary>What a person found on a document.</summary>
/// <param name="Path">The document itself.</param>
/// <param name="Type">The document's type in the words of whoever wrote the ground truth.</param>
/// <param name="ReportsNothing">A blank form or no claim document at all: every value reported is a wrong one.</param>
/// <param name="Fields">Scalar core fields by name.</param>
internal sealed record GroundTruth(string Path, string Type, bool ReportsNothing, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Rows by the table's name: cells by the column's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Tables { get; init; } =
        new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>();

    /// <summary>What the document is made of, in the words of whoever wrote the ground truth; null where they did not say.</summary>
    public string? Medium { get; init; }
}
