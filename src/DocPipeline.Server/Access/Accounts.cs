using DocPipeline.Server.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Server.Access;

/// <summary>The accounts in the database. Every change is an access event in the same transaction.</summary>
internal sealed class Accounts(NpgsqlDataSource database)
{
    public Task<Account?> FindAsync(string name, CancellationToken cancellationToken) => SingleAsync("Access/Sql/find_account.sql", cancellationToken, Text(name));

    public Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken) => SingleAsync("Access/Sql/find_account_by_id.sql", cancellationToken, Key(id));

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) => ReadAsync("Access/Sql/list_accounts.sql", cancellationToken);

    /// <summary>Makes an account; null if the name is taken.</summary>
    public Task<Account?> AddAsync(string name, string role, string passwordHash, string by, CancellationToken cancellationToken) =>
        SingleAsync("Access/Sql/add_account.sql", cancellationToken, Text(name), Text(role), Text(passwordHash), Text(by));

    /// <summary>The same, but only if there is no account at all. Of several processes that start at once, one makes it.</summary>
    public Task<Account?> AddFirstAsync(string name, string passwordHash, CancellationToken cancellationToken) =>
        SingleAsync("Access/Sql/add_first_account.sql", cancellationToken, Text(name), Text(Roles.Admin), Text(passwordHash));

    /// <summary>The account of a person of the provider.</summary>
    public Task<Account?> FindProvidedAsync(string issuer, string subject, CancellationToken cancellationToken) =>
        SingleAsync("Access/OpenId/Sql/find_provided_account.sql", cancellationToken, Text(issuer), Text(subject));

    /// <summary>Makes an account for a person of the provider; null if the name is taken, or the person has one.</summary>
    public Task<Account?> AddProvidedAsync(string name, string role, string issuer, string subject, string by, CancellationToken cancellationToken) =>
        SingleAsync("Access/OpenId/Sql/add_provided_account.sql", cancellationToken, Text(name), Text(role), Text(issuer), Text(subject), Text(by));

    /// <summary>Gives the role that the provider says, also to the last admin; the account is signed out. Null: there is no such open account.</summary>
    /// <param name="role">Null: none. The account keeps its role for the record, but nobody is signed in with it.</param>
    public Task<Account?> SetProvidedRoleAsync(Guid id, string? role, string by, CancellationToken cancellationToken) =>
        SingleAsync("Access/OpenId/Sql/set_provided_role.sql", cancellationToken, Key(id), Text(role), Text(by));

    /// <summary>From now on the account is that person's of the provider, and has no password. Null: the person has another account.</summary>
    public Task<Account?> LinkAsync(Guid id, string issuer, string subject, string by, CancellationToken cancellationToken) =>
        SingleAsync("Access/OpenId/Sql/link_account.sql", cancellationToken, Key(id), Text(issuer), Text(subject), Text(by));

    /// <summary>Whether there is any account.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Databases.Sql["Access/Sql/any_account.sql"]);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Sets a password; everybody who is signed in under the account is signed out. Null: there is no such account, or its person signs in at the provider.</summary>
    public Task<Account?> SetPasswordAsync(Guid id, string passwordHash, string by, CancellationToken cancellationToken) =>
        SingleAsync("Access/Sql/set_password.sql", cancellationToken, Key(id), Text(passwordHash), Text(by));

    /// <summary>Gives another role; the account is signed out. Null: the last open admin keeps the role, or there is no such account.</summary>
    public Task<Account?> SetRoleAsync(Guid id, string role, string by, CancellationToken cancellationToken) =>
        SingleAsync("Access/Sql/set_role.sql", cancellationToken, Key(id), Text(role), Text(by));

    /// <summary>Closes or opens an account. Null: the last open admin stays open, or there is no such account.</summary>
    public Task<Account?> SetClosedAsync(Guid id, bool closed, string by, CancellationToken cancellationToken) =>
        SingleAsync("Access/Sql/set_closed.sql", cancellationToken, Key(id), new NpgsqlParameter { Value = closed }, Text(by));

    private static NpgsqlParameter Key(Guid id) => new() { Value = id };

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private async Task<Account?> SingleAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        (await ReadAsync(sql, cancellationToken, parameters)).SingleOrDefault();

    private async Task<IReadOnlyList<Account>> ReadAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(Databases.Sql[sql]);
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var accounts = new List<Account>();
        while (await row.ReadAsync(cancellationToken))
        {
            accounts.Add(new(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3),
                row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5)));
        }

        return accounts;
    }
}
