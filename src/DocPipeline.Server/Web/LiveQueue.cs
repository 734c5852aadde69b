using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DocPipeline.Review;
using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DocPipeline.Server.Web;

/// <summary>How many documents wait, told to every open page when it changes. However many pages are open, the database is asked once in two seconds.</summary>
internal sealed class LiveQueue(QueueItems queue, IHostApplicationLifetime host, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Then the browser asks again, and is asked who it is: whoever was signed out meanwhile hears nothing more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _asking = new(1);
    private long _waiting;
    private DateTimeOffset _asOf = DateTimeOffset.MinValue;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/queue/live", (LiveQueue live, CancellationToken cancelled) => TypedResults.ServerSentEvents(live.WatchAsync(cancelled)))
        .RequireAuthorization(Roles.Reader);

    public void Dispose() => _asking.Dispose();

    private async IAsyncEnumerable<SseItem<long>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // An open page must not keep the server from stopping.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var until = time.GetUtcNow() + Longest;
        long? told = null;
        while (time.GetUtcNow() < until)
        {
            long waiting;
            try
            {
                waiting = await CountAsync(ended.Token);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                yield break;
            }

            if (waiting != told)
            {
                told = waiting;
                yield return new SseItem<long>(waiting, "waiting") { ReconnectionInterval = Interval };
            }

            try
            {
                await Task.Delay(Interval, time, ended.Token);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
        }
    }

    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - _asOf >= Interval)
            {
                _waiting = (await queue.CountsAsync(cancellationToken)).Sum(count => count.Count);
                _asOf = time.GetUtcNow();
            }

            return _waiting;
        }
        finally
        {
            _asking.Release();
        }
    }
}
