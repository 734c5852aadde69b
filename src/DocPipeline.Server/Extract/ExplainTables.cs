using DocPipeline.Resolve;
using Spectre.Console;

namespace DocPipeline.Server.Extract;

/// <summary>The candidates of each field, best first, and what became of them.</summary>
internal static class ExplainTables
{
    /// <param name="only">The one field to show, or null for all.</param>
    public static void Write(FileReading result, string? only, IAnsiConsole console)
    {
        if (result.Reason is not null)
        {
            console.MarkupLineInterpolated($"{result.Status}: {result.Reason}");
        }

        foreach (var (document, index) in result.Candidates.Select((document, index) => (document, index)))
        {
            console.MarkupLineInterpolated($"[bold]{document.Type}[/] ({document.TypeConfidence:0.00}), page {string.Join(", ", document.Pages)}");
            var table = new Table().AddColumns("Field", "Outcome", "Score", "Value", "Printed as", "Why");
            foreach (var (name, candidates) in document.Fields.Where(field => only is null || field.Field == only))
            {
                var chosen = result.Claim.Documents[index][name];
                foreach (var (candidate, rank) in candidates.Select((candidate, rank) => (candidate, rank)))
                {
                    var outcome = rank > 0 ? "lost" : chosen is null ? "too weak" : $"{chosen.Confidence:0.00}{(chosen.Accepted ? "" : " look")}";
                    var value = string.Join(" or ", candidate.Readings.Prepend(candidate.Value));
                    table.AddRow([.. new[] { rank == 0 ? name : "", outcome, $"{candidate.Score:0.00}", value, candidate.Evidence.Text, candidate.Reason }.Select(Markup.Escape)]);
                }
            }

            console.Write(table);
            if (document.Fields.FirstOrDefault(field => field.Field == only) is { } asked)
            {
                WriteConfidence(ClaimResolver.EvidenceOf(asked, result.Candidates, index), console);
            }
        }
    }

    /// <summary>What the confidence of the best candidate is made of.</summary>
    private static void WriteConfidence(FieldEvidence evidence, IAnsiConsole console)
    {
        var table = new Table().AddColumn("What agrees").AddColumn(new TableColumn("how much").RightAligned()).AddColumn(new TableColumn("adds to the log-odds").RightAligned());
        foreach (var (feature, value, adds, most) in Calibration.Shipped.Explain(evidence).Where(entry => entry.Most > 0).OrderByDescending(entry => entry.Most))
        {
            table.AddRow(Markup.Escape(feature), $"{value:0.00}", $"{adds:0.00} of {most:0.00}");
        }

        console.Write(table);
        console.MarkupLineInterpolated($"Confidence {Calibration.Shipped.ProbabilityOf(evidence):0.000} in the group {evidence.Group}; calibration {Calibration.Shipped.Version}.");
    }
}
