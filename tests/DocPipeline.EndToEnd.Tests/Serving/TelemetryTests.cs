using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Serving;

public sealed class TelemetryTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    [Fact]
    public async Task With_a_collector_named_traces_and_metrics_are_sent_and_carry_no_content()
    {
        using var collector = new Collector();
        machine.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.TrimEnd('/');
        machine.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        machine.Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        machine.Settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        var (program, page) = await machine.ServeAsync();
        await using var running = program;
        using var browser = page;

        await File.WriteAllTextAsync(Path.Combine(machine.Bucket, "traced.txt"), "Claim Number: SECRET-4711\n", TestContext.Current.CancellationToken);

        foreach (var path in (string[])["/v1/traces", "/v1/metrics"])
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(collector.Paths.ContainsKey(path)), $"something came to {path} besides {string.Join(' ', collector.Paths.Keys)}", TimeSpan.FromSeconds(60));
        }

        // Metric names, the state of a document, and a span named as its step.
        foreach (var word in (string[])["docpipeline.documents", "needs_review", "docpipeline.durable.step_duration", "docpipeline.queue.age", "docpipeline.stage.duration", "open-file"])
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(collector.Has(word)), $"the collector was sent {word}", TimeSpan.FromSeconds(60));
        }

        var id = await machine.QueryAsync<Guid>("SELECT submission_id FROM docpipeline.submissions_v1");
        var trace = Encoding.Latin1.GetString(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString())).AsSpan(0, 16));
        Assert.True(collector.Has(trace), "the spans of a document are in the trace that its id names");
        Assert.False(collector.Has("SECRET-4711"));
        await program.StopAsync();
    }

    /// <summary>The wire's other end: takes what is posted and keeps it as text, which protobuf's strings are.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentBag<string> _bodies = [];

        public Collector()
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            }

            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = ServeAsync();
        }

        public string Address { get; }

        public ConcurrentDictionary<string, bool> Paths { get; } = new();

        public bool Has(string word) => _bodies.Any(body => body.Contains(word, StringComparison.Ordinal));

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    _bodies.Add(Encoding.Latin1.GetString(body.ToArray()));
                    Paths[context.Request.Url!.AbsolutePath] = true;
                    context.Response.ContentType = "application/x-protobuf";
                    context.Response.Close();
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
