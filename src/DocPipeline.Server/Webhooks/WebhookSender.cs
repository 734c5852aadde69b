using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace DocPipeline.Server.Webhooks;

/// <summary>What became of one request.</summary>
/// <param name="Problem">Why the message has to be sent again; null where it was delivered.</param>
/// <param name="RetryAfter">What the receiver asked for.</param>
/// <param name="IsGone">The receiver wants nothing any more.</param>
internal sealed record Attempt(string? Problem, TimeSpan? RetryAfter = null, bool IsGone = false);

/// <summary>Posts messages. Only 2xx within the time limit is a delivery; redirects are failures, for their target was checked by nobody.</summary>
internal sealed class WebhookSender(AddressGuard guard, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = guard.ConnectAsync,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        // A name that leads elsewhere now is asked for again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends one message once. Throws only when it is cancelled.</summary>
    public async Task<Attempt> SendAsync(Uri url, string secret, string id, string body, CancellationToken cancellationToken)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString());
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(secret, id, timestamp, body));
        request.Headers.UserAgent.Add(new("DocPipeline", "1"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), limit, timeout, Timeout.InfiniteTimeSpan);
        try
        {
            // What a receiver says beyond its status is of no interest and may be endless: it is not read.
            using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Judge(reply);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new($"No answer within {timeout.TotalSeconds} s.");
        }
        catch (HttpRequestException failure)
        {
            return new(failure.InnerException is WebhookRefusedException or SocketException ? failure.InnerException.Message : failure.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private Attempt Judge(HttpResponseMessage reply) => (int)reply.StatusCode switch
    {
        >= 200 and < 300 => new(Problem: null),
        >= 300 and < 400 => new($"It answered {(int)reply.StatusCode}; redirects are not followed. Register the address that it redirects to."),
        (int)HttpStatusCode.Gone => new("It answered 410: it wants nothing any more.", IsGone: true),
        var status => new($"It answered {status}.", RetryAfterOf(reply)),
    };

    private TimeSpan? RetryAfterOf(HttpResponseMessage reply) =>
        (reply.Headers.RetryAfter?.Delta ?? reply.Headers.RetryAfter?.Date - time.GetUtcNow()) is { } delay && delay > TimeSpan.Zero
            ? (delay < LongestRetryAfter ? delay : LongestRetryAfter)
            : null;
}
