using System.CommandLine;
using System.Text;
using DocPipeline.Ingest;
using DocPipeline.Server.Api;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Export;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class ExportCommand : ServerCommand
{
    private readonly Option<string> _format = new("--format") { Description = "jsonl: every value with its place; csv and xlsx: the columns of claims_v1.", DefaultValueFactory = _ => "jsonl" };
    private readonly Option<FileInfo?> _out = new("--out") { Description = "File to write, replaced as a whole at the end. Default: the terminal." };
    private readonly Option<string[]> _states = new("--state")
    {
        Description = "States to take. Values in the other states are confirmed by nobody.",
        DefaultValueFactory = _ => [SubmissionStates.Accepted, SubmissionStates.Reviewed],
        AllowMultipleArgumentsPerToken = true,
    };

    public ExportCommand()
        : base(
            "export",
            "Writes claims as JSON lines, CSV or a workbook.",
            "./run export --out claims.jsonl",
            "./run export --format csv --out claims.csv",
            "./run export --format xlsx --out claims.xlsx",
            "./run export --state needs_review | jq .reason")
    {
        Add(_format.AcceptOnlyFromAmong(RowExport.JsonLines, RowExport.Csv, RowExport.Xlsx));
        Add(_out);
        Add(_states.AcceptOnlyFromAmong(SubmissionStates.Accepted, SubmissionStates.Reviewed, SubmissionStates.NeedsReview, SubmissionStates.Rejected, SubmissionStates.Dead));
        Validators.Add(result =>
        {
            if (result.GetValue(_format) == RowExport.Xlsx && result.GetValue(_out) is null)
            {
                result.AddError("A workbook needs a file: --out claims.xlsx");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(ServerSettings.Read().RequireDatabase());
        var states = parsed.GetValue(_states)!;
        if (parsed.GetValue(_out) is not { } file)
        {
            await using var terminal = Console.OpenStandardOutput();
            await WriteAsync(terminal);
            return ExitCodes.Ok;
        }

        var unfinished = file.FullName + ".partial";
        try
        {
            int claims;
            await using (var output = File.Create(unfinished))
            {
                claims = await WriteAsync(output);
            }

            File.Move(unfinished, file.FullName, overwrite: true);
            await Console.Error.WriteLineAsync($"{claims} claims written to {file}");
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Environment, $"{file} cannot be written: {exception.Message}", "Choose another place with --out.");
        }
        finally
        {
            File.Delete(unfinished);
        }

        async Task<int> WriteAsync(Stream output)
        {
            if (parsed.GetValue(_format) is { } format and not RowExport.JsonLines)
            {
                var request = ListRequest.All(Collections.Claims) with { Filters = new Dictionary<string, object> { ["state"] = states } };
                return await new RowExport(database).WriteAsync(request, format, output, cancellationToken);
            }

            await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            return await ClaimExport.WriteJsonLinesAsync(database, states, text, cancellationToken);
        }
    }
}
