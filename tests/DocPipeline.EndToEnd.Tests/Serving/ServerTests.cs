using System.Net;
using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Serving;

/// <summary>The process that serves, seen from outside.</summary>
public sealed class ServerTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dropped_file_with_a_hostile_name_is_read_and_shown_harmlessly_and_the_server_stops_when_told()
    {
        var (program, page) = await machine.ServeAsync();
        await using var running = program;
        using var browser = page;

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/healthz", Cancelled)).StatusCode);
        using var ready = JsonDocument.Parse(await browser.GetStringAsync("/readyz", Cancelled));
        Assert.All(ready.RootElement.EnumerateObject(), check => Assert.Equal("ok", check.Value.GetString()));

        var name = $"<script>alert(1)<&{Guid.NewGuid():N}.txt";
        await File.WriteAllTextAsync(Path.Combine(machine.Bucket, name), "Claim Number: X-1\nDate of Loss: 2026-01-05\n", Cancelled);
        await Eventually.IsTrueAsync(
            async () => (await machine.ListAsync("SELECT key FROM docpipeline.submissions_v1 WHERE state <> 'processing'")).Contains(name), "the file reached an end", TimeSpan.FromSeconds(60));
        var password = await machine.RunAsync("account", "add", "looks", "--role", "reader");
        using var reader = await Visitor.SignedInAsync(browser.BaseAddress!, "looks", password.Output.Trim());
        var html = await reader.ReadAsync("/status");
        Assert.Contains("&lt;script&gt;alert(1)&lt;&amp;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);

        using var spoofed = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "elsewhere.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(spoofed, Cancelled)).StatusCode);

        var stopped = await program.StopAsync();
        Assert.Contains(stopped.ExitCode, (int[])[0, 130]);
        Assert.All(stopped.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
        Assert.DoesNotContain("X-1", stopped.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_can_be_read_and_run_by_nobody_else()
    {
        var (program, page) = await machine.ServeAsync();
        await using var running = program;
        using var browser = page;

        var answer = await browser.GetAsync("/sign-in", Cancelled);

        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/", Cancelled)).StatusCode);
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(browser.BaseAddress!.Host)));
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_is_named_at_the_start()
    {
        await using var empty = await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string?>(machine.Settings) { ["DOCPIPELINE_DATABASE"] = empty.ConnectionString };
        await using var program = ServerProgram.Start(settings, "serve");

        var run = await program.EndAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("./run migrate", run.Errors, StringComparison.Ordinal);
    }
}
