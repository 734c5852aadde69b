using DocPipeline.Validate;
using Spectre.Console;

namespace DocPipeline.Server.Extract;

/// <summary>One file for a person.</summary>
internal static class ExtractTables
{
    public static void Write(string file, FileReading result, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{file}[/]: {result.Status}{(result.Reason is null ? "" : $" ({result.Reason})")}");
        if (result.Claim.Fields.Count > 0)
        {
            var table = new Table().AddColumns("Field", "Value", "Confidence", "Document", "Page", "Printed as");
            foreach (var (field, document) in result.Claim.Fields)
            {
                table.AddRow(
                    Markup.Escape(field.Name),
                    Markup.Escape(field.Value),
                    field.Accepted ? $"{field.Confidence:0.00}" : $"[yellow]{field.Confidence:0.00} look[/]",
                    Markup.Escape(result.Claim.Documents[document].Type),
                    $"{field.Evidence.Page}",
                    Markup.Escape(field.Evidence.Text));
            }

            console.Write(table);
        }

        foreach (var document in result.Claim.Documents)
        {
            console.MarkupLineInterpolated($"  {document.Type}, page {string.Join(", ", document.Pages)}: {Completeness.Describe(document)}");
        }

        foreach (var finding in result.Claim.Documents.SelectMany(document => document.Findings).Concat(result.Claim.Findings))
        {
            console.MarkupLineInterpolated($"  {finding.Severity.ToString().ToLowerInvariant()} {finding.Rule}: {finding.Message}");
        }
    }
}
