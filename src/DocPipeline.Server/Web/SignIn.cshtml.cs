using DocPipeline.Server.Access;
using DocPipeline.Server.Access.OpenId;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DocPipeline.Server.Web;

[AllowAnonymous]
internal sealed class SignInModel(SignIns signIns, OpenIdSettings provider) : PageModel
{
    /// <summary>Where the person wanted to go.</summary>
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    public string? Problem { get; private set; }

    /// <summary>Where one can sign in besides; null if nowhere.</summary>
    public string? Provider => provider.IsOn ? provider.Title : null;

    public string ProviderPath => $"{OpenIdHosting.Path}?to={Uri.EscapeDataString(To ?? "")}";

    /// <param name="problem">Why somebody comes back from there and is not in.</param>
    public IActionResult OnGet([FromQuery] string? problem) =>
        SignInProblem.Of(problem) is { } known ? Refuse(known.Status, known.Text)
        : User.Identity is { IsAuthenticated: true } ? Onward()
        : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Name is not { Length: > 0 and <= 100 } name || Password is not { Length: > 0 and <= Passwords.Longest } password)
        {
            return Refuse(StatusCodes.Status400BadRequest, "Type your name and your password.");
        }

        var result = await signIns.TryAsync(name.Trim(), password, HttpContext.Connection.RemoteIpAddress?.ToString(), cancellationToken);
        if (result.TooMany)
        {
            Response.Headers.RetryAfter = "900";
            return Refuse(StatusCodes.Status429TooManyRequests, "Too many tries have failed. Wait a quarter of an hour, or ask an administrator for a new password.");
        }

        if (result.Account is not { } account)
        {
            return Refuse(StatusCodes.Status401Unauthorized, "That name and that password do not belong together.");
        }

        await HttpContext.SignInAsync(account.ToPrincipal());
        return Onward();
    }

    // Only to a page of ours: a sign-in page that leads elsewhere is what phishing looks for.
    private IActionResult Onward() => LocalRedirect(Url.IsLocalUrl(To) ? To : "/");

    private PageResult Refuse(int status, string problem)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }
}
