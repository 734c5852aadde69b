using System.Text;
using DocPipeline.Server.Cli;

namespace DocPipeline.Server.Extract.Html;

/// <summary>The page of what was read as a file. Pictures go through memory one at a time.</summary>
internal static class EvidenceFile
{
    /// <summary>Before anything is read: one page for one file, and never over the document itself.</summary>
    /// <exception cref="CommandFailure">The command line makes no sense.</exception>
    public static void Check(FileInfo page, IReadOnlyList<string> files)
    {
        if (files.Count > 1)
        {
            throw new CommandFailure(ExitCodes.Usage, $"--html makes the page of one file, not of {files.Count}.", "Name one file. See --help.");
        }

        if (files.Any(file => Path.GetFullPath(file) == page.FullName))
        {
            throw new CommandFailure(ExitCodes.Usage, $"{page} is the document itself.", "Name another file for the page. See --help.");
        }
    }

    /// <exception cref="CommandFailure">The file cannot be written.</exception>
    public static async Task WriteAsync(FileInfo page, string file, FileReading read, Reading reading, CancellationToken cancellationToken)
    {
        try
        {
            await using var output = new StreamWriter(page.FullName, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            await new EvidencePage(new HtmlWriter(output)).WriteAsync(Path.GetFileName(file), read, number => reading.PictureAsync(read.Content, number, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Environment, $"{page} cannot be written: {exception.Message}", "Name a file in a folder that you may write to.");
        }
    }
}
