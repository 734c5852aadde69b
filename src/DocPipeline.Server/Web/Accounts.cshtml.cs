using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DocPipeline.Server.Web;

/// <summary>Who may use the server.</summary>
[Authorize(Roles.Admin)]
internal sealed class AccountsModel(Accounts accounts) : PageModel
{
    public IReadOnlyList<Account> All { get; private set; } = [];

    public string? Problem { get; private set; }

    /// <summary>A password that was made just now: shown once.</summary>
    public string? Password { get; private set; }

    public string? PasswordOf { get; private set; }

    private string By => User.Identity!.Name!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => All = await accounts.ListAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync([FromForm] string? name, [FromForm] string? role, CancellationToken cancellationToken)
    {
        name = name?.Trim();
        if (name is not { Length: > 0 and <= 100 } || name.Any(char.IsControl) || !Roles.All.Contains(role))
        {
            return await RefuseAsync("An account needs a name of 1 to 100 characters and a role.", cancellationToken);
        }

        var password = Passwords.Generate();
        return await accounts.AddAsync(name, role!, Passwords.Hash(password), By, cancellationToken) is null
            ? await RefuseAsync($"There is an account '{name}' already.", cancellationToken)
            : await ShowAsync(name, password, cancellationToken);
    }

    public async Task<IActionResult> OnPostPasswordAsync([FromForm] Guid id, CancellationToken cancellationToken)
    {
        var password = Passwords.Generate();
        return await accounts.SetPasswordAsync(id, Passwords.Hash(password), By, cancellationToken) is { } account
            ? await ShowAsync(account.Name, password, cancellationToken)
            : await RefuseAsync("There is no such account with a password.", cancellationToken);
    }

    public async Task<IActionResult> OnPostRoleAsync([FromForm] Guid id, [FromForm] string? role, CancellationToken cancellationToken)
    {
        if (!Roles.All.Contains(role))
        {
            return await RefuseAsync("There is no such role.", cancellationToken);
        }

        if (await accounts.FindAsync(id, cancellationToken) is { IsProvided: true })
        {
            return await RefuseAsync("The sign-in service says what this person may do.", cancellationToken);
        }

        return await accounts.SetRoleAsync(id, role!, By, cancellationToken) is null ? await KeepAdminAsync(cancellationToken) : RedirectToPage();
    }

    public async Task<IActionResult> OnPostClosedAsync([FromForm] Guid id, [FromForm] bool closed, CancellationToken cancellationToken) =>
        await accounts.SetClosedAsync(id, closed, By, cancellationToken) is null ? await KeepAdminAsync(cancellationToken) : RedirectToPage();

    private Task<IActionResult> KeepAdminAsync(CancellationToken cancellationToken) =>
        RefuseAsync("That is the last open admin: nobody could open the door again.", cancellationToken);

    private async Task<IActionResult> ShowAsync(string name, string password, CancellationToken cancellationToken)
    {
        (PasswordOf, Password) = (name, password);
        All = await accounts.ListAsync(cancellationToken);
        return Page();
    }

    private async Task<IActionResult> RefuseAsync(string problem, CancellationToken cancellationToken)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        All = await accounts.ListAsync(cancellationToken);
        return Page();
    }
}
