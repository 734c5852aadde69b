using DocPipeline.Documents;
using DocPipeline.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Query;

/// <summary>A place where an audit chain does not hold.</summary>
/// <param name="Sequence">The row's number in its chain, from 1; 0 where the chain is missing altogether.</param>
public sealed record AuditFault(SubmissionId Submission, int Sequence, string Problem);

/// <summary>Recomputes the hash chains of the audit.</summary>
public static class AuditVerification
{
    /// <summary>Every fault, of one submission or of all; empty where the chains hold.</summary>
    public static async Task<IReadOnlyList<AuditFault>> VerifyAsync(
        NpgsqlDataSource database, SubmissionId? submission = null, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand(
            $"SELECT submission_id, seq, problem FROM (\n{PipelineSchema.Sql["Invariants/audit_chain_holds.sql"]}\n) faults WHERE $1::uuid IS NULL OR submission_id = $1 ORDER BY 1, 2, 3");
        command.Parameters.Add(new() { Value = (object?)submission?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var faults = new List<AuditFault>();
        while (await reader.ReadAsync(cancellationToken))
        {
            faults.Add(new(new SubmissionId(reader.GetGuid(0)), reader.GetInt32(1), reader.GetString(2)));
        }

        return faults;
    }
}
