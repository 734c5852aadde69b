using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using DocPipeline.Query;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Status;

/// <summary>The newest submissions as a page without scripts. It only reads. Every word from outside is encoded: file names are hostile.</summary>
internal static class StatusPage
{
    private const int Rows = 200;

    private const string Style =
        """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1b1b1b;background:#fff}
        table{border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.25rem .8rem;border-bottom:1px solid #ddd;vertical-align:top}
        td.n{text-align:right}
        """;

    // Names the one style sheet that may be applied: nothing else on the page is ever executed, loaded or applied.
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static async Task<string> RenderAsync(NpgsqlDataSource database, ServerSettings settings, CancellationToken cancellationToken)
    {
        var snapshot = await StatusSnapshot.TakeAsync(database, settings, cancellationToken);
        var page = new StringBuilder()
            .Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>DocPipeline</title><style>").Append(Style).Append("</style></head><body><h1>DocPipeline</h1>")
            .Append("<p>This page shows what is there; values are looked at and corrected elsewhere.</p><table><thead><tr><th scope=\"col\">State</th><th scope=\"col\">Documents</th></tr></thead><tbody>");
        foreach (var state in StatusOutput.AllStates)
        {
            page.Append("<tr><td>").Append(state).Append("</td><td class=\"n\">").Append(snapshot.Count(state)).Append("</td></tr>");
        }

        page.Append("</tbody></table><h2>Newest submissions</h2><table><thead><tr><th scope=\"col\">Received (UTC)</th><th scope=\"col\">File</th><th scope=\"col\">State</th><th scope=\"col\">Why</th></tr></thead><tbody>");
        await AppendRowsAsync(page, database, cancellationToken);
        return page.Append("</tbody></table></body></html>").ToString();
    }

    private static async Task AppendRowsAsync(StringBuilder page, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        foreach (var row in await new SubmissionQueries(database).ListAsync(state: null, after: null, Rows, cancellationToken))
        {
            page.Append("<tr><td>").Append(Encoded($"{row.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}"))
                .Append("</td><td>").Append(Encoded(row.Key))
                .Append("</td><td>").Append(Encoded(row.State))
                .Append("</td><td>").Append(Encoded(row.Reason ?? "")).Append("</td></tr>");
        }
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
