using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using DocPipeline.Resolve;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Eval;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Server.Commands;

internal sealed class EvalCommand : ServerCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<DirectoryInfo> _folder = new("DIR") { Description = "Folder with documents and, beside each, NAME.gt.json or NAME.expected.json." };
    private readonly Option<DirectoryInfo> _keep = new("--keep") { Description = "Folder in which the words of pages stay: a second run over the same documents recognises nothing." };
    private readonly Option<int> _worst = new("--worst") { Description = "How many files to show, those with most mistakes first.", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _dial = new("--dial") { Description = "Also what each error target gives: values accepted, errors among them, files straight through, minutes of people." };
    private readonly Option<double> _perDocument = new("--seconds-per-document") { Description = "Seconds of a person for opening a document, for --dial. Assumed.", DefaultValueFactory = _ => new ReviewEffort().SecondsPerDocument };
    private readonly Option<double> _perValue = new("--seconds-per-value") { Description = "Seconds of a person for comparing one value, for --dial. Assumed.", DefaultValueFactory = _ => new ReviewEffort().SecondsPerValue };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object, for programs." };

    public EvalCommand()
        : base(
            "eval",
            "Reads documents whose values are known and says how many values came out right, by field, document type and medium, and whether confidence means what it says.",
            "./run eval samples",
            "./run eval --dial samples",
            "./run eval --keep /tmp/words --worst 100 ../shared/data/claims",
            "./run eval --json ../shared/data/claims | jq .overall")
    {
        Add(_folder.AcceptExistingOnly());
        Add(_keep);
        Add(_worst);
        Add(_dial);
        Add(_perDocument);
        Add(_perValue);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(_folder)!;
        var truths = GroundTruthFile.FindBelow(folder.FullName);
        if (truths.Count == 0)
        {
            throw new CommandFailure(
                ExitCodes.Usage,
                $"{folder} has no document with a ground truth.",
                "A ground truth is a file NAME.gt.json or NAME.expected.json beside the document, with the expected values under \"core\".");
        }

        var settings = ServerSettings.Read();
        var started = TimeProvider.System.GetTimestamp();
        await using var reading = new Reading(settings, parsed.GetValue(_keep));
        var results = await LongWork.OverAsync(
            "Reading",
            truths,
            settings.Workers,
            async (truth, cancelled) => (truth, result: await reading.ReadAsync(truth.Path, cancelled)),
            cancellationToken);
        var scores = results.Select(file => FileScore.Of(file.truth, file.result.Reading, file.result.Failure)).ToList();
        var report = new EvalReport(scores, TimeProvider.System.GetElapsedTime(started), parsed.GetValue(_worst))
        {
            Dial = parsed.GetValue(_dial) ? [.. DialTargets.All.Select(target => Turn(target))] : [],
        };
        if (parsed.GetValue(_json))
        {
            Console.WriteLine(report.ToJson().ToJsonString(Indented));
        }
        else
        {
            EvalTables.Write(report, Terminal.Output());
        }

        foreach (var score in scores.Where(score => score.Failure is not null))
        {
            await Console.Error.WriteLineAsync($"error: {score.Failure}");
        }

        return scores.TrueForAll(score => score.Failure is null) ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;

        DialPoint Turn(double target)
        {
            var resolver = new ClaimResolver(Calibration.Shipped, settings.Resolve with { ErrorTarget = target });
            var effort = new ReviewEffort(parsed.GetValue(_perDocument), parsed.GetValue(_perValue));
            return DialPoint.Of(target, [.. results.Select(file => FileScore.Of(file.truth, file.result.Reading is { } read ? reading.Again(read, resolver) : null, file.result.Failure))], effort);
        }
    }
}
