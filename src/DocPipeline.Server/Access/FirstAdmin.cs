namespace DocPipeline.Server.Access;

/// <summary>A server that nobody can enter makes one account and says its password, once.</summary>
internal static class FirstAdmin
{
    public const string Name = "admin";

    /// <returns>The password; null if there is an account already.</returns>
    public static async Task<string?> EnsureAsync(Accounts accounts, CancellationToken cancellationToken)
    {
        if (await accounts.AnyAsync(cancellationToken))
        {
            return null;
        }

        var password = Passwords.Generate();
        return await accounts.AddFirstAsync(Name, Passwords.Hash(password), cancellationToken) is null ? null : password;
    }
}
