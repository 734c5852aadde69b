using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Server.Hosting;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Server.Check;

/// <summary>A file that is not what the database says it is.</summary>
internal sealed record WrongFile(string Submission, string Name, string Problem);

/// <summary>Reads originals and stored results again and compares their hashes with the database's. Costs as much as reading all of them.</summary>
internal static class StoredFiles
{
    public const string Name = "files_are_what_was_stored";
    public const string MustHold = "Each original, and the result each claim was stored from, is where blobs are kept, with the hash that the database knows.";

    public static async IAsyncEnumerable<WrongFile> FindWrongAsync(
        NpgsqlDataSource database, IBlobs blobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Databases.Sql["Check/Sql/stored_files.sql"]);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (submission, content) = (reader.GetGuid(0).ToString(), new ContentHash(reader.GetString(1)));
            var (name, expected) = reader.IsDBNull(2) ? (ReadBlobs.Original, content.Value) : (reader.GetString(2), reader.GetString(3));
            if (await ProblemAsync(blobs, content, name, expected, cancellationToken) is { } problem)
            {
                yield return new(submission, name, problem);
            }
        }
    }

    private static async Task<string?> ProblemAsync(IBlobs blobs, ContentHash content, string name, string expected, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await blobs.OpenAsync(content, name, cancellationToken);
            if (file is null)
            {
                return "it is not there";
            }

            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            return hash == expected ? null : $"it has the hash {hash} and should have {expected}";
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or TransientFailure)
        {
            return $"it cannot be read: {missing.Message}";
        }
    }
}
