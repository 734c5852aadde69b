using System.CommandLine;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Server.Commands;

internal sealed class ExplainCommand : ServerCommand
{
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The document." };
    private readonly Argument<string?> _field = new("FIELD") { Description = "Name of a field; without it, all of them.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<DirectoryInfo> _keep = new("--keep") { Description = "Folder in which the words of pages stay, as for eval." };

    public ExplainCommand()
        : base(
            "explain",
            "Says what a field might have been: every candidate with its score, where it stands, why it was proposed, and which one won.",
            "./run explain samples/packet.pdf date_of_loss",
            "./run explain claim.pdf")
    {
        Add(_file.AcceptExistingOnly());
        Add(_field);
        Add(_keep);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var reading = new Reading(ServerSettings.Read(), parsed.GetValue(_keep));
        var (_, read, failure) = await reading.ReadAsync(parsed.GetValue(_file)!.FullName, cancellationToken);
        if (read is null)
        {
            await Console.Error.WriteLineAsync($"error: {failure}");
            return ExitCodes.SomeDocumentsFailed;
        }

        ExplainTables.Write(read, parsed.GetValue(_field), Terminal.Output());
        return ExitCodes.Ok;
    }
}
