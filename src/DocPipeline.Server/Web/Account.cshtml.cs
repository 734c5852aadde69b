using System.Security.Claims;
using DocPipeline.Server.Access;
using DocPipeline.Server.Access.OpenId;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DocPipeline.Server.Web;

/// <summary>A person's own password.</summary>
[Authorize(Roles.Reader)]
internal sealed class AccountModel(Accounts accounts, SignIns signIns, OpenIdSettings provider) : PageModel
{
    public string? Problem { get; private set; }

    public bool Changed { get; private set; }

    /// <summary>Where the person signs in instead of having a password here; null with a password.</summary>
    public string? Provider { get; private set; }

    private Guid Id => Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Provider = await accounts.FindAsync(Id, cancellationToken) is { IsProvided: true } ? provider.Title : null;

    public async Task<IActionResult> OnPostAsync([FromForm] string? old, [FromForm(Name = "new")] string? wanted, CancellationToken cancellationToken)
    {
        if (wanted is not { Length: >= Passwords.Shortest and <= Passwords.Longest })
        {
            return Refuse($"A password has {Passwords.Shortest} to {Passwords.Longest} characters.");
        }

        // The same brake as at the door: a browser left open is no way to guess the password.
        var name = User.Identity!.Name!;
        var result = await signIns.TryAsync(name, old ?? "", HttpContext.Connection.RemoteIpAddress?.ToString(), cancellationToken);
        if (result.Account is null)
        {
            return Refuse(result.TooMany ? "Too many tries have failed. Wait a quarter of an hour." : "The password now is another one.");
        }

        if (await accounts.SetPasswordAsync(Id, Passwords.Hash(wanted), name, cancellationToken) is { } changed)
        {
            await HttpContext.SignInAsync(changed.ToPrincipal());
            Changed = true;
        }

        return Page();
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
