using DocPipeline.Azure.Blobs;
using DocPipeline.Blobs;
using DocPipeline.Durable;
using DocPipeline.Ingest;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>Hands documents in from a process that does not work on them.</summary>
internal sealed class Door(ServerSettings settings) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database = DurableSchema.Connect(settings.RequireDatabase());
    private readonly IBlobs _blobs = BlobPlace.Open(settings.Blobs);

    /// <summary>The watched folder as it is named in every submission, wherever it lies.</summary>
    public static FolderBucketOptions StandingBucket(ServerSettings settings) =>
        new() { Path = settings.Bucket, Name = "bucket", ListEvery = TimeSpan.FromSeconds(settings.ListSeconds) };

    public static SubmissionIntake Intake(NpgsqlDataSource database, IBlobs blobs, IWorkflowClient workflows, ServerSettings settings) =>
        new(database, blobs, workflows, DocumentPipeline.Name, IntakeOptions(settings), TimeProvider.System);

    public static IntakeOptions IntakeOptions(ServerSettings settings) => new() { MaxBytes = settings.MaxFileBytes };

    /// <summary>The bucket that a path belongs to, and the key below which it lies there.</summary>
    /// <param name="settleTime">How long a file must have rested; null for the bucket's own.</param>
    public (FolderBucket Bucket, string Below) BucketOf(string path, TimeSpan? settleTime, ILogger<FolderBucket> logger)
    {
        var standing = StandingBucket(settings);
        var (root, below) = FolderBucket.Locate(path, standing.Path);
        var options = root == Path.TrimEndingDirectorySeparator(Path.GetFullPath(standing.Path))
            ? standing
            : new FolderBucketOptions { Path = root, ListEvery = standing.ListEvery };
        options.SettleTime = settleTime ?? options.SettleTime;
        var intake = Intake(_database, _blobs, new DurableClient(DurableOptions.DefaultJson), settings);
        return (new FolderBucket(intake, options, TimeProvider.System, logger), below);
    }

    public ValueTask DisposeAsync()
    {
        (_blobs as IDisposable)?.Dispose();
        return _database.DisposeAsync();
    }
}
