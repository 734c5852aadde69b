using System.Security.Cryptography;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>Everything that claims consist of, in the database and in files, for comparing one moment with another.</summary>
internal static class StoredThings
{
    public static async Task<IReadOnlyList<string>> OfAsync(ServerMachine machine)
    {
        var rows = new List<string>();
        foreach (var table in (string[])["content", "submission", "claim", "claim_document", "claim_field", "document_field", "claim_table_row", "finding", "audit", "outbox"])
        {
            // Messages are published some time later, by whichever server looks first.
            rows.AddRange((await machine.ListAsync($"SELECT to_jsonb(t) - 'position' - 'delivered_at' FROM docpipeline.{table} t ORDER BY to_jsonb(t) ->> 'submission_id', t::text")).Select(row => $"{table} {row}"));
        }

        // Pictures for people are made whenever the readers rest.
        var blobs = machine.Settings["DOCPIPELINE_BLOBS"]!;
        rows.AddRange(Directory.EnumerateFiles(blobs, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("picture-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(blobs, file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}"));
        return rows;
    }
}
