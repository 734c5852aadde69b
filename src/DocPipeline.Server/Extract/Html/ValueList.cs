using DocPipeline.Documents;
using DocPipeline.Validate;

namespace DocPipeline.Server.Extract.Html;

/// <summary>The values of a claim by document and section, each linked with its box.</summary>
internal sealed class ValueList(HtmlWriter html, Marks marks)
{
    private const int MostAlternatives = 4;

    // The first that speaks of a box is where the box leads back to.
    private readonly HashSet<int> _named = [];

    public void Write(ResolvedClaim claim)
    {
        if (claim.Findings.Count > 0)
        {
            html.Write($"<section><h2>The file</h2>\n");
            Write(claim.Findings);
            html.Write($"</section>\n");
        }

        foreach (var (index, document) in claim.Documents.Index())
        {
            html.Write($"<section class=\"document {EvidencePage.ColourOf(index)}\"><h2>{Names.Spoken(document.Type)} <span class=\"soft\">{Pages(document.Pages)}</span></h2>\n<p class=\"soft\">{Completeness.Describe(document)}</p>\n");
            Write(document.Findings);
            foreach (var (heading, fields) in FieldSections.Of(document.Fields))
            {
                html.Write($"<h3>{heading}</h3>\n<table class=\"fields\">\n");
                foreach (var field in fields)
                {
                    Write(field);
                }

                html.Write($"</table>\n");
            }

            foreach (var table in document.Tables)
            {
                Write(table);
            }

            if (document.Fields.Count == 0 && document.Tables.Count == 0)
            {
                html.Write($"<p class=\"soft\">No values.</p>\n");
            }

            html.Write($"</section>\n");
        }

        if (claim.Documents.Select(document => document.Fields.Count > 0).Count(hasFields => hasFields) > 1)
        {
            WriteClaim(claim);
        }
    }

    private void Write(Field field)
    {
        var mark = marks[field.Evidence];
        Open(mark);
        html.Write($"<td>{Names.Spoken(field.Name)}</td><td><a href=\"#box-{mark}\"><bdi>{field.Value}</bdi></a>");
        if (field.Evidence.Text != field.Value)
        {
            html.Write($"<div class=\"soft\">printed as <bdi>{field.Evidence.Text}</bdi></div>");
        }

        if (field.Evidence.Witnesses is { } witnesses)
        {
            html.Write($"<div class=\"soft\">so says {string.Join(", ", witnesses)}</div>");
        }

        WriteAlternatives(field);
        html.Write($"</td><td>{Names.Percent(field.Confidence)}");
        if (!field.Accepted)
        {
            html.Write($"<div class=\"look\">look</div>");
        }

        html.Write($"</td></tr>\n");
    }

    private void WriteAlternatives(Field field)
    {
        var others = field.Alternatives.Where(other => other.Value != field.Value).DistinctBy(other => other.Value).Take(MostAlternatives).ToList();
        if (others.Count > 0)
        {
            html.Write($"<details><summary>or</summary>");
            others.ForEach(other => html.Write($"<div><bdi>{other.Value}</bdi> · page {other.Evidence.Page}, {other.Reason}</div>"));
            html.Write($"</details>");
        }
    }

    private void Write(Table table)
    {
        var columns = table.Rows.SelectMany(row => row.Cells.Keys).Distinct().ToList();
        html.Write($"<h3>{Names.Spoken(table.Name)} ({table.Rows.Count})</h3>\n<div class=\"rows\" tabindex=\"0\" role=\"region\" aria-label=\"{Names.Spoken(table.Name)}\"><table><thead><tr>");
        columns.ForEach(column => html.Write($"<th scope=\"col\">{Names.Spoken(column)}</th>"));
        html.Write($"</tr></thead><tbody>\n");
        foreach (var (number, row) in table.Rows.Index())
        {
            var mark = marks[row.Evidence];
            Open(mark);
            foreach (var (position, column) in columns.Index())
            {
                var cell = row.Cells.GetValueOrDefault(column);
                if (position == 0)
                {
                    html.Write($"<td><a href=\"#box-{mark}\"><bdi>{(string.IsNullOrEmpty(cell) ? $"row {number + 1}" : cell)}</bdi></a></td>");
                }
                else
                {
                    html.Write($"<td><bdi>{cell}</bdi></td>");
                }
            }

            html.Write($"</tr>\n");
        }

        html.Write($"</tbody></table></div>\n");
    }

    private void Write(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        html.Write($"<ul class=\"findings\">\n");
        foreach (var finding in findings)
        {
            var severity = finding.Severity.ToString().ToLowerInvariant();
            html.Write($"<li><span class=\"severity {severity}\">{severity}</span> <bdi>{finding.Message}</bdi> <span class=\"soft\">{finding.Rule}");
            foreach (var (number, place) in finding.Evidence.Index())
            {
                html.Write($" <a href=\"#box-{marks[place]}\">{(number == 0 ? "where" : $"and {number + 1}")}</a>");
            }

            html.Write($"</span></li>\n");
        }

        html.Write($"</ul>\n");
    }

    /// <summary>Which document's value the claim takes, where there are several.</summary>
    private void WriteClaim(ResolvedClaim claim)
    {
        html.Write($"<section><h2>The claim</h2>\n<table class=\"fields\">\n");
        foreach (var (field, document) in claim.Fields)
        {
            var mark = marks[field.Evidence];
            html.Write($"<tr data-mark=\"{mark}\"><td>{Names.Spoken(field.Name)}</td><td><a href=\"#box-{mark}\"><bdi>{field.Value}</bdi></a><div class=\"soft\">{Names.Spoken(claim.Documents[document].Type)}, page {field.Evidence.Page}</div></td><td>{Names.Percent(field.Confidence)}</td></tr>\n");
        }

        html.Write($"</table></section>\n");
    }

    private void Open(int mark)
    {
        if (_named.Add(mark))
        {
            html.Write($"<tr id=\"value-{mark}\" data-mark=\"{mark}\">");
        }
        else
        {
            html.Write($"<tr data-mark=\"{mark}\">");
        }
    }

    private static string Pages(IReadOnlyList<int> pages) => pages.Count == 1 ? $"page {pages[0]}" : $"pages {string.Join(", ", pages)}";
}
