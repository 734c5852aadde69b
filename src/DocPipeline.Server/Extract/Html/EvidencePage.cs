using System.Security.Cryptography;
using System.Text;
using DocPipeline.Documents;
using DocPipeline.Postgres;

namespace DocPipeline.Server.Extract.Html;

/// <summary>
/// What was read from one file as one page that needs nothing else: the pictures of its pages with a box around every value, and beside them the
/// values by document. A value and its box light up together. The page may neither load nor run anything but what is in it.
/// </summary>
internal sealed class EvidencePage(HtmlWriter html)
{
    private const int Colours = 6;

    private static readonly EmbeddedText Files = new(typeof(EvidencePage).Assembly);
    private static readonly Shipped Style = new(Files["Extract/Html/evidence.css"]);
    private static readonly Shipped Script = new(Files["Extract/Html/evidence.js"]);

    // No frame-ancestors: a policy that comes with the page itself cannot say it.
    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; img-src data:; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    /// <param name="file">The file's name, for the heading.</param>
    /// <param name="picture">Draws a page; null where it cannot be drawn.</param>
    public async Task WriteAsync(string file, FileReading read, Func<int, Task<Picture?>> picture)
    {
        html.Write($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{ContentSecurityPolicy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>{file}</title>
            <style>{Style}</style></head><body>

            """);
        WriteHeader(file, read);
        html.Write($"<main>\n<div class=\"values\">\n");
        var marks = new Marks(read.Claim);
        new ValueList(html, marks).Write(read.Claim);
        html.Write($"</div>\n<div class=\"pages\">\n");
        foreach (var page in read.Pages)
        {
            WritePage(page, await picture(page.Number), marks);
        }

        html.Write($"</div>\n</main>\n<script>{Script}</script>\n</body></html>\n");
    }

    /// <summary>The class that carries the colour of a document.</summary>
    public static string ColourOf(int document) => $"c{document % Colours}";

    private void WriteHeader(string file, FileReading read)
    {
        html.Write($"<header><h1>{file}</h1>\n<p><span class=\"state {read.Status}\">{read.Status.Replace('_', ' ')}</span>");
        if (read.Reason is not null)
        {
            html.Write($" · {read.Reason}");
        }

        html.Write($"</p>\n<p class=\"soft\">{Names.Count(read.Pages.Count, "page")} · {Names.Count(read.Claim.Documents.Count, "document")} · SHA-256 {read.Content.Value ?? "not taken"}</p></header>\n");
    }

    private void WritePage(Page page, Picture? picture, Marks marks)
    {
        html.Write($"<figure><figcaption>Page {page.Number} · {page.Source} · {Names.Count(page.Words.Count, "word")}</figcaption><div class=\"sheet\">");
        if (picture is { } drawn)
        {
            html.Write($"<img alt=\"Page {page.Number}\" src=\"data:{drawn}\">");
            WriteMarks(page, marks);
        }
        else
        {
            html.Write($"<p class=\"absent\">This page cannot be drawn.</p>");
        }

        html.Write($"</div></figure>\n");
    }

    // In thousandths of the page, stretched over its picture: no box depends on how large the picture is.
    private void WriteMarks(Page page, Marks marks)
    {
        html.Write($"<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" role=\"group\" aria-label=\"Values on page {page.Number}\">\n");
        foreach (var mark in marks.On(page.Number))
        {
            var box = Roomy(mark.Place.Box);
            html.Write($"<a id=\"box-{mark.Number}\" href=\"#value-{mark.Number}\" data-mark=\"{mark.Number}\" class=\"{ColourOf(mark.Document)}{(mark.Sure ? "" : " unsure")}{(mark.IsRow ? " row" : "")}\">");
            html.Write($"<title>{mark.Title}</title><rect x=\"{1000 * box.X0}\" y=\"{1000 * box.Y0}\" width=\"{1000 * box.Width}\" height=\"{1000 * box.Height}\"/></a>\n");
        }

        html.Write($"</svg>");
    }

    /// <summary>A line's breadth wider, so that the frame does not run through the letters.</summary>
    private static Box Roomy(Box box) => new(box.X0 - 0.002, box.Y0 - 0.0015, box.X1 + 0.002, box.Y1 + 0.0015);

    private static string Hash(Shipped text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.Text)))}";
}
