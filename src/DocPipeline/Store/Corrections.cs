using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Migrations;
using DocPipeline.Review;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Store;

/// <summary>Puts a person's values in the place of what was read.</summary>
internal static class Corrections
{
    /// <summary>Corrects the fields of a stored claim and its typed columns. Of two corrections of one field the later counts.</summary>
    /// <returns>The corrections with the value before each, as a JSON list.</returns>
    public static async Task<string> ApplyAsync(
        NpgsqlTransaction transaction, SubmissionId id, IReadOnlyList<FieldCorrection> corrections, CancellationToken cancellationToken)
    {
        var before = await FieldsAsync(transaction, id, cancellationToken);
        var changes = JsonSerializer.Serialize(
            corrections.GroupBy(correction => correction.Field).Select(same => same.Last()).Select(correction => new
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
        foreach (var name in new[] { "Store/remove_fields.sql", "Store/correct_fields.sql" })
        {
            await using var correct = Command(name, transaction, id, changes);
            await correct.ExecuteNonQueryAsync(cancellationToken);
        }

        var fields = await FieldsAsync(transaction, id, cancellationToken);
        await using var update = Command(
            "Store/update_claim.sql", transaction, id, JsonSerializer.Serialize(ClaimColumns.From(fields.Select(field => (field.Key, field.Value))), ClaimJson.Options));
        await update.ExecuteNonQueryAsync(cancellationToken);
        return changes;
    }

    /// <summary>The claim's values by the names of their fields.</summary>
    private static async Task<Dictionary<string, string>> FieldsAsync(NpgsqlTransaction transaction, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PipelineSchema.Sql["Store/find_fields.sql"], transaction.Connection, transaction) { Parameters = { new() { Value = id.Value } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var fields = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            fields.Add(reader.GetString(0), reader.GetString(1));
        }

        return fields;
    }

    private static NpgsqlCommand Command(string name, NpgsqlTransaction transaction, SubmissionId id, string json) =>
        new(PipelineSchema.Sql[name], transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id.Value }, new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb } },
        };
}
