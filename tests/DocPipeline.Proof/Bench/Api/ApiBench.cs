using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Bench.Api;

/// <summary>Lists of a database with some claims, and exports of one with many, asked of a running server over HTTP.</summary>
internal sealed class ApiBench(int claims, int exported, int requests, TextWriter progress)
{
    /// <summary>What clients ask, by the name that the report has for it.</summary>
    private static readonly (string Name, string Query)[] Lists =
    [
        ("newest 50", "claims"),
        ("newest 50, by next", "claims"),
        ("one state", "claims?state=needs_review"),
        ("claim number", "claims?claim_number=cl-{0}"),
        ("any part of a name", "claims?q=k%C3%B6hler&limit=50"),
        ("a word that is nowhere", "claims?q=nowhere"),
        ("amounts and dates", "claims?total_from=500&date_of_loss_from=2025-06-01"),
        ("fields of one claim", "fields?submission_id={1}"),
    ];

    public async Task<ApiReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var machine = await PrivateMachine.CreateAsync(cancellationToken);
        await progress.WriteLineAsync($"Storing {claims} claims");
        await SeededClaims.AddAsync(machine.Owner, 1, claims, cancellationToken);
        var latencies = new List<ListLatency>();
        await using (var server = await machine.ServeAsync(cancellationToken))
        {
            using var client = await ConnectAsync(machine, cancellationToken);
            var ids = await machine.ListAsync("SELECT submission_id FROM docpipeline.claims_v1 ORDER BY md5(submission_id::text) LIMIT 1000", cancellationToken);
            foreach (var (name, query) in Lists)
            {
                await progress.WriteLineAsync($"Asking for {name}");
                latencies.Add(await MeasureAsync(client, name, query, ids, cancellationToken));
            }
        }

        await progress.WriteLineAsync($"Storing {exported} claims");
        await SeededClaims.AddBareAsync(machine.Owner, claims + 1, exported, cancellationToken);
        var exports = new List<ExportCost>();
        foreach (var format in new[] { "csv", "jsonl", "xlsx" })
        {
            await progress.WriteLineAsync($"Exporting as {format}");
            // A server each: the kernel's high-water mark is of a process' whole life.
            await using var server = await machine.ServeAsync(cancellationToken);
            using var client = await ConnectAsync(machine, cancellationToken);
            var before = ProcessTree.PeakMemory(server.Id) ?? 0;
            var clock = Stopwatch.StartNew();
            var bytes = await DownloadAsync(client, $"claims/export?format={format}", cancellationToken);
            exports.Add(new(format, bytes, clock.Elapsed.TotalSeconds, before, ProcessTree.PeakMemory(server.Id) ?? 0));
        }

        return new(claims, exported, requests, latencies, exports);
    }

    /// <summary>One client after the other's answer; the first tenth warms up and does not count.</summary>
    private async Task<ListLatency> MeasureAsync(HttpClient client, string name, string query, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var isByNext = name.EndsWith("by next", StringComparison.Ordinal);
        string? next = null;
        for (var i = -requests / 10; i < requests; i++)
        {
            var path = string.Format(query, 1 + (i + requests) * 7919 % claims, ids[(i + requests) % ids.Count]) + (isByNext && next is not null ? $"?cursor={next}" : "");
            var clock = Stopwatch.GetTimestamp();
            var bytes = await client.GetByteArrayAsync(path, cancellationToken);
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }

            next = isByNext ? JsonElement.Parse(bytes).GetProperty("next").GetString() : null;
        }

        times.Sort();
        return new(name, times[times.Count / 2], times[(int)(times.Count * 0.95)], times[^1]);
    }

    private static async Task<HttpClient> ConnectAsync(PrivateMachine machine, CancellationToken cancellationToken)
    {
        const string Announcement = "Queue and workbench:     ";
        const string Prefix = "dpk_";
        var address = (await File.ReadAllLinesAsync(machine.Log + ".out", cancellationToken)).Last(line => line.StartsWith(Announcement, StringComparison.Ordinal))[Announcement.Length..];
        await machine.RunAsync(["apikey", "create", "bench", "--scope", "read", "export"], cancellationToken);
        var key = (await File.ReadAllLinesAsync(machine.Log + ".out", cancellationToken)).Last(line => line.StartsWith(Prefix, StringComparison.Ordinal));
        return new HttpClient { BaseAddress = new Uri(new Uri(address), "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    }

    private static async Task<long> DownloadAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var reply = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        reply.EnsureSuccessStatusCode();
        await using var body = await reply.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        var bytes = 0L;
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            bytes += count;
        }

        return bytes;
    }
}
