using DocPipeline.Resolve;
using DocPipeline.Server.Calibrate;
using DocPipeline.Server.Eval;
using Spectre.Console;

namespace DocPipeline.Proof.Calibrate;

/// <summary>What training learnt and how it does on documents held out, for a person.</summary>
internal static class CalibrationTables
{
    public static void Write(IReadOnlyList<(string Name, EvalReport Report)> reports, CalibrationStudy study, CalibrationFile file, IAnsiConsole console)
    {
        var weights = new Table().AddColumn("Feature").AddColumn(new TableColumn("weight").RightAligned());
        foreach (var (name, weight) in file.Weights)
        {
            weights.AddRow(Markup.Escape(name), $"{weight:0.00}");
        }

        console.Write(weights);
        var table = new Table().AddColumn("Documents held out");
        foreach (var column in (string[])["files", "values", "wrong", "calibration error", "AUROC", "accepted", "wrong among them", "straight through"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var (name, report) in reports)
        {
            var (reliability, all) = (report.Reliability, report.Overall);
            table.AddRow(
                Markup.Escape(name), $"{report.Files.Count}", $"{reliability.Count}", $"{reliability.Wrong}", $"{reliability.CalibrationError:0.000}",
                reliability.Auroc is { } auroc ? $"{auroc:0.000}" : "", $"{(double)all.Accepted / Math.Max(reliability.Count, 1):0.0 %}",
                $"{1 - all.AcceptedPrecision:0.00 %} ({all.Accepted - all.AcceptedRight} of {all.Accepted})",
                $"{(double)report.Files.Count(score => score.WentStraightThrough) / Math.Max(report.Files.Count, 1):0.0 %}");
        }

        console.Write(table);
        foreach (var (name, report) in reports)
        {
            console.MarkupLineInterpolated($"[bold]{name}[/]");
            EvalTables.Write(console, report.Dial);
        }

        console.MarkupLineInterpolated($"{study.Values.Count} values of {study.Families.Count} documents in {study.Families.Distinct().Count()} families of near-twins, {CalibrationStudy.Folds} folds.");
    }
}
