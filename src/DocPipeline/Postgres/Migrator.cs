using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace DocPipeline.Postgres;

/// <summary>
/// Brings a schema to its newest version: every embedded file below a folder, in order of its name, each in a transaction of its own and once.
/// A released file is frozen: a file whose text differs from what was applied stops the migration.
/// </summary>
/// <remarks>Several processes may migrate at once: an advisory lock lets them through one by one.</remarks>
public sealed class Migrator(NpgsqlDataSource owner, EmbeddedText sql, string folder)
{
    // Any constant will do as long as everything that migrates this database uses the same one.
    private const long LockKey = 0x646f6370_69706521;

    /// <summary>Applies what is missing and returns the names of the files applied.</summary>
    /// <exception cref="InvalidOperationException">An applied file has been changed since.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            await ExecuteAsync(
                connection,
                "CREATE TABLE IF NOT EXISTS public.migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
                cancellationToken);
            var applied = new List<string>();
            foreach (var name in sql.Below(folder))
            {
                if (await ApplyAsync(connection, name, cancellationToken))
                {
                    applied.Add(name);
                }
            }

            return applied;
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private async Task<bool> ApplyAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        var text = sql[name];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        await using var find = new NpgsqlCommand("SELECT sha256 FROM public.migration WHERE name = $1", connection) { Parameters = { new() { Value = name } } };
        if (await find.ExecuteScalarAsync(cancellationToken) is string known)
        {
            return known == hash
                ? false
                : throw new InvalidOperationException($"Migration '{name}' was applied with another text. A released migration is never edited: add a new file.");
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, text, cancellationToken);
        await using var record = new NpgsqlCommand("INSERT INTO public.migration (name, sha256) VALUES ($1, $2)", connection, transaction)
        {
            Parameters = { new() { Value = name }, new() { Value = hash } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
