using DocPipeline.Server.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Server.Access;

/// <summary>How a try to sign in ended.</summary>
/// <param name="Account">Null if it failed.</param>
/// <param name="TooMany">Too many tries failed within a quarter of an hour: the password was not looked at.</param>
internal sealed record SignInResult(Account? Account, bool TooMany);

/// <summary>Lets people in by name and password, and slows down those who guess.</summary>
internal sealed class SignIns(NpgsqlDataSource database, Accounts accounts, AccessEvents events)
{
    public async Task<SignInResult> TryAsync(string name, string password, string? address, CancellationToken cancellationToken)
    {
        // 1. Written down first: what counts is how often somebody tried, not how often we found the time to say no.
        if (!await BeginAsync(name, address, cancellationToken))
        {
            return new(Account: null, TooMany: true);
        }

        // 2. The password.
        var account = await accounts.FindAsync(name, cancellationToken);
        if (!Passwords.Opens(account, password))
        {
            return new(Account: null, TooMany: false);
        }

        await events.AddAsync(account!.Name, address, AccessEvents.SignedIn, cancellationToken: cancellationToken);
        return new(account, TooMany: false);
    }

    /// <summary>Writes a try down. False if too many have failed lately: then nothing else is done.</summary>
    /// <param name="name">Null: the provider will say who it is.</param>
    public async Task<bool> BeginAsync(string? name, string? address, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var alone = new NpgsqlCommand(Databases.Sql["Access/Sql/lock_sign_in.sql"], connection, transaction))
        {
            await alone.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var begin = new NpgsqlCommand(Databases.Sql["Access/Sql/begin_sign_in.sql"], connection, transaction)
        {
            Parameters = { new() { Value = (object?)name ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = address ?? "" } },
        };
        var begun = await begin.ExecuteScalarAsync(cancellationToken) is true;
        await transaction.CommitAsync(cancellationToken);
        return begun;
    }
}
