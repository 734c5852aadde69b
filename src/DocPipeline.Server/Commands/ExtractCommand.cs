using System.CommandLine;
using DocPipeline.Ingest;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Extract.Html;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Server.Commands;

internal sealed class ExtractCommand : ServerCommand
{
    private readonly Argument<string[]> _files = Paths("FILE", "PDF files, pictures, text files, or folders of them.");
    private readonly Option<bool> _json = JsonOption();
    private readonly Option<FileInfo> _html = new("--html") { Description = "File for a page with the pages' pictures and a box around every value. For one FILE." };

    public ExtractCommand()
        : base(
            "extract",
            "Reads documents and prints what they say, with the place of every value. Needs no database and leaves nothing behind.",
            "./run extract claim.pdf",
            "./run extract claim.pdf --html claim.html",
            "./run extract --json scans/ > claims.jsonl",
            "./run extract --json claim.pdf | jq '.claim.total_amount.value'")
    {
        Add(_files);
        Add(_json);
        Add(_html);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        var json = parsed.GetValue(_json);
        var (files, absent) = InputFiles.Of(parsed.GetValue(_files)!);
        foreach (var path in absent)
        {
            await Console.Error.WriteLineAsync($"error: {path} does not exist.");
        }

        var html = parsed.GetValue(_html);
        if (html is not null)
        {
            EvidenceFile.Check(html, files);
        }

        await using var reading = new Reading(settings);
        var results = await LongWork.OverAsync("Reading", files, settings.Workers, reading.ReadAsync, cancellationToken);
        foreach (var (file, read, failure) in results)
        {
            if (read is null)
            {
                await Console.Error.WriteLineAsync($"error: {failure}");
            }
            else if (json)
            {
                Console.WriteLine(ExtractJson.Line(file, read, reading.CostOf(read)));
            }
            else
            {
                ExtractTables.Write(file, read, Terminal.Output());
            }

            if (html is not null && read is not null)
            {
                await EvidenceFile.WriteAsync(html, file, read, reading, cancellationToken);
            }
        }

        return absent.Count == 0 && results.All(result => result.Reading is { Status: not SubmissionStates.Rejected }) ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;
    }
}
