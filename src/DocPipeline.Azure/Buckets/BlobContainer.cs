using System.Globalization;
using System.Xml;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using DocPipeline.Ingest;

namespace DocPipeline.Azure.Buckets;

/// <summary>
/// A container of Azure Blob Storage that documents come from, by its REST API on Azure.Core's pipeline, which retries, honours Retry-After and signs in: the three
/// operations that a bucket needs. Where blobs are kept is another matter: <see cref="Blobs.ContainerBlobs"/>.
/// </summary>
public sealed class BlobContainer : IObjectBucket
{
    private const string ApiVersion = "2021-12-02";

    private readonly BlobContainerOptions _options;
    private readonly BlobAddress _address;
    private readonly HttpPipeline _pipeline;

    /// <param name="credential">For the default sign-in, where there is no account key; null: whatever Azure.Identity finds.</param>
    public BlobContainer(BlobContainerOptions options, TimeProvider time, TokenCredential? credential = null)
    {
        (_options, _address) = (options, BlobAddress.Of(options.Address));
        var client = new Client();
        client.Retry.MaxRetries = options.Retries;
        client.Retry.Delay = options.RetryDelay;
        client.Retry.NetworkTimeout = options.Timeout;
        HttpPipelinePolicy signing = options.AccountKey is { } key
            ? new SharedKeyPolicy(_address.Account, Convert.FromBase64String(key), time)
            : new BearerTokenAuthenticationPolicy(credential ?? new DefaultAzureCredential(), "https://storage.azure.com/.default");
        _pipeline = HttpPipelineBuilder.Build(client, signing);
    }

    public string Name => NameOf(_address.Name);

    public string Prefix => _options.Prefix;

    /// <summary>The account that the container belongs to.</summary>
    public string Account => _address.Account;

    /// <summary>The name of a container in submissions and events.</summary>
    public static string NameOf(string container) => "blob:" + container;

    /// <summary>Whether this can be the address of a container.</summary>
    public static bool IsAddress(Uri address) => BlobAddress.TryRead(address) is not null;

    public async Task<ObjectPage> ListAsync(string? continuation, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Get, _address.Container);
        message.Request.Uri.AppendQuery("restype", "container");
        message.Request.Uri.AppendQuery("comp", "list");
        message.Request.Uri.AppendQuery("maxresults", _options.PageSize.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("prefix", _options.Prefix), ("marker", continuation ?? "")])
        {
            if (value.Length > 0)
            {
                message.Request.Uri.AppendQuery(name, value);
            }
        }

        var answer = await SendAsync(message, key: null, cancellationToken);
        try
        {
            return BlobListing.Read(answer.Content.ToStream());
        }
        catch (XmlException cut)
        {
            throw new Workflow.TransientFailure($"The listing of container '{_address.Name}' came damaged: {cut.Message}", inner: cut);
        }
    }

    public async Task<StoredObject> FindAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Head, _address.Blob(key));
        Ask(message, versionId);
        var answer = await SendAsync(message, key, cancellationToken);
        return new(key, ETagOf(answer), versionId, answer.Headers.ContentLengthLong);
    }

    public async Task<OpenedObject> OpenAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        var message = Create(RequestMethod.Get, _address.Blob(stored.Key));
        try
        {
            message.BufferResponse = false;
            message.Request.Headers.SetValue("If-Match", $"\"{stored.ETag}\"");
            Ask(message, stored.VersionId);
            var answer = await SendAsync(message, stored.Key, cancellationToken);
            return ETagOf(answer) == stored.ETag
                ? new OpenedObject(message.ExtractResponseContent() ?? Stream.Null, answer.Headers.ContentLengthLong, message)
                : throw BlobFailures.Overwritten(stored.Key);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private static void Ask(HttpMessage message, string? versionId)
    {
        if (versionId is not null)
        {
            message.Request.Uri.AppendQuery("versionid", versionId);
        }
    }

    private static string ETagOf(Response answer) => answer.Headers.TryGetValue("ETag", out var etag) ? etag!.Trim('"') : "";

    private HttpMessage Create(RequestMethod method, Uri uri)
    {
        var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(uri);
        message.Request.Headers.SetValue("x-ms-version", ApiVersion);
        return message;
    }

    private async Task<Response> SendAsync(HttpMessage message, string? key, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && BlobFailures.IsOfWay(failure))
        {
            throw BlobFailures.OfWay(failure, _address.Name);
        }

        return message.Response.IsError ? throw BlobFailures.OfAnswer(message.Response, _address.Name, key) : message.Response;
    }

    private sealed class Client : ClientOptions;
}
