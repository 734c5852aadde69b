using DocPipeline.Aws.Buckets;
using DocPipeline.Azure.Buckets;
using DocPipeline.Ingest;
using Microsoft.Extensions.Configuration;

namespace DocPipeline.Functions;

/// <summary>The settings that code reads; those that only bindings read are in the README.</summary>
public sealed record ShellSettings(string Database, string BlobPlace, string Container, int MaxFileMegabytes, int OcrWorkers, int StuckMinutes, int FourEyesAbove)
{
    /// <summary>Where events of S3 find their objects; null: nowhere.</summary>
    public S3BucketOptions? S3 { get; init; }

    /// <summary>Topics of SNS whose messages are believed.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Where events of Event Grid find their blobs, by managed identity; null: nowhere.</summary>
    public BlobContainerOptions? Blobs { get; init; }

    public IntakeOptions Intake => new() { MaxBytes = MaxFileMegabytes * 1_000_000L };

    /// <exception cref="InvalidOperationException">Names every setting that is missing or out of its range.</exception>
    public static ShellSettings Read(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        var settings = new ShellSettings(
            Text("DOCPIPELINE_DATABASE"), Text("DOCPIPELINE_BLOBS"), Text("DOCPIPELINE_CONTAINER"),
            Number("DOCPIPELINE_MAX_FILE_MB", 100, 1, 2000), Number("DOCPIPELINE_OCR_WORKERS", 0, 0, 64), Number("DOCPIPELINE_STUCK_MINUTES", 15, 1, 100_000), Number("DOCPIPELINE_FOUR_EYES_ABOVE", 0, 0, int.MaxValue))
        {
            S3 = configuration["DOCPIPELINE_S3_BUCKET"] is { Length: > 0 } bucket
                ? new() { Bucket = bucket, Prefix = configuration["DOCPIPELINE_S3_PREFIX"] ?? "", Region = Text("DOCPIPELINE_S3_REGION") } : null,
            Topics = (configuration["DOCPIPELINE_S3_TOPICS"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Blobs = configuration["DOCPIPELINE_BLOB_CONTAINER"] is { Length: > 0 } address
                ? new() { Address = Address("DOCPIPELINE_BLOB_CONTAINER", address), Prefix = configuration["DOCPIPELINE_BLOB_PREFIX"] ?? "" } : null,
        };
        return mistakes.Count == 0 ? settings : throw new InvalidOperationException(string.Join(' ', mistakes));

        string Text(string name) => configuration[name] is { Length: > 0 } text ? text : Mistake(name, "is not set", "");

        Uri Address(string name, string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && BlobContainer.IsAddress(address)
            ? address : Mistake(name, "must be like https://ACCOUNT.blob.core.windows.net/CONTAINER", new Uri("https://none.invalid/none"));

        int Number(string name, int standard, int least, int most) =>
            configuration[name] is not { Length: > 0 } text ? standard
            : int.TryParse(text, out var number) && number >= least && number <= most ? number
            : Mistake(name, $"is '{text}'; it must be a whole number from {least} to {most}", standard);

        T Mistake<T>(string name, string what, T instead)
        {
            mistakes.Add($"{name} {what}.");
            return instead;
        }
    }
}
