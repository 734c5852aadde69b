using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Store;

/// <summary>What an operator needs to judge a dead letter.</summary>
/// <param name="Step">Name of the activity that failed for good, or null where the workflow itself did.</param>
/// <param name="StepNumber">Its number in the journal: the replay begins there.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record DeadLetter(string? Step, int? StepNumber, int Attempts, ActivityFailure Failure);

/// <summary>
/// Keeps submissions in step with the engine's dead letters: for the engine's hooks, inside the transaction in which an instance dies or is replayed.
/// An instance that is no submission's is left alone, and so is a submission that has ended: terminal is final.
/// </summary>
public static class DeadLetters
{
    /// <returns>True if a submission died; false if there was none to die.</returns>
    public static async Task<bool> MarkDeadAsync(NpgsqlTransaction transaction, string instanceId, DeadLetter letter, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(instanceId, "D", out var id)
            || await StateAsync(transaction, id, cancellationToken) is not (SubmissionStates.Processing or SubmissionStates.NeedsReview))
        {
            return false;
        }

        var step = letter.Step is null ? "The workflow" : $"The step '{letter.Step}'";
        var (code, reason) = letter.Failure.Kind == FailureKind.Transient
            ? ("retries_exhausted", $"{step} failed {letter.Attempts} times, lastly with: {letter.Failure.Message} An operator can replay it once the cause is gone.")
            : ("internal_error", $"{step} failed: {letter.Failure.Message} An operator can replay it once the cause is fixed.");
        return await SubmissionStates.ChangeAsync(
            transaction,
            new(new SubmissionId(id), SubmissionStates.Dead, "pipeline", code, Storable(reason), JsonSerializer.Serialize(letter, ClaimJson.Options)),
            cancellationToken);
    }

    /// <summary>Brings a dead submission back to where it died.</summary>
    /// <param name="by">Who ordered the replay.</param>
    /// <returns>True if a submission came back.</returns>
    public static async Task<bool> MarkReplayedAsync(NpgsqlTransaction transaction, string instanceId, string by, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(instanceId, "D", out var id))
        {
            return false;
        }

        await using var command = new NpgsqlCommand(PipelineSchema.Sql["Store/replay_submission.sql"], transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id }, new() { Value = by } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task<string?> StateAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PipelineSchema.Sql["Store/lock_submission.sql"], transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
