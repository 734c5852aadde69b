using System.Net;
using Amazon.Runtime;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Buckets;

/// <summary>What a refusal of the store means for us. The SDK has retried what may be retried before anything comes here.</summary>
internal static class S3Failures
{
    public static DocumentFault Overwritten(string key) =>
        new(FaultCodes.Disappeared, $"'{key}' was overwritten before it could be read. What stands there now is taken in by itself.");

    /// <summary>Whether it is an answer of the store, or trouble on the way to it.</summary>
    public static bool IsOfStore(Exception failure) => failure is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException or IOException;

    /// <param name="key">Null where the whole bucket was asked about.</param>
    public static Exception Of(Exception failure, string bucket, string? key) => failure switch
    {
        AmazonServiceException { ErrorCode: "NoSuchBucket" } missing => new BucketRefusal($"There is no bucket '{bucket}' at this address. Mend DOCPIPELINE_S3_BUCKET, _REGION or _ENDPOINT.", missing),
        AmazonServiceException { StatusCode: HttpStatusCode.PreconditionFailed } when key is not null => Overwritten(key),
        // 405: the version that was asked for is the mark of a deletion.
        AmazonServiceException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed } when key is not null =>
            new DocumentFault(FaultCodes.Disappeared, $"'{key}' was gone before it could be read."),
        AmazonServiceException { ErrorCode: "InvalidObjectState" } archived => new BucketRefusal($"'{key}' is archived. Restore it.", archived),
        AmazonServiceException service when IsTransient(service) => new TransientFailure($"The store of bucket '{bucket}' does not answer now: {Said(service)}", inner: service),
        AmazonServiceException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } denied => new BucketRefusal(
            $"The store refuses us {(key is null ? "the listing of" : "an object in")} bucket '{bucket}': {Said(denied)} We need s3:ListBucket, s3:GetObject and s3:GetObjectVersion.", denied),
        AmazonServiceException other => new BucketRefusal($"The store of bucket '{bucket}' refuses what we ask: {Said(other)}", other),
        // Without credentials nothing is even sent.
        AmazonClientException { InnerException: null } unsent => new BucketRefusal($"Bucket '{bucket}' cannot be asked: {unsent.Message}", unsent),
        _ => new TransientFailure($"The store of bucket '{bucket}' cannot be reached: {failure.Message}", inner: failure),
    };

    private static bool IsTransient(AmazonServiceException failure) =>
        failure.StatusCode is default(HttpStatusCode) or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)failure.StatusCode >= 500
        || failure.ErrorCode is "SlowDown" or "RequestTimeout" or "RequestLimitExceeded" or "Throttling" or "ThrottlingException" or "RequestTimeTooSkewed" or "OperationAborted";

    private static string Said(AmazonServiceException failure) => $"{(int)failure.StatusCode} {failure.ErrorCode}. {failure.Message}";
}
