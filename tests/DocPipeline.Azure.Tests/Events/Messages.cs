using System.Text;
using System.Text.Json.Nodes;
using DocPipeline.Testing.Stores;

namespace DocPipeline.Azure.Tests.Events;

/// <summary>Messages of Event Grid in both schemas, written by hand after the documentation.</summary>
internal static class Messages
{
    private const string Accounts = "/subscriptions/0/resourceGroups/claims/providers/Microsoft.Storage/storageAccounts/";

    public static string EventGrid(string container, string name, string etag, string kind = "Microsoft.Storage.BlobCreated", string api = "PutBlob", string account = Azurite.Account) => new JsonObject
    {
        ["topic"] = Accounts + account,
        ["subject"] = $"/blobServices/default/containers/{container}/blobs/{name}",
        ["eventType"] = kind,
        ["id"] = "1",
        ["data"] = Data(etag, api),
        ["dataVersion"] = "",
        ["metadataVersion"] = "1",
        ["eventTime"] = "2026-03-01T00:00:00Z",
    }.ToJsonString();

    public static string CloudEvent(string container, string name, string etag, string version = "specversion") => new JsonObject
    {
        ["source"] = Accounts + Azurite.Account,
        ["subject"] = $"/blobServices/default/containers/{container}/blobs/{name}",
        ["type"] = "Microsoft.Storage.BlobCreated",
        ["time"] = "2026-03-01T00:00:00Z",
        ["id"] = "1",
        ["data"] = Data(etag, "PutBlob"),
        [version] = "1.0",
    }.ToJsonString();

    public static byte[] Batch(params string[] events) => Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]");

    private static JsonObject Data(string etag, string api) => new() { ["api"] = api, ["eTag"] = etag, ["contentLength"] = 1, ["blobType"] = "BlockBlob" };
}
