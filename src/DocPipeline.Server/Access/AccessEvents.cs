using DocPipeline.Documents;
using DocPipeline.Server.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Server.Access;

/// <summary>What people did that no other audit tells: signing in, changing accounts, looking at a document's pages. It only grows.</summary>
internal sealed class AccessEvents(NpgsqlDataSource database)
{
    public const string SignedIn = "signed_in";
    public const string SignedOut = "signed_out";
    public const string SignInRefused = "sign_in_refused";
    public const string PictureSeen = "picture_seen";
    public const string FileSeen = "file_seen";
    public const string Exported = "exported";

    public async Task AddAsync(
        string account, string? address, string kind, SubmissionId? submission = null, string? detail = null, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand(Databases.Sql["Access/Sql/add_event.sql"]);
        command.Parameters.Add(new() { Value = account });
        AddNullable(address, NpgsqlDbType.Text);
        command.Parameters.Add(new() { Value = kind });
        AddNullable(submission?.Value, NpgsqlDbType.Uuid);
        AddNullable(detail, NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void AddNullable(object? value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }
}
