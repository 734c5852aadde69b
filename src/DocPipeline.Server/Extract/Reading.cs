using DocPipeline.Documents;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using DocPipeline.Workflow;

namespace DocPipeline.Server.Extract;

/// <summary>Reads files without a database. Originals and pages go to a folder that vanishes on disposal.</summary>
internal sealed class Reading : IDisposable
{
    private readonly DirectoryInfo _blobs = Directory.CreateTempSubdirectory("docpipeline-");

    public Reading(ServerSettings settings)
    {
        Settings = settings;
    }

    public ServerSettings Settings { get; }

    /// <summary>One file. A failure that is no fault of the document ends neither the command nor the other files: it is the second value.</summary>
    public async Task<(FileResult? Result, string? Failure)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadFileAsync(path, cancellationToken), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not CommandFailure)
        {
            return (null, $"{path}: {FailureClassifier.Classify(exception).Message}");
        }
    }

    public void Dispose() => _blobs.Delete(recursive: true);

    private Task<FileResult> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        throw new CommandFailure(ExitCodes.Environment, $"{path} cannot be read: this build was made before the pipeline was joined to the command line ({_blobs.Name}).");
    }
}
