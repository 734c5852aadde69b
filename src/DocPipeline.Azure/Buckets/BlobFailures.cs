using Azure;
using Azure.Identity;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Workflow;

namespace DocPipeline.Azure.Buckets;

/// <summary>What a refusal of the service means for us. The pipeline has retried what may be retried before anything comes here.</summary>
internal static class BlobFailures
{
    public static DocumentFault Overwritten(string key) =>
        new(FaultCodes.Disappeared, $"'{key}' was overwritten before it could be read. What stands there now is taken in by itself.");

    /// <param name="key">Null where the whole container was asked about.</param>
    public static Exception OfAnswer(Response answer, string container, string? key)
    {
        var code = answer.Headers.TryGetValue("x-ms-error-code", out var said) ? said : answer.ReasonPhrase;
        return answer.Status switch
        {
            412 when key is not null => Overwritten(key),
            404 when code == "ContainerNotFound" || key is null => new BucketRefusal($"There is no container '{container}' at this address. Mend DOCPIPELINE_BLOB_CONTAINER."),
            404 => new DocumentFault(FaultCodes.Disappeared, $"'{key}' was gone before it could be read."),
            409 when code == "BlobArchived" => new BucketRefusal($"'{key}' is archived. Restore it."),
            408 or 429 or >= 500 => new TransientFailure($"The store of container '{container}' does not answer now: {answer.Status} {code}."),
            401 or 403 => new BucketRefusal(
                $"The store refuses us {(key is null ? "the listing of" : "a blob in")} container '{container}': {answer.Status} {code}. Mend DOCPIPELINE_BLOB_KEY, or give our identity the role Storage Blob Data Reader."),
            _ => new BucketRefusal($"The store of container '{container}' refuses what we ask: {answer.Status} {code}."),
        };
    }

    /// <summary>Whether it is trouble before there is an answer.</summary>
    public static bool IsOfWay(Exception failure) =>
        failure is AuthenticationFailedException or RequestFailedException or AggregateException or HttpRequestException or IOException or OperationCanceledException;

    public static Exception OfWay(Exception failure, string container) => failure is AuthenticationFailedException
        ? new BucketRefusal($"We cannot sign in to the store of container '{container}': {failure.Message}", failure)
        : new TransientFailure($"The store of container '{container}' cannot be reached: {failure.Message}", inner: failure);
}
