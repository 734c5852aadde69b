using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DocPipeline.Ingest;

namespace DocPipeline.Aws.Buckets;

/// <summary>A bucket of S3, or of anything that speaks its protocol, through the official SDK: it signs, retries and finds credentials.</summary>
public sealed class S3Bucket : IObjectBucket, IDisposable
{
    private readonly S3BucketOptions _options;
    private readonly AmazonS3Client _client;

    /// <param name="credentials">Null: from the environment, the profile or the machine's role, as every program of AWS does.</param>
    public S3Bucket(S3BucketOptions options, AWSCredentials? credentials = null)
    {
        _options = options;
        var config = new AmazonS3Config
        {
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.Retries,
            Timeout = options.Timeout,
            // Other stores know neither the checksums that are the SDK's default nor a name of host for each bucket.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = options.Endpoint is null ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED,
            ForcePathStyle = options.Endpoint is not null,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region ?? "us-east-1";
        }
        else if (options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        _client = credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config);
        Name = NameOf(options.Bucket);
    }

    public string Name { get; }

    public string Prefix => _options.Prefix;

    /// <summary>The name of a bucket in submissions and events.</summary>
    public static string NameOf(string bucket) => "s3:" + bucket;

    public Task<ObjectPage> ListAsync(string? continuation, CancellationToken cancellationToken) => AskAsync(key: null, async () =>
    {
        var listed = await _client.ListObjectsV2Async(
            new() { BucketName = _options.Bucket, Prefix = _options.Prefix, MaxKeys = _options.PageSize, ContinuationToken = continuation }, cancellationToken);
        return new ObjectPage(
            [.. (listed.S3Objects ?? []).Select(found => new StoredObject(found.Key, Unquoted(found.ETag), VersionId: null, found.Size))],
            listed.IsTruncated is true ? listed.NextContinuationToken : null);
    }, cancellationToken);

    public Task<StoredObject> FindAsync(string key, string? versionId, CancellationToken cancellationToken) => AskAsync(key, async () =>
    {
        var found = await _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _options.Bucket, Key = key, VersionId = versionId }, cancellationToken);
        return new StoredObject(key, Unquoted(found.ETag), versionId, found.ContentLength);
    }, cancellationToken);

    public Task<OpenedObject> OpenAsync(StoredObject stored, CancellationToken cancellationToken) => AskAsync(stored.Key, async () =>
    {
        var answer = await _client.GetObjectAsync(
            new GetObjectRequest { BucketName = _options.Bucket, Key = stored.Key, VersionId = stored.VersionId, EtagToMatch = $"\"{stored.ETag}\"" }, cancellationToken);
        // Not every store looks at the condition.
        if (Unquoted(answer.ETag) != stored.ETag)
        {
            answer.Dispose();
            throw S3Failures.Overwritten(stored.Key);
        }

        return new OpenedObject(answer.ResponseStream, answer.ContentLength, answer);
    }, cancellationToken);

    public void Dispose() => _client.Dispose();

    private static string Unquoted(string? etag) => etag?.Trim('"') ?? "";

    private async Task<T> AskAsync<T>(string? key, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && S3Failures.IsOfStore(failure))
        {
            throw S3Failures.Of(failure, _options.Bucket, key);
        }
    }
}
