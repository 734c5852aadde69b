using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace DocPipeline.Server.Access;

/// <summary>A person who may use the server.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Stamp">Changes with role, password and closing: who signed in under another one is signed out.</param>
/// <param name="PasswordHash">Null: the person signs in at the provider, which also gives the role.</param>
/// <param name="ClosedAt">Null while the account is open.</param>
internal sealed record Account(Guid Id, string Name, string Role, Guid Stamp, string? PasswordHash, DateTimeOffset? ClosedAt)
{
    public const string StampClaim = "stamp";

    public bool IsProvided => PasswordHash is null;

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, Id.ToString()),
            new(ClaimTypes.Name, Name),
            new(ClaimTypes.Role, Role),
            new(StampClaim, Stamp.ToString()),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
