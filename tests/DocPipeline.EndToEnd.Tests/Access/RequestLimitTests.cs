using System.Net;
using System.Security.Claims;
using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.EndToEnd.Tests.Access;

/// <summary>Who shares a limit with whom.</summary>
public sealed class RequestLimitTests
{
    [Fact]
    public async Task One_who_asks_too_often_is_refused_alone()
    {
        await using var limits = RequestLimits.Create();

        Assert.False(Ask(limits, name: null, "192.0.2.1", 300));
        Assert.True(Ask(limits, name: null, "192.0.2.2", 1));
        Assert.True(Ask(limits, "m.jones", "192.0.2.1", 300));
        Assert.False(Ask(limits, "m.jones", "192.0.2.2", 3000));
        Assert.True(Ask(limits, "key 1", "192.0.2.2", 1));
    }

    /// <returns>Whether the last one of so many requests was let through.</returns>
    private static bool Ask(System.Threading.RateLimiting.PartitionedRateLimiter<HttpContext> limits, string? name, string address, int times)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        context.User = name is null ? new() : new(new ClaimsIdentity([new(ClaimTypes.Name, name)], "test"));
        var isLet = false;
        for (var i = 0; i < times; i++)
        {
            using var lease = limits.AttemptAcquire(context);
            isLet = lease.IsAcquired;
        }

        return isLet;
    }
}
