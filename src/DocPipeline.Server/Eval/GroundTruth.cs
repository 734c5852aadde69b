namespace DocPipeline.Server.Eval;

/// <summary>What a person found on a document.</summary>
/// <param name="Path">The document itself.</param>
/// <param name="Type">The document's type in the words of whoever wrote the ground truth.</param>
/// <param name="ReportsNothing">A blank form or no claim document at all: every value reported is a wrong one.</param>
/// <param name="Fields">Scalar core fields by name.</param>
internal sealed record GroundTruth(string Path, string Type, bool ReportsNothing, IReadOnlyDictionary<string, string> Fields);
