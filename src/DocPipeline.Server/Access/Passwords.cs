using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DocPipeline.Server.Access;

/// <summary>Passwords as they are kept: the framework's PBKDF2 with HMAC-SHA512, 128 bits of salt.</summary>
internal static class Passwords
{
    public const int Shortest = 12;
    public const int Longest = 200;

    /// <summary>No i, l, o, 0 or 1: it is copied from a terminal by hand.</summary>
    private const string Readable = "abcdefghjkmnpqrstuvwxyz23456789";

    // The OWASP cheat sheet of 2023 asks for 210,000 rounds of HMAC-SHA512.
    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    private static readonly Account Nobody = new(Guid.Empty, "", Roles.Reader, Guid.Empty, PasswordHash: "", ClosedAt: null);

    private static readonly string Unknown = Hash(Generate());

    /// <summary>A new password of 20 characters: 99 bits.</summary>
    public static string Generate() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Readable, 5)));

    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    /// <summary>Whether the password opens the account. Takes as long for an account that does not exist, so that names cannot be tried out.</summary>
    public static bool Opens(Account? account, string password) =>
        Hasher.VerifyHashedPassword(Nobody, account?.PasswordHash ?? Unknown, password) != PasswordVerificationResult.Failed
        && account is { ClosedAt: null, IsProvided: false };
}
