using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DocPipeline.EndToEnd.Tests.Webhooks;

/// <summary>Somebody else's server that gets webhooks, and behaves as a test wants.</summary>
/// <param name="answer">How it answers the request with this number, from 0.</param>
internal sealed class Receiver(Func<int, HttpContext, Task> answer) : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = [];
    private int _count;
    private WebApplication? _app;

    public Receiver()
        : this((_, _) => Task.CompletedTask)
    {
    }

    public string Address => _app!.Urls.First();

    /// <summary>Every request in the order in which it came, with the status that was answered (0: none).</summary>
    public IReadOnlyList<Received> Received => [.. _received];

    /// <summary>What was taken: answered with 2xx.</summary>
    public IReadOnlyList<Received> Taken => [.. _received.Where(request => request.Status is >= 200 and < 300)];

    public static async Task<Receiver> StartAsync(Func<int, HttpContext, Task>? answer = null)
    {
        var receiver = answer is null ? new Receiver() : new Receiver(answer);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver._app = builder.Build();
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _count) - 1;
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new Received(
            context.Request.Path, context.Request.Headers["webhook-id"].ToString(), context.Request.Headers["webhook-timestamp"].ToString(), context.Request.Headers["webhook-signature"].ToString(), await reader.ReadToEndAsync());
        _received.Enqueue(request);
        await answer(number, context);
        request.Status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
    }
}

internal sealed record Received(string Path, string Id, string Timestamp, string Signature, string Body)
{
    public int Status { get; set; }

    /// <summary>Computed anew, from what Standard Webhooks says and not from the product's code.</summary>
    public bool IsSignedWith(string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        return Signature == "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
    }
}
