using System.CommandLine;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Compare;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class CompareCommand : ServerCommand
{
    private readonly Option<bool> _json = JsonOption();
    private readonly Option<int> _differences = new("--differences") { Description = "How many fields that differ to show, the newest first.", DefaultValueFactory = _ => 0 };

    public CompareCommand()
        : base(
            "compare",
            "Says what another way of reading would have said of the claims on which it was compared with the live one: words, fields and costs. "
            + "DOCPIPELINE_COMPARE_WITH names the settings that differ, DOCPIPELINE_COMPARE_SHARE on which share of the claims; claims are the same with it and without.",
            "DOCPIPELINE_COMPARE_WITH=READERS=textract,tesseract DOCPIPELINE_COMPARE_SHARE=0.05 ./run",
            "./run compare",
            "./run compare --differences 20",
            "./run compare --json | jq .words_same")
    {
        Add(_json);
        Add(_differences);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(ServerSettings.Read().RequireDatabase());
        var report = await ComparisonReport.TakeAsync(database, parsed.GetValue(_differences), cancellationToken);
        if (parsed.GetValue(_json))
        {
            foreach (var line in report.ToJson())
            {
                Console.WriteLine(line.ToJsonString());
            }
        }
        else
        {
            report.Write(Terminal.Output());
        }

        return ExitCodes.Ok;
    }
}
