using DocPipeline.Server.Hosting;

namespace DocPipeline.Server.Webhooks;

/// <param name="FirstRest">After the first failure; three times as long after each further one.</param>
/// <param name="LongestRest">After however many.</param>
/// <param name="GiveUpAfter">How long an endpoint has to fail, and a message to be owed, before it becomes a dead letter.</param>
/// <param name="Timeout">For one request.</param>
/// <param name="Lease">How long an endpoint belongs to a process that has sent nothing.</param>
internal sealed record WebhookOptions(TimeSpan FirstRest, TimeSpan LongestRest, TimeSpan GiveUpAfter, TimeSpan Timeout, TimeSpan Lease)
{
    public static WebhookOptions Of(ServerSettings settings)
    {
        var timeout = TimeSpan.FromSeconds(settings.WebhookTimeoutSeconds);
        return new(
            TimeSpan.FromSeconds(settings.WebhookRetrySeconds), TimeSpan.FromHours(1), TimeSpan.FromHours(settings.WebhookGiveUpHours), timeout,
            // Longer than any request, so that only a process that was frozen or killed loses it.
            Lease: 2 * timeout + TimeSpan.FromSeconds(5));
    }

    /// <summary>How long to rest after so many failures in a row, the newest included.</summary>
    /// <param name="random">0 to 1; spreads receivers that failed together by a fifth in either direction.</param>
    public TimeSpan RestAfter(int failures, double random)
    {
        var rest = Math.Min(LongestRest.TotalSeconds, FirstRest.TotalSeconds * Math.Pow(3, Math.Min(failures, 30) - 1));
        return TimeSpan.FromSeconds(rest * (0.8 + 0.4 * random));
    }
}
