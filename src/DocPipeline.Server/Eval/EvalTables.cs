using Spectre.Console;

namespace DocPipeline.Server.Eval;

/// <summary>The report for a person.</summary>
internal static class EvalTables
{
    public static void Write(EvalReport report, IAnsiConsole console)
    {
        Write(console, "Field", report.ByField);
        Write(console, "Document type", report.ByType);
        Write(console, "Medium", report.ByMedium);
        Write(console, report.Tables);
        foreach (var file in report.Worst)
        {
            console.MarkupLineInterpolated($"[bold]{file.Truth.Path}[/] ({file.Status})");
            foreach (var outcome in file.Outcomes.Where(outcome => outcome.Verdict != Verdict.Right))
            {
                console.MarkupLineInterpolated($"  {Word(outcome)} {outcome.Field}: printed '{outcome.Expected ?? "nothing"}', reported '{outcome.Found ?? "nothing"}'");
            }
        }

        Write(console, report.Reliability);
        Write(console, report.Dial);
        var all = report.Overall;
        console.MarkupLineInterpolated(
            $"[bold]{report.Files.Count} files in {report.Took.TotalSeconds:0.0} s: precision {all.Precision:0.000}, recall {all.Recall:0.000}, F1 {all.F1:0.000}; {all.Accepted} values accepted without a person, {all.AcceptedPrecision:0.000} of them right; {report.Files.Count(file => file.WentStraightThrough)} files went straight through.[/]");
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<TableScore> tables)
    {
        if (tables.Count > 0)
        {
            Write(console, ["Table", "rows", "found", "reported", "row recall", "cell accuracy"], tables.Select(table => new[]
            {
                table.Name, $"{table.Rows}", $"{table.Found}", $"{table.Reported}", $"{table.RowRecall:0.000}", $"{table.CellAccuracy:0.000}",
            }));
        }
    }

    private static void Write(IAnsiConsole console, Reliability reliability)
    {
        if (reliability.Count == 0)
        {
            return;
        }

        Write(console, ["Confidence", "values", "mean", "right"], reliability.BinsOfConfidence.Select(bin => new[]
        {
            $"{Math.Floor(bin.Confidence * 10) / 10:0.0} ..", $"{bin.Count}", $"{bin.Confidence:0.000}", $"{bin.Right:0.000}",
        }));
        Write(console, ["Surest accepted", "wrong among them", "from confidence"], reliability.AcceptanceCurve.Select(point => new[]
        {
            $"{point.Share:0 %}", $"{point.Errors:0.00 %}", $"{point.From:0.000}",
        }));
        console.MarkupLineInterpolated($"Confidence: calibration error {reliability.CalibrationError:0.000}, AUROC {(reliability.Auroc is { } auroc ? $"{auroc:0.000}" : "unknown, for nothing is wrong")}.");
    }

    public static void Write(IAnsiConsole console, IReadOnlyList<DialPoint> dial)
    {
        if (dial.Count > 0)
        {
            Write(console, ["Error target", "values accepted", "wrong among them", "files straight through", "minutes of people", "a file"], dial.Select(point => new[]
            {
                $"{point.Target:0.0 %}", $"{point.ShareAccepted:0.0 %}", $"{point.Errors:0.00 %} ({point.WrongAccepted} of {point.Accepted})", $"{point.StraightThroughRate:0.0 %}",
                $"{point.ReviewMinutes:0.0}", $"{point.ReviewMinutes / Math.Max(point.Documents, 1):0.00}",
            }));
        }
    }

    private static void Write(IAnsiConsole console, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().AddColumn(columns[0]);
        foreach (var column in columns.Skip(1))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
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
