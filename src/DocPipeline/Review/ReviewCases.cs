using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Migrations;
using Npgsql;

namespace DocPipeline.Review;

/// <summary>Reads submissions as <see cref="ReviewCase"/>, in one round trip and as of one moment.</summary>
public sealed class ReviewCases(NpgsqlDataSource database)
{
    private const int MostChoices = 9;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Null: there is no such submission.</summary>
    public async Task<ReviewCase?> FindAsync(SubmissionId id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/read_case.sql"]);
        command.Parameters.Add(new() { Value = id.Value });
        return await command.ExecuteScalarAsync(cancellationToken) is string json ? ToCase(JsonSerializer.Deserialize<Row>(json, Json)!) : null;
    }

    private static ReviewCase ToCase(Row row) => new(
        new SubmissionId(row.Id),
        row.Version,
        row.File,
        row.Content is null ? null : new ContentHash(row.Content),
        row.State,
        row.ReasonCode,
        row.Reason,
        row.StateAt,
        row.DuplicateOf is { } first ? new SubmissionId(first) : null,
        row.Replaces is { } sentBack ? new SubmissionId(sentBack) : null,
        row.HeldBy is null ? null : new Holder(row.HeldBy, row.HeldUntil!.Value),
        row.Ended?.Action,
        row.First?.Action,
        row.Returned?.Action,
        row.IsSample,
        [.. row.Documents.Select(document => new CaseDocument(document.Document, document.Type, document.TypeConfidence, document.Pages))],
        [.. row.Fields.Select(field => ToField(field, row))],
        [.. row.Rows
            .GroupBy(line => (line.Document, line.TableName))
            .Select(table => new CaseTable(table.Key.Document, table.Key.TableName, [.. table.Select(line => new CaseRow(line.Row, line.Cells, line.Place!))]))],
        [.. row.Findings.Select(finding => new CaseFinding(
            finding.Rule, finding.Severity, finding.Message, finding.Field, [.. finding.Evidence.Select(place => new Place(place.Page, place.Box))]))]);

    private static CaseField ToField(FieldRow field, Row row)
    {
        var considered = field.Alternatives.Select(other => new Choice(other.Value, new Place(other.Evidence.Page, other.Evidence.Box), other.Reason));
        var elsewhere = row.DocumentFields
            .Where(other => other.Name == field.Name && other.Document != field.Document)
            .Select(other => new Choice(other.Value, other.Place!, $"on the {TypeOf(other.Document)}"));
        return new(
            field.Name,
            field.Value,
            field.Confidence,
            field.Accepted,
            field.Document,
            field.Place,
            [.. elsewhere.Concat(considered).Where(choice => choice.Value != field.Value).DistinctBy(choice => choice.Value).Take(MostChoices)]);

        string TypeOf(int document) =>
            row.Documents.FirstOrDefault(known => known.Document == document)?.Type.Replace('_', ' ') ?? "other document";
    }

    // As read_case.sql spells it.
    private sealed record Row(
        Guid Id, int Version, string File, string? Content, string State, string? ReasonCode, string? Reason, DateTimeOffset StateAt, Guid? DuplicateOf, Guid? Replaces,
        string? HeldBy, DateTimeOffset? HeldUntil, ActionRow? Ended, ActionRow? First, ActionRow? Returned, bool IsSample, DocumentRow[] Documents, FieldRow[] Fields, DocumentFieldRow[] DocumentFields,
        TableRow[] Rows, FindingRow[] Findings);

    private sealed record ActionRow(long Id, string Kind, string By, DateTimeOffset At, string? Note, ChangeRow[] Changes)
    {
        public PastAction Action => new(Id, Kind, By, At, Note, Changes.ToDictionary(change => change.Field, change => change.To));
    }

    private sealed record ChangeRow(string Field, string? To);

    private sealed record DocumentRow(int Document, string Type, double TypeConfidence, int[] Pages);

    private sealed record FieldRow(
        string Name, string Value, double Confidence, bool Accepted, int? Document, int? Page, double? X0, double? Y0, double? X1, double? Y1, Candidate[] Alternatives)
    {
        public Place? Place => PlaceOf(Page, X0, Y0, X1, Y1);
    }

    private sealed record DocumentFieldRow(string Name, string Value, int Document, int? Page, double? X0, double? Y0, double? X1, double? Y1)
    {
        public Place? Place => PlaceOf(Page, X0, Y0, X1, Y1);
    }

    private sealed record TableRow(
        int Document, string TableName, int Row, Dictionary<string, string> Cells, int? Page, double? X0, double? Y0, double? X1, double? Y1)
    {
        public Place? Place => PlaceOf(Page, X0, Y0, X1, Y1);
    }

    private sealed record FindingRow(string Rule, string Severity, string Message, string? Field, Evidence[] Evidence);

    private static Place? PlaceOf(int? page, double? x0, double? y0, double? x1, double? y1) =>
        (page, x0, y0, x1, y1) is ({ } number, { } left, { } top, { } right, { } bottom) ? new(number, new Box(left, top, right, bottom)) : null;
}
