using System.Buffers.Text;
using System.Security.Cryptography;
using DocPipeline.Server.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Server.Access.ApiKeys;

/// <summary>A key as lists show it.</summary>
/// <param name="LastUsedAt">To the minute.</param>
internal sealed record ApiKey(
    Guid Id, string Name, IReadOnlyList<string> Scopes, string CreatedBy, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt, DateTime? LastUsedAt);

/// <summary>
/// The keys of programs. A key is <c>dpk_</c>, its id and 32 random bytes; of these the database has the SHA-256 and nothing else. No slow hash is
/// needed: 256 random bits cannot be guessed, unlike passwords.
/// </summary>
internal sealed class ApiKeyStore(NpgsqlDataSource database)
{
    public const string Prefix = "dpk_";

    private const int SecretBytes = 32;

    /// <returns>The key, which is shown to nobody again.</returns>
    public async Task<(Guid Id, string Key)> CreateAsync(string name, IReadOnlyList<string> scopes, TimeSpan? lifetime, string by, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        await using var command = Command("create_key", name, SHA256.HashData(secret), scopes.Distinct().Order(StringComparer.Ordinal).ToArray(), by);
        command.Parameters.Add(new() { Value = (object?)lifetime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval });
        var id = (Guid)(await command.ExecuteScalarAsync(cancellationToken))!;
        return (id, $"{Prefix}{id:N}_{Base64Url.EncodeToString(secret)}");
    }

    /// <summary>The key that this text is, or null: of no known key, a revoked or an expired one.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (Parse(text) is not var (id, secret))
        {
            return null;
        }

        await using var command = Command("use_key", id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && CryptographicOperations.FixedTimeEquals(reader.GetFieldValue<byte[]>(8), SHA256.HashData(secret)) ? Row(reader) : null;
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("list_api_keys");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<ApiKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(Row(reader));
        }

        return keys;
    }

    /// <summary>False: there is no such key, or it is revoked already.</summary>
    public async Task<bool> RevokeAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        await using var command = Command("revoke_key", id, by);
        return await command.ExecuteScalarAsync(cancellationToken) is Guid;
    }

    private static (Guid Id, byte[] Secret)? Parse(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('_', 2) : [];
        return parts.Length == 2 && parts[1].Length <= 64 && Guid.TryParseExact(parts[0], "N", out var id) && Base64Url.IsValid(parts[1], out var bytes) && bytes == SecretBytes
            ? (id, Base64Url.DecodeFromChars(parts[1]))
            : null;
    }

    private static ApiKey Row(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetString(3), reader.GetDateTime(4), TimeOf(reader, 5), TimeOf(reader, 6), TimeOf(reader, 7));

    private static DateTime? TimeOf(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);

    private NpgsqlCommand Command(string name, params object[] values)
    {
        var command = database.CreateCommand(Databases.Sql[$"Access/ApiKeys/Sql/{name}.sql"]);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
