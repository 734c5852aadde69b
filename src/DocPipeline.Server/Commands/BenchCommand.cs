using System.CommandLine;
using System.Text.Json.Nodes;
using DocPipeline.Server.Bench;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Server.Commands;

internal sealed class BenchCommand : ServerCommand
{
    private const int EngineSteps = 5;

    private readonly Argument<string> _what = new("WHAT") { Description = "engine: workflows of 5 steps that do nothing; digital: a PDF with a text layer; scan: a scanned page." };
    private readonly Option<int?> _count = new("--count") { Description = "How many workflows (default 2000) or documents (default 50)." };
    private readonly Option<FileInfo?> _file = new("--file") { Description = "The document to read instead of a sample." };
    private readonly Option<bool> _json = JsonOption();

    public BenchCommand()
        : base(
            "bench",
            "Measures this machine. Nothing it does is seen in the database or in the bucket.",
            "./run bench engine",
            "./run bench digital --count 200",
            "./run bench scan --json")
    {
        Add(_what.AcceptOnlyFromAmong("engine", "digital", "scan"));
        Add(_count);
        Add(_file);
        Add(_json);
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--count must be at least 1.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        var what = parsed.GetValue(_what)!;
        var result = what == "engine"
            ? await new EngineBench(settings.OwnerDatabase ?? settings.RequireDatabase()).RunAsync(parsed.GetValue(_count) ?? 2000, EngineSteps, cancellationToken)
            : await ReadingBench.RunAsync(settings, Document(what, parsed.GetValue(_file), settings), parsed.GetValue(_count) ?? 50, cancellationToken);
        var (unit, part) = what == "engine" ? ("workflows", "steps") : ("documents", "pages");
        Console.WriteLine(parsed.GetValue(_json)
            ? new JsonObject
            {
                ["bench"] = what,
                [unit] = result.Done,
                [part] = result.Parts,
                ["seconds"] = Math.Round(result.Took.TotalSeconds, 3),
                [$"{unit}_per_second"] = Math.Round(result.PerSecond, 2),
                [$"{part}_per_second"] = Math.Round(result.PartsPerSecond, 2),
                ["failed"] = result.Failed,
            }.ToJsonString()
            : $"{result.Done} {unit} with {result.Parts} {part} in {result.Took.TotalSeconds:0.00} s: {result.PerSecond:0.0} {unit}/s, {result.PartsPerSecond:0.0} {part}/s; {result.Failed} failed");
        return result.Failed == 0 ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;
    }

    private static string Document(string what, FileInfo? named, ServerSettings settings)
    {
        var path = named?.FullName ?? Path.Combine(settings.Samples, what == "digital" ? "auto-claim-form.pdf" : "repair-estimate-scan.pdf");
        return File.Exists(path)
            ? path
            : throw new CommandFailure(ExitCodes.Usage, $"There is no document '{path}' to read.", "Name one with --file, or start the command through ./run, which knows the samples.");
    }
}
