using System.Text.Json.Serialization;
using DocPipeline.Documents;
using DocPipeline.Workflow;

namespace DocPipeline.Review;

/// <summary>What a person decided about a submission: the payload of <see cref="Event"/>.</summary>
/// <param name="Decision"><see cref="Approve"/> or <see cref="Reject"/>.</param>
/// <param name="By">Who decided.</param>
/// <param name="Note">For those who ask later; needed for a rejection.</param>
/// <param name="Corrections">Applied on approval; of two for one field the later counts.</param>
/// <param name="Cells">The same for cells of tables; null: none.</param>
public sealed record ReviewDecision(
    string Decision,
    string By,
    DateTimeOffset At,
    string? Note,
    IReadOnlyList<FieldCorrection> Corrections,
    // Absent where there are none: decisions on their way in journals of older programs have no such member.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CellCorrection>? Cells = null)
{
    public const string Approve = "approve";
    public const string Reject = "reject";

    /// <summary>The event that a submission waits for in review. Deduplicate by the submission: the first decision counts.</summary>
    public static EventName<ReviewDecision> Event { get; } = new("review-decided");

    /// <summary>What is missing in the decision, or null: to be asked before the event is raised.</summary>
    public string? Fault => this switch
    {
        { Decision: not (Approve or Reject) } => $"A decision is '{Approve}' or '{Reject}'.",
        _ when string.IsNullOrWhiteSpace(By) => "A decision needs the name of who made it.",
        { Decision: Reject } when string.IsNullOrWhiteSpace(Note) => "A rejection needs a note that says why.",
        _ when Corrections.Any(correction => string.IsNullOrWhiteSpace(correction.Field)) => "A correction needs the name of its field.",
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
