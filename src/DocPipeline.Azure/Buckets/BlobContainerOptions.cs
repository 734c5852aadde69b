using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Azure.Buckets;

public sealed class BlobContainerOptions
{
    /// <summary>Address of the container, such as <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>; Azurite's has the account in the path.</summary>
    [Required]
    public Uri Address { get; set; } = null!;

    /// <summary>Names begin so. Default: all.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Key of the account, in base64. Default: none, but a managed identity or whatever else Azure.Identity finds.</summary>
    public string? AccountKey { get; set; }

    /// <summary>Blobs on one page of a listing: what is held in memory. Default 1,000.</summary>
    [Range(1, 5000)]
    public int PageSize { get; set; } = 1_000;

    /// <summary>How long the service may take to begin an answer, or to send the next bytes of one. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts after the first, for throttling, 5xx and lost connections. Default 3.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>Pause before the first retry; each further one is twice as long, and the service's Retry-After counts for more. Default 0.8 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.8);
}
