using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Migrations;
using DocPipeline.Review;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Store;

/// <summary>
/// A person's decision as it is written down. <see cref="RecordReview"/> writes and carries it out in one transaction; where events do not commit together with
/// rows it is written down first, and whoever finds it not carried out raises the event again.
/// </summary>
public static class RecordedDecision
{
    /// <summary>Writes a decision down beside the values that it changes. The first one counts.</summary>
    /// <returns>The corrections with the value before each, as JSON; null if another decision is written down already.</returns>
    public static async Task<string?> WriteAsync(NpgsqlTransaction transaction, SubmissionId id, ReviewDecision decision, CancellationToken cancellationToken)
    {
        FieldCorrection[] corrections = decision.Decision == ReviewDecision.Approve
            ? [.. decision.Corrections.GroupBy(correction => correction.Field).Select(same => same.Last())]
            : [];
        var before = await FieldsAsync(transaction, id, cancellationToken);
        var changes = JsonSerializer.Serialize(
            corrections.Select(correction => new
            {
                correction.Field,
                From = before.GetValueOrDefault(correction.Field),
                To = string.IsNullOrWhiteSpace(correction.Value) ? null : correction.Value,
                correction.Page,
                correction.Box?.X0,
                correction.Box?.Y0,
                correction.Box?.X1,
                correction.Box?.Y1,
            }),
            ClaimJson.Options);
        await using var insert = Command("Store/insert_review.sql", transaction, id);
        insert.Parameters.Add(new() { Value = changes, NpgsqlDbType = NpgsqlDbType.Jsonb });
        insert.Parameters.Add(new() { Value = decision.Decision });
        insert.Parameters.Add(new() { Value = decision.By });
        insert.Parameters.Add(new() { Value = decision.At.ToUniversalTime() });
        insert.Parameters.Add(new() { Value = (object?)decision.Note ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await insert.ExecuteScalarAsync(cancellationToken) is true ? changes : null;
    }

    /// <summary>The decision as it was made; null if none is written down.</summary>
    public static async Task<ReviewDecision?> ReadAsync(NpgsqlTransaction transaction, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var find = Command("Store/find_review.sql", transaction, id);
        await using var row = await find.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new(
                row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(3) ? null : row.GetString(3),
                [.. JsonSerializer.Deserialize<Correction[]>(row.GetString(4), ClaimJson.Options)!.Select(correction => correction.Again)])
            : null;
    }

    /// <summary>The claim's values by the names of their fields.</summary>
    internal static async Task<Dictionary<string, string>> FieldsAsync(NpgsqlTransaction transaction, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var command = Command("Store/find_fields.sql", transaction, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var fields = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            fields.Add(reader.GetString(0), reader.GetString(1));
        }

        return fields;
    }

    private static NpgsqlCommand Command(string name, NpgsqlTransaction transaction, SubmissionId id) =>
        new(PipelineSchema.Sql[name], transaction.Connection, transaction) { Parameters = { new() { Value = id.Value } } };

    private sealed record Correction(string Field, string? To, int? Page, double? X0, double? Y0, double? X1, double? Y1)
    {
        public FieldCorrection Again => new(Field, To, Page, (X0, Y0, X1, Y1) is ({ } x0, { } y0, { } x1, { } y1) ? new Box(x0, y0, x1, y1) : null);
    }
}
