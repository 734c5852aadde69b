using System.CommandLine;
using System.Text;
using DocPipeline.Ingest;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Export;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class ExportCommand : ServerCommand
{
    private readonly Option<string> _format = new("--format") { Description = "jsonl: every value with its place; csv: the columns of claims_v1.", DefaultValueFactory = _ => "jsonl" };
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
            "Writes claims as JSON lines or CSV.",
            "./run export --out claims.jsonl",
            "./run export --format csv --out claims.csv",
            "./run export --state needs_review | jq .reason")
    {
        Add(_format.AcceptOnlyFromAmong("jsonl", "csv"));
        Add(_out);
        Add(_states.AcceptOnlyFromAmong(SubmissionStates.Accepted, SubmissionStates.Reviewed, SubmissionStates.NeedsReview, SubmissionStates.Rejected, SubmissionStates.Dead));
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(ServerSettings.Read().RequireDatabase());
        var states = parsed.GetValue(_states)!;
        if (parsed.GetValue(_out) is not { } file)
        {
            await WriteAsync(Console.Out);
            return ExitCodes.Ok;
        }

        var unfinished = file.FullName + ".partial";
        try
        {
            int claims;
            await using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                claims = await WriteAsync(writer);
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

        Task<int> WriteAsync(TextWriter output) => parsed.GetValue(_format) == "csv"
            ? ClaimExport.WriteCsvAsync(database, states, output, cancellationToken)
            : ClaimExport.WriteJsonLinesAsync(database, states, output, cancellationToken);
    }
}
