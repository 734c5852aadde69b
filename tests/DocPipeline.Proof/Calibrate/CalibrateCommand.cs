using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Resolve;
using DocPipeline.Server.Calibrate;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Eval;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Proof.Calibrate;

/// <summary>Trains the product's confidence and says how good it is on documents it has not seen.</summary>
internal sealed class CalibrateCommand : Command
{
    private readonly Argument<DirectoryInfo[]> _folders = new("DIR") { Description = "Folders with documents and their ground truths; any number.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int> _clean = new("--clean") { Description = "Generated documents with a text layer.", DefaultValueFactory = _ => 300 };
    private readonly Option<int> _mixed = new("--mixed") { Description = "Generated documents of all media: text layers, scans, photographs.", DefaultValueFactory = _ => 300 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Makes other documents.", DefaultValueFactory = _ => 4001 };
    private readonly Option<DirectoryInfo> _keep = new("--keep") { Description = "Folder in which generated documents and the words of pages stay: a second run makes and recognises nothing. Remove it when the generator or recognition changes." };
    private readonly Option<DirectoryInfo> _out = new("--out") { Description = "Where calibration.json and its plot go: src/DocPipeline/Resolve to ship them. Without it nothing is written." };
    private readonly Option<FileInfo> _values = new("--values") { Description = "Writes what was trained on as CSV: document by number, field, group, weight, right or wrong, features." };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object, for programs." };

    public CalibrateCommand()
        : base("calibrate", "Trains the confidence of values on generated documents and on folders with ground truths, and measures it on documents held out.")
    {
        Add(_folders.AcceptExistingOnly());
        Add(_clean);
        Add(_mixed);
        Add(_seed);
        Add(_keep);
        Add(_out);
        Add(_values);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // 1. Documents whose truth is known.
        var settings = ServerSettings.Read();
        var temporary = Directory.CreateTempSubdirectory("docpipeline-calibrate-");
        try
        {
            var made = parsed.GetValue(_keep) ?? temporary;
            var (seed, clean, mixed) = (parsed.GetValue(_seed), parsed.GetValue(_clean), parsed.GetValue(_mixed));
            var documents = CalibrationData.Generate(made, seed, clean, "clean").Select(truth => ("generated clean", true, truth))
                .Concat(CalibrationData.Generate(made, seed + 1, mixed, "mixed").Select(truth => ("generated mixed", true, truth)))
                .Concat(parsed.GetValue(_folders)!.SelectMany(folder => GroundTruthFile.FindBelow(folder.FullName).Select(truth => (folder.Name, false, truth))))
                .ToList();

            // 2. Read them without any calibration.
            await using var reading = new Reading(settings, parsed.GetValue(_keep), Untrained.Resolver);
            var study = new CalibrationStudy(await CalibrationData.ReadAsync(reading, documents, settings.Workers, cancellationToken));

            // 3. Measure on documents held out, then train on all.
            var unseen = study.CrossValidate();
            var file = study.Train();
            var reports = new List<(string Name, EvalReport Report)>();
            foreach (var source in documents.Select(document => document.Item1).Distinct().Append(null))
            {
                reports.Add((source ?? "all", Report(study, reading, unseen, settings.Resolve, source)));
            }

            Show(reports, study, file, parsed.GetValue(_json));

            // 4. Keep it.
            if (parsed.GetValue(_values) is { } csv)
            {
                await File.WriteAllLinesAsync(csv.FullName, study.ToCsv(), cancellationToken);
            }

            if (parsed.GetValue(_out) is { } folder)
            {
                folder.Create();
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "calibration.json"), JsonSerializer.Serialize(file, Calibration.Json) + "\n", cancellationToken);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "calibration.svg"), ReliabilityPlot.Draw(file.Version, reports[^1].Report), cancellationToken);
                await Console.Error.WriteLineAsync($"Written: {folder}/calibration.json and calibration.svg, version {file.Version}.");
            }

            return ExitCodes.Ok;
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static EvalReport Report(CalibrationStudy study, Reading reading, IReadOnlyList<Calibration> unseen, ResolveOptions options, string? source)
    {
        var started = TimeProvider.System.GetTimestamp();
        var dial = DialTargets.All.Select(target => DialPoint.Of(target, study.Judge(reading, unseen, options with { ErrorTarget = target }, source), new ReviewEffort())).ToList();
        return new(study.Judge(reading, unseen, options, source), TimeProvider.System.GetElapsedTime(started), worst: 0) { Dial = dial };
    }

    private static void Show(List<(string Name, EvalReport Report)> reports, CalibrationStudy study, CalibrationFile file, bool json)
    {
        if (json)
        {
            var held = new JsonObject(reports.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Name, entry.Report.ToJson())));
            Console.WriteLine(new JsonObject { ["version"] = file.Version, ["families"] = study.Families.Distinct().Count(), ["held_out"] = held }.ToJsonString(Calibration.Json));
            return;
        }

        CalibrationTables.Write(reports, study, file, Terminal.Output());
    }
}
