using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
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
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object, for programs." };

    public EvalCommand()
        : base(
            "eval",
            "Reads documents whose values are known and says how many values came out right, by field and by document type.",
            "./run eval samples",
            "./run eval --keep /tmp/words --worst 100 ../shared/data/claims",
            "./run eval --json ../shared/data/claims | jq .overall")
    {
        Add(_folder.AcceptExistingOnly());
        Add(_keep);
        Add(_worst);
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
        var scores = await LongWork.OverAsync(
            "Reading",
            truths,
            settings.Workers,
            async (truth, cancelled) =>
            {
                var (_, read, failure) = await reading.ReadAsync(truth.Path, cancelled);
                return FileScore.Compare(truth, read?.Status ?? "failed", read is null ? [] : [.. read.Claim.Fields.Select(field => field.Field)], failure);
            },
            cancellationToken);
        var report = new EvalReport(scores, TimeProvider.System.GetElapsedTime(started), parsed.GetValue(_worst));
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

        return scores.All(score => score.Failure is null) ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;
    }
}
