using Spectre.Console;

namespace DocPipeline.Server.Eval;

/// <summary>The report for a person.</summary>
internal static class EvalTables
{
    public static void Write(EvalReport report, IAnsiConsole console)
    {
        Write(console, "Field", report.ByField);
        Write(console, "Document type", report.ByType);
        foreach (var file in report.Worst)
        {
            console.MarkupLineInterpolated($"[bold]{file.Truth.Path}[/] ({file.Status})");
            foreach (var outcome in file.Outcomes.Where(outcome => outcome.Verdict != Verdict.Right))
            {
                console.MarkupLineInterpolated($"  {Word(outcome)} {outcome.Field}: printed '{outcome.Expected ?? "nothing"}', reported '{outcome.Found ?? "nothing"}'");
            }
        }

        var all = report.Overall;
        console.MarkupLineInterpolated(
            $"[bold]{report.Files.Count} files in {report.Took.TotalSeconds:0.0} s: precision {all.Precision:0.000}, recall {all.Recall:0.000}, F1 {all.F1:0.000}; {all.Accepted} values accepted without a person, {all.AcceptedPrecision:0.000} of them right.[/]");
    }

    private static string Word(FieldOutcome outcome) => outcome.Accepted ? "WRONG AND ACCEPTED" : outcome.Verdict.ToString().ToLowerInvariant();

    private static void Write(IAnsiConsole console, string heading, SortedDictionary<string, Tally> tallies)
    {
        var table = new Table().AddColumn(heading);
        foreach (var column in (string[])["right", "wrong", "missing", "invented", "precision", "recall", "F1"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var (name, tally) in tallies)
        {
            table.AddRow(
                Markup.Escape(name), $"{tally.Right}", $"{tally.Wrong}", $"{tally.Missing}", $"{tally.Invented}",
                $"{tally.Precision:0.000}", $"{tally.Recall:0.000}", $"{tally.F1:0.000}");
        }

        console.Write(table);
    }
}
