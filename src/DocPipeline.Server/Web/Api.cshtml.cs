using DocPipeline.Server.Api.OpenApi;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Web;

/// <summary>The API for people, on the way back to the other pages. Who may see it is said with the pages: it is open to keys, too.</summary>
internal sealed class ApiModel([FromKeyedServices("v1")] IOpenApiDocumentProvider documents) : PageModel
{
    public string Text { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellationToken) => Text = ApiPage.Render(await documents.GetOpenApiDocumentAsync(cancellationToken));
}
