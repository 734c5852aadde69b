using Azure.Identity;
using Azure.Storage.Blobs;
using DocPipeline.Azure.Buckets;
using DocPipeline.Blobs;

namespace DocPipeline.Azure.Blobs;

/// <summary>Where blobs are kept, as one setting says it: a folder, or the address of a container such as <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>.</summary>
public static class BlobPlace
{
    public static bool IsContainer(string place) => Uri.TryCreate(place, UriKind.Absolute, out var address) && BlobContainer.IsAddress(address);

    /// <summary>The folder is made where it is not there; the container must be, and be open to the identity of this process.</summary>
    public static IBlobs Open(string place) =>
        IsContainer(place) ? new ContainerBlobs(new BlobContainerClient(new Uri(place), new DefaultAzureCredential())) : new BlobFolder(place);
}
