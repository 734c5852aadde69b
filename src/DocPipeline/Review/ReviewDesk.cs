using System.Globalization;
using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Migrations;
using DocPipeline.Workflow;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Review;

/// <summary>What became of what somebody pressed.</summary>
public enum DeskResult
{
    /// <summary>It counts, and the workflow has been told of what ends the review.</summary>
    Recorded,

    /// <summary>It counts as the first of two approvals: another person has to approve as well.</summary>
    NeedsAnother,

    /// <summary>This person has approved already: the second one must be somebody else.</summary>
    SamePerson,

    /// <summary>Somebody was faster, or the submission is in another state by now: nothing was changed.</summary>
    TooLate,

    /// <summary>Somebody else is working on it: nothing was changed.</summary>
    Held,

    /// <summary>There is no such submission.</summary>
    Unknown,
}

/// <param name="Who">Who was faster, or holds it; null where nobody is concerned.</param>
public sealed record DeskAnswer(DeskResult Result, string? Who = null);

/// <summary>
/// Where people take documents and decide about them. A decision, its record and the event that the waiting workflow goes on with are one transaction: it
/// happens once, however many press at once and whenever the process dies.
/// </summary>
public sealed class ReviewDesk(NpgsqlDataSource database, IWorkflowClient workflows, ReviewOptions options)
{
    /// <summary>How doors spell <see cref="ReturnAsync"/>: no <see cref="ReviewDecision"/>, for it ends nothing.</summary>
    public const string Return = "return";

