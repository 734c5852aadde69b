using DocPipeline.Documents;
using DocPipeline.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Store;

/// <summary>What is known of a claim whose like is looked for; null where it is not on the document.</summary>
/// <param name="Submission">The submission asking: it is no duplicate of itself.</param>
public sealed record DuplicateQuery(
    SubmissionId Submission, string? ClaimNumber = null, string? InvoiceNumber = null, string? Provider = null, decimal? TotalAmount = null);

/// <summary>A stored claim that may be the same one.</summary>
/// <param name="State">What became of it: a rejected one is no reason to worry.</param>
/// <param name="Match">What is equal: <c>invoice_number+provider</c>, <c>invoice_number+total_amount</c> or <c>claim_number+total_amount</c>.</param>
public sealed record PossibleDuplicate(SubmissionId Submission, string Bucket, string Key, string State, string Match);

/// <summary>
/// Finds claims of other submissions that say the same on other paper. One number alone is no match: a claim number is on every document of its claim, and
/// invoice numbers repeat between providers. Sees what has been stored: of two that are processed at the same time, each may miss the other.
/// </summary>
public sealed class DuplicateLookup(NpgsqlDataSource database)
{
    /// <summary>At most 20, oldest first.</summary>
    public async Task<IReadOnlyList<PossibleDuplicate>> FindAsync(DuplicateQuery query, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Store/find_duplicates.sql"]);
        command.Parameters.Add(new() { Value = query.Submission.Value });
        AddText(query.ClaimNumber, ClaimColumns.IdentifierKey);
        AddText(query.InvoiceNumber, ClaimColumns.IdentifierKey);
        AddText(query.Provider, ClaimColumns.NameKey);
        command.Parameters.Add(new() { Value = (object?)query.TotalAmount ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<PossibleDuplicate>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new(new SubmissionId(reader.GetGuid(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        }

        return found;

        void AddText(string? text, Func<string, string?> keyOf) =>
            command.Parameters.Add(new() { Value = (object?)(text is null ? null : keyOf(text)) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
    }
}
