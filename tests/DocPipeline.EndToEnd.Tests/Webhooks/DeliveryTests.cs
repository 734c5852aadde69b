using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Bench.Api;
using DocPipeline.Testing;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.EndToEnd.Tests.Webhooks;

/// <summary>A server whose webhooks fail and try again within a test's patience.</summary>
public sealed class DeliveryTests(ServerMachine machine) : IClassFixture<ServerMachine>, IAsyncLifetime
{
    private static int seeded;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        machine.Settings["DOCPIPELINE_WEBHOOK_NETWORKS"] = "127.0.0.0/8";
        machine.Settings["DOCPIPELINE_WEBHOOK_RETRY_SECONDS"] = "0.05";
        machine.Settings["DOCPIPELINE_WEBHOOK_TIMEOUT_SECONDS"] = "1";
        machine.Settings["DOCPIPELINE_WEBHOOK_GIVE_UP_HOURS"] = "24";
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Whatever_the_receiver_does_everything_comes_in_order_and_always_the_same()
    {
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync((number, context) => Answer(number, context, elsewhere.Address));
        var (id, secret) = await AddAsync(receiver.Address + "/hooks");
        await using var server = await StartAsync();
        await ChangeAsync(15);
        await ThroughAsync(id);

        var changes = await ChangesSinceAsync(id);
        Assert.Equal(30, changes.Count);
        Assert.Equal(changes, receiver.Taken.Select(request => request.Id).Distinct());
        Assert.True(receiver.Received.Count > changes.Count + 10, "Hardly anything failed.");
        Assert.All(receiver.Received, request => Assert.True(request.IsSignedWith(secret), request.Id));
        Assert.All(receiver.Received.GroupBy(request => request.Id), same => Assert.Single(same.Select(request => request.Body).Distinct()));
        Assert.All(receiver.Received, request => Assert.Equal("/hooks", request.Path));
        Assert.Empty(elsewhere.Received);
        // A message is not begun before the one before it is through, so that nothing overtakes.
        Assert.Equal(changes, receiver.Received.Select(request => request.Id).Distinct());
        var first = JsonElement.Parse(receiver.Received[0].Body);
        Assert.Equal(("submission.processing", "processing"), (first.GetProperty("type").GetString(), first.GetProperty("data").GetProperty("state").GetString()));
        Assert.Equal(0, (await machine.RunAsync("check")).ExitCode);
        await machine.RunAsync("webhook", "remove", id);
    }

    [Fact]
    public async Task A_killed_server_loses_nothing()
    {
        await using var receiver = await Receiver.StartAsync((_, _) => Task.Delay(30));
        var (id, _) = await AddAsync(receiver.Address);
        await using (var server = await StartAsync())
        {
            await ChangeAsync(20);
            await Eventually.IsTrueAsync(() => Task.FromResult(receiver.Taken.Count >= 5), "some messages have come");
            Signals.Send("KILL", server.ProcessId);
            await server.EndAsync();
        }

        Assert.True(receiver.Received.Count < 40, "It was killed too late.");
        await using var next = await StartAsync();
        await ThroughAsync(id);

        Assert.Equal(await ChangesSinceAsync(id), receiver.Taken.Select(request => request.Id).Distinct());
        Assert.All(receiver.Received.GroupBy(request => request.Id), same => Assert.Single(same.Select(request => request.Body).Distinct()));
        await machine.RunAsync("webhook", "remove", id);
    }

