using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Store;

/// <summary>Hands a submission whose bytes are known under another name to a person, with the name of the first one, and its end if it has come to one.</summary>
public sealed class FlagDuplicate : IActivity<Submission, SubmissionOutcome>
{
    public const string ReasonCode = "duplicate_file";

    public static Activity<Submission, SubmissionOutcome> Name { get; } = new("flag-duplicate");

    public Task<SubmissionOutcome> RunAsync(Submission input, ActivityContext context, CancellationToken cancellationToken)
    {
        if (input.DuplicateOf is not { } original)
        {
            throw new ArgumentException($"Submission {input.Id} is no duplicate.", nameof(input));
        }

        context.CommitWith(async (transaction, token) =>
        {
            await using var find = new NpgsqlCommand(PipelineSchema.Sql["Store/find_original.sql"], transaction.Connection, transaction)
            {
                Parameters = { new() { Value = original.Value } },
            };
            string reason;
            await using (var reader = await find.ExecuteReaderAsync(token))
            {
                await reader.ReadAsync(token);
                reason = ReasonFor(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3));
            }

            await SubmissionStates.ChangeAsync(transaction, new(input.Id, SubmissionStates.NeedsReview, "pipeline", ReasonCode, reason), token);
        });
        return Task.FromResult(new SubmissionOutcome(SubmissionStates.NeedsReview, ReasonCode));
    }

    // Only an end is told: a state that passes would be wrong when the person reads it.
    private static string ReasonFor(string bucket, string key, string state, string? reason)
    {
        var fate = state switch
        {
            SubmissionStates.Accepted => ", which was accepted",
            SubmissionStates.Reviewed => ", which was reviewed and approved",
            SubmissionStates.Rejected => $", which was rejected ({reason})",
            _ => "",
        };
        return $"The same file as '{key}' in {bucket}{fate}. It was not read a second time.";
    }
}
