using System.Text.Json;
using DocPipeline.Documents;

namespace DocPipeline.Store;

/// <summary>A claim as rows, in JSON: one round trip for each table, however many rows.</summary>
internal sealed class ClaimRows(SubmissionId submission, ResolvedClaim claim, string resultSha256)
{
    public string ResultSha256 { get; } = resultSha256;

    public string? Calibration { get; } = claim.Calibration;

    public int DocumentCount => claim.Documents.Count;

    /// <summary>One object: the typed columns of <c>claim</c>.</summary>
    public string Columns { get; } = Json(ClaimColumns.From(claim.Fields.Select(field => (field.Field.Name, field.Field.Value))));

    /// <summary>The statements for the other tables, parents first, each with its rows.</summary>
    public IReadOnlyList<(string Sql, string Rows)> Children { get; } =
    [
        ("Store/insert_documents.sql", Json(claim.Documents.Select((document, index) =>
            new { document = index, document.Type, type_confidence = Probability(document.TypeConfidence), document.Pages }))),
        ("Store/insert_document_fields.sql", Json(claim.Documents.SelectMany((document, index) => document.Fields.Select(field => FieldRow(field, index))))),
        ("Store/insert_claim_fields.sql", Json(claim.Fields.Select(field => FieldRow(field.Field, field.Document)))),
        ("Store/insert_table_rows.sql", Json(claim.Documents.SelectMany(TableRows))),
        ("Store/insert_findings.sql", Json(FindingRows(claim))),
    ];

    public override string ToString() => $"claim of {submission}";

    private static object FieldRow(Field field, int document) => new
    {
        document,
        field.Name,
        field.Value,
        confidence = Probability(field.Confidence),
        field.Accepted,
        field.Evidence.Page,
        field.Evidence.Box.X0,
        field.Evidence.Box.Y0,
        field.Evidence.Box.X1,
        field.Evidence.Box.Y1,
        evidence_text = field.Evidence.Text,
        field.Evidence.Source,
        field.Alternatives,
        chosen_by = field.ChosenBy?.ToString(),
        field.Evidence.Witnesses,
    };

    private static IEnumerable<object> TableRows(ResolvedDocument document, int index) =>
        document.Tables.SelectMany(table => table.Rows.Select((row, number) => (object)new
        {
            document = index,
            table_name = table.Name,
            row = number + 1,
            row.Cells,
            row.Evidence.Page,
            row.Evidence.Box.X0,
            row.Evidence.Box.Y0,
            row.Evidence.Box.X1,
            row.Evidence.Box.Y1,
            evidence_text = row.Evidence.Text,
            row.Evidence.Source,
        }));

    private static IEnumerable<object> FindingRows(ResolvedClaim claim) =>
        claim.Findings.Select(finding => (Finding: finding, Document: (int?)null))
            .Concat(claim.Documents.SelectMany((document, index) => document.Findings.Select(finding => (Finding: finding, Document: (int?)index))))
            .Select((found, number) => (object)new
            {
                finding = number + 1,
                found.Document,
                found.Finding.Rule,
                found.Finding.Severity,
                found.Finding.Message,
                found.Finding.Field,
                found.Finding.Evidence,
            });

    /// <summary>Sums of weights end a hair above 1 now and then.</summary>
    private static double Probability(double value) => Math.Clamp(value, 0, 1);

    private static string Json<T>(T rows) => JsonSerializer.Serialize(rows, ClaimJson.Options);
}