    [Fact]
    public async Task What_was_given_up_is_a_dead_letter_and_comes_with_a_replay()
    {
        machine.Settings["DOCPIPELINE_WEBHOOK_GIVE_UP_HOURS"] = "0";
        var isBroken = true;
        await using var receiver = await Receiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = Volatile.Read(ref isBroken) ? 500 : 204;
            return Task.CompletedTask;
        });
        var (id, _) = await AddAsync(receiver.Address, "submission.accepted");
        await using var server = await StartAsync();
        var before = await machine.QueryAsync<DateTime>("SELECT clock_timestamp()");
        await ChangeAsync(3);
        await Eventually.IsTrueAsync(() => machine.QueryAsync<bool>($"SELECT count(*) = 3 FROM docpipeline.webhook_delivery WHERE endpoint_id = '{id}' AND outcome = 'dead'"), "three dead letters");
        var dead = await machine.RunAsync("webhook", "dead", id);
        Assert.Equal(3, dead.Lines.Count);
        Assert.All(dead.Lines, line => Assert.Contains("It answered 500.", line, StringComparison.Ordinal));
        Assert.Equal(0, (await machine.RunAsync("check")).ExitCode);

        Volatile.Write(ref isBroken, false);
        var replayed = await machine.RunAsync("webhook", "replay", id, "--from", before.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
        Assert.Equal("3 messages are owed; a server sends them.\n", replayed.Output);
        await ThroughAsync(id);

        Assert.Equal(receiver.Received.Take(3).Select(request => (request.Id, request.Body)), receiver.Taken.Select(request => (request.Id, request.Body)));
        Assert.Equal("None.\n", (await machine.RunAsync("webhook", "dead", id)).Output);
        await machine.RunAsync("webhook", "remove", id);
    }

    [Fact]
    public async Task Who_is_gone_is_left_alone_and_gets_everything_when_he_is_back()
    {
        await using var receiver = await Receiver.StartAsync((number, context) =>
        {
            context.Response.StatusCode = number == 0 ? StatusCodes.Status410Gone : 200;
            return Task.CompletedTask;
        });
        var (id, _) = await AddAsync(receiver.Address, "submission.accepted");
        await using var server = await StartAsync();
        await ChangeAsync(3);
        await Eventually.IsTrueAsync(() => machine.QueryAsync<bool>($"SELECT disabled_at IS NOT NULL FROM docpipeline.webhook_endpoint WHERE id = '{id}'"), "it is disabled");
        Assert.Contains(", disabled ", (await machine.RunAsync("webhook", "list")).Lines.Single(line => line.StartsWith(id, StringComparison.Ordinal)), StringComparison.Ordinal);

        await machine.RunAsync("webhook", "enable", id);
        await ThroughAsync(id);

        Assert.Equal(4, receiver.Received.Count);
        Assert.Equal(3, receiver.Taken.Select(request => request.Id).Distinct().Count());
        await machine.RunAsync("webhook", "remove", id);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:{0}/")]
    [InlineData("", "https://127.0.0.1:{0}/")]
    [InlineData("", "https://localhost:{0}/")]
    [InlineData("", "https://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("10.0.0.0/8", "http://localhost:{0}/")]
    public async Task What_the_operator_does_not_allow_is_not_connected_to(string networks, string address)
    {
        await using var receiver = await Receiver.StartAsync();
        machine.Settings["DOCPIPELINE_WEBHOOK_NETWORKS"] = networks;
        var (id, _) = await AddAsync(string.Format(address, new Uri(receiver.Address).Port));
        await using var server = await StartAsync();
        await ChangeAsync(1);

        await Eventually.IsTrueAsync(() => machine.QueryAsync<bool>($"SELECT failures > 1 FROM docpipeline.webhook_endpoint WHERE id = '{id}'"), "it was tried");
        Assert.Contains("leads to no address that webhooks may go to", await machine.QueryAsync<string>($"SELECT last_problem FROM docpipeline.webhook_endpoint WHERE id = '{id}'"), StringComparison.Ordinal);
        Assert.Empty(receiver.Received);
        await machine.RunAsync("webhook", "remove", id);
    }

    /// <summary>Every third request succeeds; the others fail, each in another way.</summary>
    private static async Task Answer(int number, HttpContext context, string elsewhere)
    {
        switch (number % 3 == 2 ? -1 : number % 10)
        {
            case 0:
                context.Response.StatusCode = 500;
                break;
            case 1 or 6:
                context.Response.Redirect(elsewhere, permanent: false, preserveMethod: true);
                break;
            case 3:
                context.Abort();
                break;
            case 4:
                context.Response.StatusCode = 503;
                context.Response.Headers.RetryAfter = "0";
                break;
            case 7 when number < 30:
                // Longer than the limit; it may well have been taken, and comes again all the same.
                await Task.Delay(TimeSpan.FromSeconds(1.5));
                break;
            case 9:
                context.Response.StatusCode = 404;
                break;
            default:
                await context.Response.WriteAsync("taken");
                break;
        }
    }

    private async Task<ServerProgram> StartAsync()
    {
        var (program, page) = await machine.ServeAsync();
        page.Dispose();
        return program;
    }

    private async Task<(string Id, string Secret)> AddAsync(string url, params string[] types)
    {
        var added = await machine.RunAsync(["webhook", "add", url, .. types.Length == 0 ? [] : (string[])["--type", .. types]]);
        Assert.True(added.ExitCode == 0, added.Errors);
        var parts = added.Output.Trim().Split(' ');
        return (parts[0], parts[1]);
    }

    /// <summary>New submissions that come to their end: two changes each.</summary>
    private async Task ChangeAsync(int submissions)
    {
        var first = Interlocked.Add(ref seeded, submissions) - submissions + 1;
        await SeededClaims.AddAsync(machine.Owner, first, first + submissions - 1, Cancelled);
    }

    private Task ThroughAsync(string id) => Eventually.IsTrueAsync(
        () => machine.QueryAsync<bool>($"SELECT e.position = (SELECT max(position) FROM docpipeline.outbox) AND NOT EXISTS (SELECT FROM docpipeline.outbox WHERE position IS NULL) FROM docpipeline.webhook_endpoint e WHERE id = '{id}'"),
        "everything is through",
        TimeSpan.FromSeconds(120));

    private Task<IReadOnlyList<string>> ChangesSinceAsync(string id) => machine.ListAsync(
        $"SELECT c.id FROM docpipeline.changes_v1 c JOIN docpipeline.webhook_endpoint e ON c.position > e.start_position WHERE e.id = '{id}' ORDER BY c.position");
}
