using System.Security.Cryptography;
using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Workflow;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Store;

/// <summary>
/// Stores a claim with its documents, fields, evidence, table rows and findings, and ends the automatic part of its submission: all in the one
/// transaction that records the step. Stored already, by whatever repetition, means nothing is written. What is read anew after a person has regrouped its pages
/// takes the place of what was stored.
/// </summary>
public sealed class StoreClaim(IBlobs blobs) : IActivity<ClaimToStore, SubmissionOutcome>
{
    public static Activity<ClaimToStore, SubmissionOutcome> Name { get; } = new("store-claim");

    public async Task<SubmissionOutcome> RunAsync(ClaimToStore input, ActivityContext context, CancellationToken cancellationToken)
    {
        if (input.State is not (SubmissionStates.Accepted or SubmissionStates.NeedsReview))
        {
            throw new ArgumentException($"A claim is stored as accepted or for review, not as {input.State}.", nameof(input));
        }

        var bytes = await blobs.ReadDerivedAsync(input.Content, input.Result, cancellationToken)
            ?? throw new FileNotFoundException($"The result '{input.Result}' of submission {input.Submission} is gone.");
        var claim = JsonSerializer.Deserialize<ResolvedClaim>(bytes, ClaimJson.Options)
            ?? throw new InvalidDataException($"The result '{input.Result}' of submission {input.Submission} is empty.");
        var rows = new ClaimRows(input.Submission, claim, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        context.CommitWith((transaction, token) => StoreAsync(transaction, input, rows, token));
        return new SubmissionOutcome(input.State, input.ReasonCode);
    }

    private static async Task StoreAsync(NpgsqlTransaction transaction, ClaimToStore input, ClaimRows rows, CancellationToken cancellationToken)
    {
        if (!await InsertAsync(transaction, input.Submission, rows, cancellationToken))
        {
            // Stored already, unless a person has sent the submission back into processing: then what was read before goes.
            await using var submission = Command("Store/lock_submission.sql", transaction, input.Submission);
            if (await submission.ExecuteScalarAsync(cancellationToken) is not SubmissionStates.Processing)
            {
                return;
            }

            await using var remove = Command("Store/remove_reading.sql", transaction, input.Submission);
            await remove.ExecuteNonQueryAsync(cancellationToken);
            await InsertAsync(transaction, input.Submission, rows, cancellationToken);
        }

        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var (name, json) in rows.Children)
        {
            batch.BatchCommands.Add(new(PipelineSchema.Sql[name])
            {
                Parameters = { new() { Value = input.Submission.Value }, new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb } },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (input.Kept is { Count: > 0 } kept)
        {
            await Corrections.ApplyAsync(transaction, input.Submission, kept, cancellationToken);
        }

        var detail = JsonSerializer.Serialize(new { result = input.Result, resultSha256 = rows.ResultSha256, documents = rows.DocumentCount }, ClaimJson.Options);
        await SubmissionStates.ChangeAsync(
            transaction, new(input.Submission, input.State, "pipeline", input.ReasonCode, input.Reason, detail), cancellationToken);
    }

    /// <returns>False if the submission has a claim already.</returns>
    private static async Task<bool> InsertAsync(NpgsqlTransaction transaction, SubmissionId submission, ClaimRows rows, CancellationToken cancellationToken)
    {
        await using var insert = Command("Store/insert_claim.sql", transaction, submission);
        insert.Parameters.Add(new() { Value = rows.Columns, NpgsqlDbType = NpgsqlDbType.Jsonb });
        insert.Parameters.Add(new() { Value = rows.ResultSha256 });
        insert.Parameters.Add(new() { Value = (object?)rows.Calibration ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static NpgsqlCommand Command(string name, NpgsqlTransaction transaction, SubmissionId id) =>
        new(PipelineSchema.Sql[name], transaction.Connection, transaction) { Parameters = { new() { Value = id.Value } } };
}
