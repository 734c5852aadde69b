using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace DocPipeline.Server.Access;

/// <summary>How many requests one account, or one address that has not signed in, may make: enough for any person, too few to crowd out the others.</summary>
internal static class RequestLimits
{
    private const int KnownPerSecond = 300;
    private const int UnknownPerSecond = 50;

    public static PartitionedRateLimiter<HttpContext> Create() => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        context.User.Identity is { IsAuthenticated: true, Name: { } name }
            ? Bucket("account " + name, KnownPerSecond)
            : Bucket("address " + context.Connection.RemoteIpAddress, UnknownPerSecond));

    /// <summary>Tells who was refused after how many seconds it is worth while to ask again.</summary>
    public static ValueTask SayWhenAsync(OnRejectedContext refused, CancellationToken cancellationToken)
    {
        if (refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
        {
            refused.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return ValueTask.CompletedTask;
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
    {
        TokenLimit = 4 * perSecond,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });
}
