using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Review;
using DocPipeline.Workflow;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Store;

/// <summary>A decision and the submission it ends.</summary>
public sealed record ReviewToRecord(SubmissionId Submission, ReviewDecision Decision);

/// <summary>
/// Records a person's decision: corrections, claim and state in one transaction. The audit row holds each correction with the value before it.
/// A second decision for the same submission changes nothing. One that is recorded but was never carried out is carried out.
/// </summary>
public sealed class RecordReview : IActivity<ReviewToRecord, SubmissionOutcome>
{
    public const string RejectedCode = "rejected_by_reviewer";

    public static Activity<ReviewToRecord, SubmissionOutcome> Name { get; } = new("record-review");

    public Task<SubmissionOutcome> RunAsync(ReviewToRecord input, ActivityContext context, CancellationToken cancellationToken)
    {
        if (input.Decision.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(input));
        }

        context.CommitWith((transaction, token) => RecordAsync(transaction, input.Submission, input.Decision, token));
        return Task.FromResult(input.Decision.Decision == ReviewDecision.Approve
            ? new SubmissionOutcome(SubmissionStates.Reviewed, ReasonCode: null)
            : new SubmissionOutcome(SubmissionStates.Rejected, RejectedCode));
    }

    private static async Task RecordAsync(NpgsqlTransaction transaction, SubmissionId id, ReviewDecision decision, CancellationToken cancellationToken)
    {
        var approved = decision.Decision == ReviewDecision.Approve;
        FieldCorrection[] corrections = approved
            ? [.. decision.Corrections.GroupBy(correction => correction.Field).Select(same => same.Last())]
            : [];
        // Ended already: a second decision changes nothing.
        await using (var submission = new NpgsqlCommand(PipelineSchema.Sql["Store/lock_submission.sql"], transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id.Value } },
        })
        {
            if (await submission.ExecuteScalarAsync(cancellationToken) is not SubmissionStates.NeedsReview)
            {
                return;
            }
        }

        var before = await FieldsAsync(transaction, id, cancellationToken);
        var changes = Json(corrections.Select(correction => new
        {
            correction.Field,
            From = before.GetValueOrDefault(correction.Field),
            To = string.IsNullOrWhiteSpace(correction.Value) ? null : correction.Value,
            correction.Page,
            correction.Box?.X0,
            correction.Box?.Y0,
            correction.Box?.X1,
            correction.Box?.Y1,
        }));
        await using (var insert = Command("Store/insert_review.sql", transaction, id, changes))
        {
            insert.Parameters.Add(new() { Value = decision.Decision });
            insert.Parameters.Add(new() { Value = decision.By });
            insert.Parameters.Add(new() { Value = decision.At.ToUniversalTime() });
            insert.Parameters.Add(new() { Value = (object?)decision.Note ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            // Recorded, but never carried out: the same decision is carried out now, another one comes too late.
            if (await insert.ExecuteScalarAsync(cancellationToken) is not true)
            {
                throw new InvalidOperationException($"Another decision about submission {id} is recorded already.");
            }
        }

        var cells = "[]";
        if (approved)
        {
            await CorrectAsync(transaction, id, changes, cancellationToken);
            cells = decision.Cells is { Count: > 0 } given ? await CorrectCellsAsync(transaction, id, given, cancellationToken) : "[]";
        }

        var detail = $$"""{"corrections":{{changes}},"cells":{{cells}}}""";
        await SubmissionStates.ChangeAsync(
            transaction,
            approved
                ? new(id, SubmissionStates.Reviewed, decision.By, ReasonCode: null, decision.Note, detail)
                : new(id, SubmissionStates.Rejected, decision.By, RejectedCode, decision.Note, detail),
            cancellationToken);
    }

    private static async Task CorrectAsync(NpgsqlTransaction transaction, SubmissionId id, string changes, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "Store/remove_fields.sql", "Store/correct_fields.sql" })
        {
            await using var correct = Command(name, transaction, id, changes);
            await correct.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var confirm = new NpgsqlCommand(PipelineSchema.Sql["Store/confirm_fields.sql"], transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id.Value } },
        };
        await confirm.ExecuteNonQueryAsync(cancellationToken);

        var fields = await FieldsAsync(transaction, id, cancellationToken);
        await using var update = Command(
            "Store/update_claim.sql", transaction, id, Json(ClaimColumns.From(fields.Select(field => (field.Key, field.Value)))));
        await update.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The cells with the values before and after, as a JSON list.</returns>
    private static async Task<string> CorrectCellsAsync(
        NpgsqlTransaction transaction, SubmissionId id, IReadOnlyList<CellCorrection> cells, CancellationToken cancellationToken)
    {
        var json = Json(cells
            .GroupBy(cell => (cell.Document, cell.Table, cell.Row, cell.Column))
            .Select(same => same.Last())
            .Select(cell => new { cell.Document, cell.Table, cell.Row, cell.Column, To = string.IsNullOrWhiteSpace(cell.Value) ? null : cell.Value }));
        await using var read = Command("Store/find_cells.sql", transaction, id, json);
        var changes = (string)(await read.ExecuteScalarAsync(cancellationToken))!;
        await using var correct = Command("Store/correct_cells.sql", transaction, id, json);
        await correct.ExecuteNonQueryAsync(cancellationToken);
        return changes;
    }

    private static async Task<Dictionary<string, string>> FieldsAsync(NpgsqlTransaction transaction, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PipelineSchema.Sql["Store/find_fields.sql"], transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id.Value } },
        };
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

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ClaimJson.Options);
}
