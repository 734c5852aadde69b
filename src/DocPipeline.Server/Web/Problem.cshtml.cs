using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DocPipeline.Server.Web;

/// <summary>What a person sees instead of a page. The token was asked for already where it counts: this page changes nothing.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ProblemModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string Advice { get; private set; } = "";

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        if (HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            status = StatusCodes.Status500InternalServerError;
        }

        (Heading, Advice) = status switch
        {
            StatusCodes.Status400BadRequest => ("That did not arrive as it should", "The page was perhaps open for too long. Go back, load it again and repeat what you did; nothing was changed."),
            StatusCodes.Status403Forbidden => ("Not with your role", "Your account may not do this. An administrator can give it another role."),
            StatusCodes.Status429TooManyRequests => ("Too fast", "There were more requests than one person makes. Wait a moment and load the page again."),
            StatusCodes.Status500InternalServerError => ("Something broke here", "It is our fault and is in the server's log. What you sent was either done as a whole or not at all."),
            _ => ("There is nothing here", "The address leads to no page, or to a document that is not there any more."),
        };
    }
}
