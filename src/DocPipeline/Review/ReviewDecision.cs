using System.Text.Json;
using System.Text.Json.Serialization;
using DocPipeline.Documents;
using DocPipeline.Extract.Schema;
using DocPipeline.Workflow;

namespace DocPipeline.Review;

/// <summary>What a person decided about a submission: the payload of <see cref="Event"/>.</summary>
/// <param name="Decision"><see cref="Approve"/>, <see cref="Reject"/>, <see cref="SendBack"/> or <see cref="Regroup"/>.</param>
/// <param name="By">Who decided.</param>
/// <param name="Note">For those who ask later; needed for a rejection, and for the sender of what is sent back.</param>
/// <param name="Corrections">Applied on approval, and to what is read anew after a regrouping; of two for one field the later counts.</param>
/// <param name="Cells">The same for cells of tables, on approval; null: none.</param>
/// <param name="Documents">Of a regrouping: which pages make which documents from now on. Null for every other decision.</param>
public sealed record ReviewDecision(
    string Decision,
    string By,
    DateTimeOffset At,
    string? Note,
    IReadOnlyList<FieldCorrection> Corrections,
    // Absent where there are none: decisions on their way in journals of older programs have no such members.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CellCorrection>? Cells = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PageGroup>? Documents = null)
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string SendBack = "send_back";
    public const string Regroup = "regroup";

    /// <summary>The event that a submission waits for in review. Only <see cref="ReviewDesk"/>, and who makes up for an event that was lost, raises it.</summary>
    public static EventName<ReviewDecision> Event { get; } = new("review-decided");

    /// <summary>What is missing in the decision, or null: to be asked before the event is raised.</summary>
    public string? Fault => this switch
    {
        { Decision: not (Approve or Reject or SendBack or Regroup) } => $"A decision is '{Approve}', '{Reject}', '{SendBack}' or '{Regroup}'.",
        _ when string.IsNullOrWhiteSpace(By) => "A decision needs the name of who made it.",
        { Decision: Reject } when string.IsNullOrWhiteSpace(Note) => "A rejection needs a note that says why.",
        { Decision: SendBack } when string.IsNullOrWhiteSpace(Note) => "What is sent back needs a note that tells the sender why.",
        _ when Corrections.Any(correction => string.IsNullOrWhiteSpace(correction.Field)) => "A correction needs the name of its field.",
        { Decision: Regroup } => PageGroup.FaultOf(Documents ?? []) ?? FaultOfKept(),
        { Documents: not null } => $"Only a decision '{Regroup}' names documents.",
        _ => null,
    };

    /// <summary>The same decision: it may have been written down and read again in between.</summary>
    public bool IsSameAs(ReviewDecision? other) => other is not null && (Decision, By, At) == (other.Decision, other.By, other.At);

    /// <summary>As it is kept in <c>review_action</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Options);

    /// <summary>As it was kept there.</summary>
    public static ReviewDecision FromJson(string json) =>
        JsonSerializer.Deserialize<ReviewDecision>(json, DocumentJson.Options) ?? throw new InvalidDataException("A decision is kept as null.");

    private string? FaultOfKept() => this switch
    {
        { Cells.Count: > 0 } => "Cells of tables are read anew when pages are regrouped: corrections of cells cannot stay.",
        _ => Corrections.FirstOrDefault(correction => !Documents!.Any(document => document.MayHave(correction.Field))) is { } homeless
            ? $"None of the documents can have a field '{homeless.Field}': its correction cannot stay."
            : null,
    };
}

/// <summary>Pages that make one document, as a person says.</summary>
/// <param name="Type">One of <see cref="Types"/>.</param>
/// <param name="Pages">Page numbers in the file, ascending; at least one.</param>
public sealed record PageGroup(string Type, IReadOnlyList<int> Pages)
{
    /// <summary>The types that a document may have, by name.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. DocumentTypes.Shipped.All.Select(type => type.Name).Order(StringComparer.Ordinal)];

    /// <summary>Whether a document of this type can have the field.</summary>
    public bool MayHave(string field) => DocumentTypes.Shipped.FieldsOf(Type).ContainsKey(field);

    /// <summary>What is wrong with the groups of a file, or null.</summary>
    public static string? FaultOf(IReadOnlyList<PageGroup> groups) => groups switch
    {
        [] => "A file has at least one document.",
        _ when groups.FirstOrDefault(group => !Types.Contains(group.Type)) is { } unknown => $"There is no type '{unknown.Type}'. The types are: {string.Join(", ", Types)}.",
        _ when groups.Any(group => group.Pages.Count == 0) => "A document has at least one page.",
        _ when groups.Any(group => !group.Pages.SequenceEqual(group.Pages.Order())) => "The pages of a document are named in ascending order.",
        _ when groups.SelectMany(group => group.Pages).GroupBy(page => page).FirstOrDefault(same => same.Count() > 1) is { } twice => $"Page {twice.Key} is in more than one document.",
        _ => null,
    };
}

/// <summary>A person's value for a cell of a table's row; the row itself stays.</summary>
/// <param name="Document">Of the file, from 0.</param>
/// <param name="Row">From 1.</param>
/// <param name="Value">Null or empty: nothing stands there.</param>
public sealed record CellCorrection(int Document, string Table, int Row, string Column, string? Value)
{
    /// <summary>One name for the cell, in forms and in records of changes.</summary>
    public static string Key(int document, string table, int row, string column) => $"cell.{document}.{table}.{row}.{column}";
}

/// <summary>A person's value for a field of the claim.</summary>
/// <param name="Value">As vocabulary v1 spells it; null or empty: the field is not on the document.</param>
/// <param name="Page">Where it stands, if the person pointed at it; else the place of the reading that it corrects remains.</param>
public sealed record FieldCorrection(string Field, string? Value, int? Page = null, Box? Box = null);