    /// <summary>Takes a document, or stays with it: a sign of life. False if somebody else has it.</summary>
    /// <param name="force">Take it from whoever has it.</param>
    public async Task<bool> TakeAsync(SubmissionId id, string account, bool force, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/take.sql"]);
        command.Parameters.Add(new() { Value = id.Value });
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = options.Hold });
        command.Parameters.Add(new() { Value = force });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Gives a document back to the queue. Somebody else's stays with them.</summary>
    public async Task ReleaseAsync(SubmissionId id, string account, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/release.sql"]);
        command.Parameters.Add(new() { Value = id.Value });
        command.Parameters.Add(new() { Value = account });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc cref="DecideAsync(SubmissionId, int?, long?, ReviewDecision, CancellationToken)"/>
    public Task<DeskAnswer> DecideAsync(SubmissionId id, int? version, ReviewDecision decision, CancellationToken cancellationToken) =>
        DecideAsync(id, version, approval: null, decision, cancellationToken);

    /// <summary>Decides. Where the engine keeps its events elsewhere, whoever calls raises the event after this has returned; see <see cref="PendingDecisions"/>.</summary>
    /// <param name="version">The version of the submission that the person saw; null: whatever stands now.</param>
    /// <param name="approval">The number of the first approval that the person saw, 0 if they saw none; null: whatever stands now.</param>
    /// <exception cref="DecisionFault">Something is missing in the decision, or it does not fit the submission.</exception>
    public async Task<DeskAnswer> DecideAsync(SubmissionId id, int? version, long? approval, ReviewDecision decision, CancellationToken cancellationToken)
    {
        var decided = decision with { Note = string.IsNullOrWhiteSpace(decision.Note) ? null : decision.Note.Trim() };
        if (decided.Fault is { } fault)
        {
            throw new DecisionFault(fault);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // 1. Alone with the submission. What stands is read afterwards, by a statement that sees what the lock has waited for.
        if (!await LockAsync(transaction, id, cancellationToken) || await ReadAsync(transaction, id, cancellationToken) is not { } standing)
        {
            return new(DeskResult.Unknown);
        }

        // 2. Does it still count?
        if (RefusalOf(standing, version, decided.By) is { } refusal)
        {
            return refusal;
        }

        if (decided.Documents is { } groups && !groups.SelectMany(group => group.Pages).Order().SequenceEqual(standing.Pages))
        {
            throw new DecisionFault(
                standing.Pages.Length == 0 ? "Nothing was read from this file: it has no documents to regroup." : $"Each of the pages {string.Join(", ", standing.Pages)} belongs to one document, and no other page.");
        }

        // 3. Are two needed?
        var needsTwo = decided.Decision == ReviewDecision.Approve && AmountOf(standing, decided.Corrections) > options.FourEyesAbove;
        if (needsTwo && IsSamePerson(standing.FirstBy, decided.By))
        {
            return new(DeskResult.SamePerson);
        }

        if (IsAnother(standing, approval))
        {
            return new(DeskResult.TooLate, standing.LastBy);
        }

        var isFirst = needsTwo && standing.StandingFirst is null;

        // 4. The record, and the event with it.
        await RecordAsync(transaction, id, standing.Version, isFirst ? "first_approval" : decided.Decision, needsTwo && !isFirst ? standing.FirstBy : null, decided, cancellationToken);
        if (!isFirst)
        {
            await workflows.RaiseEventAsync(id.ToString(), ReviewDecision.Event, $"version {standing.Version}", decided, transaction, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new(isFirst ? DeskResult.NeedsAnother : DeskResult.Recorded);
    }

    /// <summary>
    /// The second of two people returns the claim to the first, who finds it next in their queue, with their values and the note. It ends nothing: the workflow
    /// waits on, and is told when a decision ends the review.
    /// </summary>
    /// <inheritdoc cref="DecideAsync(SubmissionId, int?, long?, ReviewDecision, CancellationToken)"/>
    /// <exception cref="DecisionFault">Nobody has approved it, or the note is missing.</exception>
    public async Task<DeskAnswer> ReturnAsync(SubmissionId id, int? version, long? approval, string by, string? note, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(note))
        {
            throw new DecisionFault("What is returned needs a note that says what to look at.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await LockAsync(transaction, id, cancellationToken) || await ReadAsync(transaction, id, cancellationToken) is not { } standing)
        {
            return new(DeskResult.Unknown);
        }

        if (RefusalOf(standing, version, by) is { } refusal)
        {
            return refusal;
        }

        if (standing.First is not { } first)
        {
            throw new DecisionFault("Nobody has approved it: there is nobody to return it to.");
        }

        if (standing.ReturnedBy is not null || IsAnother(standing, approval))
        {
            return new(DeskResult.TooLate, standing.LastBy);
        }

        if (IsSamePerson(standing.FirstBy, by))
        {
            return new(DeskResult.SamePerson);
        }

        await using var command = Command(transaction, "Review/record_return.sql", id);
        command.Parameters.Add(new() { Value = standing.Version });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = standing.FirstBy! });
        command.Parameters.Add(new() { Value = note.Trim() });
        command.Parameters.Add(new() { Value = first });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(DeskResult.Recorded);
    }

    private static DeskAnswer? RefusalOf(Standing standing, int? version, string by) => standing switch
    {
        _ when standing.State != "needs_review" || (version ?? standing.Version) != standing.Version || standing.EndedBy is not null =>
            new(DeskResult.TooLate, standing.EndedBy ?? standing.ChangedBy),
        { HeldBy: { } holder } when holder != by => new(DeskResult.Held, holder),
        _ => null,
    };

    private static bool IsSamePerson(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Somebody has approved it or returned it since the person looked.</summary>
    private static bool IsAnother(Standing standing, long? seen) => seen is { } number && number != (standing.StandingFirst ?? 0);

    /// <summary>The larger one of the total that was read and the corrected one: neither a misreading nor a slip of the hand gets around the second pair of eyes.</summary>
    private static decimal AmountOf(Standing standing, IReadOnlyList<FieldCorrection> corrections)
    {
        var corrected = corrections.LastOrDefault(correction => correction.Field == "total_amount")?.Value;
        return Math.Max(
            standing.Amount ?? 0,
            decimal.TryParse(corrected, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : 0);
    }

    private static async Task<bool> LockAsync(NpgsqlTransaction transaction, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, "Review/lock_submission.sql", id);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task<Standing?> ReadAsync(NpgsqlTransaction transaction, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, "Review/read_standing.sql", id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new(row.GetString(0), row.GetString(1), row.GetInt32(2), Text(3), Text(4), row.IsDBNull(5) ? null : row.GetInt64(5), Text(6), Text(7), row.IsDBNull(8) ? null : row.GetDecimal(8), row.GetFieldValue<int[]>(9))
            : null;

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    private static async Task RecordAsync(
        NpgsqlTransaction transaction, SubmissionId id, int version, string kind, string? firstBy, ReviewDecision decided, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, "Review/record_action.sql", id);
        command.Parameters.Add(new() { Value = version });
        command.Parameters.Add(new() { Value = kind });
        command.Parameters.Add(new() { Value = decided.By });
        command.Parameters.Add(new() { Value = (object?)firstBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)decided.Note ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new()
        {
            Value = JsonSerializer.Serialize(
                decided.Corrections
                    .Select(correction => new Change(correction.Field, Given(correction.Value), correction.Page))
                    .Concat((decided.Cells ?? []).Select(cell => new Change(
                        CellCorrection.Key(cell.Document, cell.Table, cell.Row, cell.Column), Given(cell.Value), Page: null, cell.Document, cell.Table, cell.Row, cell.Column))),
                JsonSerializerOptions.Web),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new() { Value = kind == decided.Decision ? decided.ToJson() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, SubmissionId id) =>
        new(PipelineSchema.Sql[sql], transaction.Connection, transaction) { Parameters = { new() { Value = id.Value } } };

    /// <summary>As record_action.sql takes it; the last four for a cell only.</summary>
    private sealed record Change(string Field, string? To, int? Page, int? Document = null, string? Table = null, int? Row = null, string? Column = null);

    private sealed record Standing(
        string State, string ChangedBy, int Version, string? HeldBy, string? EndedBy, long? First, string? FirstApprovedBy, string? ReturnedBy, decimal? Amount, int[] Pages)
    {
        /// <summary>The first approval, as long as nobody has returned it.</summary>
        public long? StandingFirst => ReturnedBy is null ? First : null;

        /// <summary>Who approved first, as long as nobody has returned it.</summary>
        public string? FirstBy => ReturnedBy is null ? FirstApprovedBy : null;

        /// <summary>Who approved it or returned it last.</summary>
        public string? LastBy => ReturnedBy ?? FirstApprovedBy ?? ChangedBy;
    }
}
