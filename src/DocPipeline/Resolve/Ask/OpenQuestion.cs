using DocPipeline.Documents;

namespace DocPipeline.Resolve.Ask;

/// <summary>Why a field is asked about.</summary>
public enum Doubt
{
    /// <summary>Required, and on no document of the file.</summary>
    Missing,

    /// <summary>The same words can be read in two ways.</summary>
    TwoReadings,

    /// <summary>Another value fits nearly as well.</summary>
    CloseCandidates,

    /// <summary>Another document of the file says otherwise.</summary>
    DocumentsContradict,

    /// <summary>Other amounts should make this one and do not.</summary>
    SumsBroken,
}

/// <summary>A field that resolution leaves open.</summary>
/// <param name="Document">Index of the document in its file.</param>
/// <param name="Choices">Values it may have, best first, other readings of the same words among them; empty where nothing was read.</param>
/// <param name="Elsewhere">What other documents of the file say.</param>
public sealed record OpenQuestion(int Document, string Field, Doubt Doubt, IReadOnlyList<Candidate> Choices, IReadOnlyList<string> Elsewhere);
