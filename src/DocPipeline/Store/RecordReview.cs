using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Review;
using DocPipeline.Workflow;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Store;

/// <summary>A decision and the submission that it is about.</summary>
public sealed record ReviewToRecord(SubmissionId Submission, ReviewDecision Decision);

/// <summary>
/// Carries out a person's decision, which <see cref="ReviewDesk"/> has written down: corrections, claim and state in one transaction. The audit row holds what
/// was there before. A decision that is not the pending one (its event came late, or twice) changes nothing.
/// </summary>
public sealed class RecordReview(NpgsqlDataSource database) : IActivity<ReviewToRecord, SubmissionOutcome>
{
    public const string RejectedCode = "rejected_by_reviewer";
    public const string SentBackCode = "sent_back";

    public static Activity<ReviewToRecord, SubmissionOutcome> Name { get; } = new("record-review");

    /// <returns>What has become of the submission: still <c>needs_review</c> if the decision was passed over.</returns>
    public async Task<SubmissionOutcome> RunAsync(ReviewToRecord input, ActivityContext context, CancellationToken cancellationToken)
    {
        var (id, decision) = (input.Submission, input.Decision);
        if (decision.Fault is { } fault)
        {
            throw new DecisionFault(fault);
        }

        // What is pending stays pending until this step carries it out: what is seen here holds in the transaction that records the step.
        var (standing, pending) = await FindAsync(id, cancellationToken);
        if (standing.State != SubmissionStates.NeedsReview || !decision.IsSameAs(pending))
        {
            return standing;
        }

        context.CommitWith((transaction, token) => CarryOutAsync(transaction, id, decision, token));
        return EndOf(decision);
    }

    private static SubmissionOutcome EndOf(ReviewDecision decision) => decision.Decision switch
    {
        ReviewDecision.Approve => new(SubmissionStates.Reviewed, ReasonCode: null),
        ReviewDecision.Reject => new(SubmissionStates.Rejected, RejectedCode),
        ReviewDecision.SendBack => new(SubmissionStates.Rejected, SentBackCode),
        // Its documents are read anew.
        _ => new(SubmissionStates.Processing, ReasonCode: null),
    };

    private async Task<(SubmissionOutcome Standing, ReviewDecision? Pending)> FindAsync(SubmissionId id, CancellationToken cancellationToken)
    {
        await using var find = database.CreateCommand(PipelineSchema.Sql["Store/find_decision.sql"]);
        find.Parameters.Add(new() { Value = id.Value });
        await using var row = await find.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? (new(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), row.IsDBNull(2) ? null : ReviewDecision.FromJson(row.GetString(2)))
            : throw new InvalidOperationException($"There is no submission {id}.");
    }

    private static async Task CarryOutAsync(NpgsqlTransaction transaction, SubmissionId id, ReviewDecision decision, CancellationToken cancellationToken)
    {
        // Carried out already, by an attempt whose record was lost.
        await using (var submission = Command("Store/lock_submission.sql", transaction, id))
        {
            if (await submission.ExecuteScalarAsync(cancellationToken) is not SubmissionStates.NeedsReview)
            {
                return;
            }
        }

        var detail = decision.Decision switch
        {
            ReviewDecision.Approve => await ApproveAsync(transaction, id, decision, cancellationToken),
            ReviewDecision.Regroup => await DescribeAsync(transaction, id, decision, cancellationToken),
            _ => """{"corrections":[],"cells":[]}""",
        };
        var end = EndOf(decision);
        await SubmissionStates.ChangeAsync(transaction, new(id, end.State, decision.By, end.ReasonCode, decision.Note, detail), cancellationToken);
    }

    private static async Task<string> ApproveAsync(NpgsqlTransaction transaction, SubmissionId id, ReviewDecision decision, CancellationToken cancellationToken)
    {
        var changes = await Corrections.ApplyAsync(transaction, id, decision.Corrections, cancellationToken);
        await using (var confirm = Command("Store/confirm_fields.sql", transaction, id))
        {
            await confirm.ExecuteNonQueryAsync(cancellationToken);
        }

        var cells = decision.Cells is { Count: > 0 } given ? await CorrectCellsAsync(transaction, id, given, cancellationToken) : "[]";
        return $$"""{"corrections":{{changes}},"cells":{{cells}}}""";
    }

    /// <returns>What is about to be read anew, and as what: as JSON.</returns>
    private static async Task<string> DescribeAsync(NpgsqlTransaction transaction, SubmissionId id, ReviewDecision decision, CancellationToken cancellationToken)
    {
        await using var find = Command("Store/find_reading.sql", transaction, id);
        var before = (string)(await find.ExecuteScalarAsync(cancellationToken))!;
        return $$"""{"before":{{before}},"documents":{{JsonSerializer.Serialize(decision.Documents, ClaimJson.Options)}},"kept":{{JsonSerializer.Serialize(decision.Corrections, ClaimJson.Options)}}}""";
    }

    /// <returns>The cells with the values before and after, as a JSON list.</returns>
    private static async Task<string> CorrectCellsAsync(
        NpgsqlTransaction transaction, SubmissionId id, IReadOnlyList<CellCorrection> cells, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(cells
            .GroupBy(cell => (cell.Document, cell.Table, cell.Row, cell.Column))
            .Select(same => same.Last())
            .Select(cell => new { cell.Document, cell.Table, cell.Row, cell.Column, To = string.IsNullOrWhiteSpace(cell.Value) ? null : cell.Value }), ClaimJson.Options);
        await using var read = Command("Store/find_cells.sql", transaction, id, json);
        var changes = (string)(await read.ExecuteScalarAsync(cancellationToken))!;
        await using var correct = Command("Store/correct_cells.sql", transaction, id, json);
        await correct.ExecuteNonQueryAsync(cancellationToken);
        return changes;
    }

    private static NpgsqlCommand Command(string name, NpgsqlTransaction transaction, SubmissionId id, string? json = null)
    {
        var command = new NpgsqlCommand(PipelineSchema.Sql[name], transaction.Connection, transaction) { Parameters = { new() { Value = id.Value } } };
        if (json is not null)
        {
            command.Parameters.Add(new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb });
        }

        return command;
    }
}
