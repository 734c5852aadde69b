using System.Globalization;
using System.Net;
using System.Text.Json;
using DocPipeline.Providers;
using DocPipeline.Workflow;

namespace DocPipeline.LanguageModels;

/// <summary>
/// What every reply passes on its way to an SDK: it is read as a whole, up to a length, and a failure becomes one of the two exceptions that an adapter may throw. The SDKs
/// above it only write requests and read replies that succeeded; their own retries are off.
/// </summary>
internal sealed class ModelWire(ModelSettings settings, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const HttpStatusCode Overloaded = (HttpStatusCode)529;

    private static readonly string[] UsedUp = ["insufficient_quota", "billing_error", "billing_hard_limit_reached", "billing_not_active"];

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static HttpClient Client(ModelSettings settings)
    {
        // Redirects would carry the key and a document's text to an address that nobody configured.
        var socket = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return new(new ModelWire(settings, socket)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Runs one exchange within the deadline.</summary>
    public static async Task<T> WithinDeadlineAsync<T>(ModelSettings settings, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.Deadline);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await exchange(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientFailure($"{settings.Provider} did not answer within {settings.Deadline.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.", retryAfter: null, exception);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (settings.Key is null || settings.KeyHeader is not null)
        {
            request.Headers.Authorization = null;
        }

        if (settings.KeyHeader is { } header && settings.Key is { } key)
        {
            request.Headers.Add(header, key);
        }

        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var body = await ReadAsync(response, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                using (response)
                {
                    throw Failure(response, body);
                }
            }

            var headers = response.Content.Headers.ContentType;
            response.Content.Dispose();
            response.Content = new ByteArrayContent(body);
            response.Content.Headers.ContentType = headers;
            return response;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new TransientFailure($"The connection to {settings.Provider} failed.", retryAfter: null, exception);
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, count);
            if (body.Length > settings.LongestReply)
            {
                response.Dispose();
                throw Refusal(RefusalKind.BadReply, $"sent more than {settings.LongestReply} bytes");
            }
        }

        return body.ToArray();
    }

    /// <summary>The service's own word (<c>x-should-retry</c>) wins over the status; money that is used up does not come back by waiting.</summary>
    private Exception Failure(HttpResponseMessage response, byte[] body)
    {
        var (status, codes) = (response.StatusCode, CodesOf(body));
        var said = $"answered {string.Join(' ', [$"{(int)status}", .. codes.Take(1)])}";
        if (codes.Intersect(UsedUp).Any() || status == HttpStatusCode.PaymentRequired)
        {
            return Refusal(RefusalKind.QuotaExhausted, $"{said}: check its billing");
        }

        var retry = response.Headers.TryGetValues("x-should-retry", out var word) && bool.TryParse(word.First(), out var should)
            ? should
            : status is HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or Overloaded || (int)status >= 500;
        return retry ? new TransientFailure($"{settings.Provider} {said}.", RetryAfter(response)) : status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Refusal(RefusalKind.NotAllowed, $"{said}: check the key and what it may do"),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => Refusal(RefusalKind.Misconfigured, $"{said}: check the address and the name of the model"),
            HttpStatusCode.RequestEntityTooLarge => Refusal(RefusalKind.Unsupported, said),
            HttpStatusCode.TooManyRequests => Refusal(RefusalKind.QuotaExhausted, said),
            _ when (int)status is >= 300 and < 400 => Refusal(RefusalKind.Misconfigured, $"{said}, which leads elsewhere: check the address"),
            _ when (int)status >= 400 => Refusal(RefusalKind.Misconfigured, $"{said}: check the name of the model and whether it knows JSON by schema"),
            _ => Refusal(RefusalKind.BadReply, said),
        };
    }

    private ProviderRefusal Refusal(RefusalKind kind, string said) => new(kind, settings.Provider, $"{settings.Provider} {said}.");

    /// <summary>Code and type of an error body. Only names pass: messages may repeat what was sent.</summary>
    private static IReadOnlyList<string> CodesOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement.GetProperty("error");
            return [.. new[] { "code", "type" }.Select(member => Name(error, member)).OfType<string>().Distinct()];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }

        static string? Name(JsonElement error, string member) =>
            error.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 60 } name
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-') ? name : null;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? wait = response.Headers.TryGetValues("retry-after-ms", out var text) && double.TryParse(text.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < 1e9
            ? TimeSpan.FromMilliseconds(milliseconds)
            : response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date && response.Headers.Date is { } now ? date - now : null);
        return wait is null ? null : wait > LongestWait ? LongestWait : wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
