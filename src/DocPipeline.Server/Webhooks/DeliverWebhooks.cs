using Microsoft.Extensions.Hosting;

namespace DocPipeline.Server.Webhooks;

/// <summary>
/// Sends changes to endpoints: one message after the other to each, several endpoints at once. Any number of servers may do this; each endpoint is served by
/// one of them at a time.
/// </summary>
internal sealed partial class DeliverWebhooks(WebhookQueue queue, WebhookSender sender, TimeProvider time, ILogger<DeliverWebhooks> logger) : BackgroundService
{
    private const int EndpointsAtOnce = 8;

    /// <summary>Then another endpoint gets its turn.</summary>
    private const int MessagesInARow = 100;

    private static readonly TimeSpan WhenIdle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ToSayGoodbye = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, EndpointsAtOnce).Select(place => ServeAsync(place, stoppingToken)));

    private async Task ServeAsync(int place, CancellationToken stoppingToken)
    {
        // Not all of them ask at once.
        await Task.Delay(WhenIdle * place / EndpointsAtOnce, time, stoppingToken);
        while (true)
        {
            var rest = TimeSpan.Zero;
            try
            {
                if (await queue.ClaimAsync(stoppingToken) is { } endpoint)
                {
                    await DeliverAsync(endpoint, stoppingToken);
                }
                else
                {
                    rest = WhenIdle * EndpointsAtOnce;
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A service that throws takes the host down; the database may be back soon, and leases end by themselves.
                LogTrouble(logger, exception.Message);
                rest = AfterTrouble;
            }

            await Task.Delay(rest, time, stoppingToken);
        }
    }

    private async Task DeliverAsync(ClaimedEndpoint endpoint, CancellationToken stoppingToken)
    {
        try
        {
            for (var sent = 0; sent < MessagesInARow; sent++)
            {
                var message = await queue.NextAsync(endpoint, stoppingToken);
                if (message?.Id is null)
                {
                    await (message is null ? Task.CompletedTask : queue.RecordPassedAsync(endpoint, message.Position, stoppingToken));
                    return;
                }

                var attempt = await sender.SendAsync(endpoint.Url, endpoint.Secret, message.Id, message.Body!, stoppingToken);
                if (attempt.Problem is { } problem)
                {
                    var isDead = await queue.RecordFailedAsync(endpoint, message.Position, attempt, stoppingToken);
                    LogFailed(logger, message.Id, endpoint.Id, problem, isDead ? " It is a dead letter now." : "");
                    return;
                }

                if (!await queue.RecordDeliveredAsync(endpoint, message.Position, stoppingToken))
                {
                    return;
                }
            }
        }
        finally
        {
            // Also when the server stops: the next one need not wait for the lease to end.
            using var limit = new CancellationTokenSource(ToSayGoodbye, time);
            await queue.ReleaseAsync(endpoint, limit.Token);
        }
    }

    [LoggerMessage(220, LogLevel.Warning, "Message {Message} was not delivered to webhook {Endpoint}: {Problem}{End}")]
    private static partial void LogFailed(ILogger logger, string message, Guid endpoint, string problem, string end);

    [LoggerMessage(221, LogLevel.Warning, "Webhooks could not be served: {Problem}")]
    private static partial void LogTrouble(ILogger logger, string problem);
}
