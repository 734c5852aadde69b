using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Aws.Buckets;

public sealed class S3BucketOptions
{
    [Required(AllowEmptyStrings = false)]
    public string Bucket { get; set; } = "";

    /// <summary>Keys begin so. Default: all.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Where the bucket is. Default: what the SDK finds in its environment, <c>AWS_REGION</c> first.</summary>
    public string? Region { get; set; }

    /// <summary>A store other than Amazon's that speaks its protocol, such as <c>http://127.0.0.1:9000</c>. Default: Amazon's own.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Objects on one page of a listing: what is held in memory. Default 1,000, the most that the protocol knows.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 1_000;

    /// <summary>How long a store may take to begin an answer. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts after the first, for throttling, 5xx and lost connections. Default 3.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;
}
