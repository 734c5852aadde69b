using DocPipeline.Documents;

namespace DocPipeline.Review;

/// <summary>Everything about one submission that a person needs to decide.</summary>
/// <param name="Version">The number of its newest audit row: a decision counts only while it is still this one.</param>
/// <param name="Content">Null only for a file that was refused for its size.</param>
/// <param name="DuplicateOf">The submission that brought the same bytes first.</param>
/// <param name="Replaces">The submission of the same key that was sent back to its sender before this one came.</param>
/// <param name="Ended">What somebody decided already, and the workflow is about to carry out; null while it waits.</param>
/// <param name="FirstApproval">The first of two approvals, also one that was returned: its values are where the work goes on. Null if there is none.</param>
/// <param name="Returned">Why the second person returned it to the first: the approval does not stand any more. Null otherwise.</param>
/// <param name="IsSample">It was accepted and waits for a blind check: what the reader thought of itself must not be shown.</param>
public sealed record ReviewCase(
    SubmissionId Id,
    int Version,
    string File,
    ContentHash? Content,
    string State,
    string? ReasonCode,
    string? Reason,
    DateTimeOffset StateAt,
    SubmissionId? DuplicateOf,
    SubmissionId? Replaces,
    Holder? Holder,
    PastAction? Ended,
    PastAction? FirstApproval,
    PastAction? Returned,
    bool IsSample,
    IReadOnlyList<CaseDocument> Documents,
    IReadOnlyList<CaseField> Fields,
    IReadOnlyList<CaseTable> Tables,
    IReadOnlyList<CaseFinding> Findings)
{
    /// <summary>The first approval, as long as nobody has returned it.</summary>
    public PastAction? StandingApproval => Returned is null ? FirstApproval : null;
}

/// <summary>Who works on it, and until when nobody else should.</summary>
public sealed record Holder(string Account, DateTimeOffset Until);

/// <summary>What somebody did.</summary>
/// <param name="Id">Its number; those of later actions are larger.</param>
/// <param name="Changes">Values after it by field, null for a field that is not on the document.</param>
public sealed record PastAction(long Id, string Kind, string By, DateTimeOffset At, string? Note, IReadOnlyDictionary<string, string?> Changes);

public sealed record CaseDocument(int Index, string Type, double TypeConfidence, IReadOnlyList<int> Pages);

/// <summary>A field of the claim.</summary>
/// <param name="Place">Where the value stands; null for a value that a person typed in.</param>
/// <param name="Choices">Other values that it may have: what else was considered, and what other documents of the file say.</param>
public sealed record CaseField(string Name, string Value, double Confidence, bool Accepted, int? Document, Place? Place, IReadOnlyList<Choice> Choices);

public sealed record Choice(string Value, Place Place, string Why);

/// <summary>A box on a page.</summary>
public sealed record Place(int Page, Box Box);

public sealed record CaseTable(int Document, string Name, IReadOnlyList<CaseRow> Rows)
{
    /// <summary>In the order in which they first occur.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. Rows.SelectMany(row => row.Cells.Keys).Distinct()];
}

public sealed record CaseRow(int Number, IReadOnlyDictionary<string, string> Cells, Place Place);

/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
public sealed record CaseFinding(string Rule, string Severity, string Message, string? Field, IReadOnlyList<Place> Places);
