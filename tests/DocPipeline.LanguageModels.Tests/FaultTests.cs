using DocPipeline.Providers;
using DocPipeline.Testing.Wire;
using DocPipeline.Workflow;

namespace DocPipeline.LanguageModels.Tests;

/// <summary>Whatever a service does: the right class of failure, one request and no more, and never an invented answer.</summary>
public sealed class FaultTests
{
    private const string Good = """{"total":12.5}""";

    public static TheoryData<string> Providers => ["anthropic", "openai"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_good_reply_carries_its_text_and_its_tokens_each_counted_once(string provider)
    {
        var (reply, failure, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Reply(provider, Good));

        Assert.True(reply is not null, failure?.ToString());
        Assert.Equal(Good, reply.Json);
        Assert.Equal((90, 40, 7), ((int)reply.Usage.Units[ProviderUnits.InputToken], (int)reply.Usage.Units[ProviderUnits.CachedInputToken], (int)reply.Usage.Units[ProviderUnits.OutputToken]));
        Assert.Equal((provider, "a-model"), (reply.Usage.Provider, reply.Usage.Model));
    }

    [Theory]
    [CombinedData(429, 408, 409, 500, 502, 503, 504, 529)]
    public async Task Throttled_overloaded_and_broken_may_work_later(string provider, int status)
    {
        var (_, failure, requests) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(status, "rate_limit_exceeded") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } });

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<TransientFailure>(failure).RetryAfter);
        Assert.Single(requests);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_wait_in_milliseconds_counts_and_no_wait_is_longer_than_an_hour(string provider)
    {
        var (_, quick, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(429, null) with { Headers = new Dictionary<string, string> { ["retry-after-ms"] = "250", ["Retry-After"] = "9" } });
        var (_, slow, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(429, null) with { Headers = new Dictionary<string, string> { ["Retry-After"] = "999999" } });

        Assert.Equal(TimeSpan.FromMilliseconds(250), Assert.IsType<TransientFailure>(quick).RetryAfter);
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<TransientFailure>(slow).RetryAfter);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_services_own_word_wins_over_the_status(string provider)
    {
        var (_, never, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(503, "down") with { Headers = new Dictionary<string, string> { ["x-should-retry"] = "false" } });
        var (_, later, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(400, "odd") with { Headers = new Dictionary<string, string> { ["x-should-retry"] = "true" } });

        Assert.IsType<ProviderRefusal>(never);
        Assert.IsType<TransientFailure>(later);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Money_that_is_used_up_does_not_come_back_by_waiting(string provider)
    {
        var (_, code, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(429, "insufficient_quota"));
        var (_, type, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), new ScriptedReply(429, """{"error":{"message":"x","type":"insufficient_quota","code":429}}"""));
        var (_, paid, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(402, "billing_error"));

        Assert.All([code, type, paid], failure => Assert.Equal(RefusalKind.QuotaExhausted, Assert.IsType<ProviderRefusal>(failure).Kind));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Credentials_addresses_and_sizes_are_refusals_of_their_own_kind(string provider)
    {
        foreach (var (status, kind) in new[] { (401, RefusalKind.NotAllowed), (403, RefusalKind.NotAllowed), (404, RefusalKind.Misconfigured), (400, RefusalKind.Misconfigured), (413, RefusalKind.Unsupported), (302, RefusalKind.Misconfigured) })
        {
            var (_, failure, requests) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Error(status, "some_code") with { Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:9/" } });

            Assert.Equal((status, kind), (status, Assert.IsType<ProviderRefusal>(failure).Kind));
            Assert.Single(requests);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Messages_hold_neither_the_key_nor_what_the_service_repeats_of_a_document(string provider)
    {
        var (_, failure, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), new ScriptedReply(400, """{"error":{"message":"bad: Extract. a-key","type":"bad: Extract. a-key"}}"""));

        Assert.DoesNotContain("Extract.", failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-key", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Silence_and_a_slow_drip_end_at_the_deadline(string provider)
    {
        static ModelSettings Impatient(ModelSettings settings) => settings with { Deadline = TimeSpan.FromMilliseconds(300) };

        var (_, silent, _) = await Ask.OnceAsync(provider, Impatient, Ask.Question(), new ScriptedReply(200, "") { FallsSilent = true });
        var (_, dripping, _) = await Ask.OnceAsync(provider, Impatient, Ask.Question(), Reply(provider, Good) with { Drip = TimeSpan.FromMilliseconds(20) });

        Assert.IsType<TransientFailure>(silent);
        Assert.IsType<TransientFailure>(dripping);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Who_stops_asking_gets_no_failure_of_the_service(string provider)
    {
        await using var server = new ScriptedServer(_ => new ScriptedReply(200, "") { FallsSilent = true });
        var model = Ask.Model(Ask.Settings(provider, server));
        using var stop = new CancellationTokenSource();

        var asking = model.AskAsync(Ask.Question(), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_connection_that_breaks_may_work_later(string provider)
    {
        var (_, cut, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), Reply(provider, Good) with { CutAfter = 60 });
        var (_, nobody, _) = await Ask.OnceAsync(provider, settings => settings with { Endpoint = new Uri("http://127.0.0.1:1/") }, Ask.Question());

        Assert.IsType<TransientFailure>(cut);
        Assert.IsType<TransientFailure>(nobody);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_is_no_answer_is_refused_as_a_bad_reply(string provider)
    {
        ScriptedReply[] replies =
        [
            new(200, ""), new(200, "{"), new(200, "[]"), new(200, "null"), new(200, "{}"), new(200, """{"choices":[],"content":[]}"""), new(200, "<html>Sorry</html>"), new(204, ""),
            Reply(provider, ""), Reply(provider, "Certainly! The total is 12.50."), Reply(provider, "{\"total\":"), Reply(provider, """{"total":"12.50"}"""), Reply(provider, """{"sum":12.5}"""),
            Reply(provider, """{"total":1,"approved":true}"""), Reply(provider, new string('[', 5000)), new(200, Ask.Reply(provider, "{\"total\":1", provider == "anthropic" ? "max_tokens" : "length")),
            new(200, Ask.Reply(provider, Good, "a_reason_of_tomorrow")), new(200, Ask.Reply(provider, Good + new string(' ', 10_000_000))),
        ];
        foreach (var reply in replies)
        {
            var (answer, failure, requests) = await Ask.OnceAsync(provider, same => same, Ask.Question(), reply);

            Assert.Null(answer);
            Assert.True(failure is ProviderRefusal { Kind: RefusalKind.BadReply }, $"{reply.Body[..Math.Min(200, reply.Body.Length)]}: {failure}");
            Assert.Single(requests);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_model_that_declines_is_told_apart_from_one_that_fails(string provider)
    {
        var declined = provider == "anthropic"
            ? Ask.Reply(provider, "", "refusal")
            : Ask.Reply(provider, "").Replace("\"refusal\":null", "\"refusal\":\"I cannot help with that.\"", StringComparison.Ordinal);
        var (_, failure, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), new ScriptedReply(200, declined));

        Assert.Equal(RefusalKind.Declined, Assert.IsType<ProviderRefusal>(failure).Kind);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_answer_that_cannot_be_used_is_paid_all_the_same(string provider)
    {
        foreach (var reply in new[] { Reply(provider, "no"), new(200, Ask.Reply(provider, Good, provider == "anthropic" ? "max_tokens" : "length")) })
        {
            var (_, failure, _) = await Ask.OnceAsync(provider, same => same, Ask.Question(), reply);

            Assert.Equal(7, Assert.IsType<ProviderRefusal>(failure).Usage?.Units[ProviderUnits.OutputToken]);
        }
    }

    [Fact]
    public async Task Without_schemas_a_wrong_answer_is_sent_back_once_and_both_rounds_are_counted()
    {
        static ModelSettings JsonMode(ModelSettings settings) => settings with { KnowsSchemas = false };

        var (reply, failure, requests) = await Ask.OnceAsync("openai", JsonMode, Ask.Question(), Reply("openai", """{"sum":1}"""), Reply("openai", Good));
        var (_, stubborn, twice) = await Ask.OnceAsync("openai", JsonMode, Ask.Question(), Reply("openai", "no"), Reply("openai", "no"));

        Assert.True(reply is not null, failure?.ToString());
        Assert.Equal(Good, reply.Json);
        Assert.Equal(14, reply.Usage.Units[ProviderUnits.OutputToken]);
        Assert.Equal(2, requests.Count);
        Assert.Contains("json_object", requests[0].Body, StringComparison.Ordinal);
        Assert.Contains("$.total is missing", requests[1].Body, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.BadReply, Assert.IsType<ProviderRefusal>(stubborn).Kind);
        Assert.Equal(2, twice.Count);
    }

    [Fact]
    public void Settings_never_print_their_key() => Assert.DoesNotContain("secret", new ModelSettings("openai", "m", null, "secret").ToString(), StringComparison.Ordinal);

    private static ScriptedReply Reply(string provider, string text) => new(200, Ask.Reply(provider, text));

    private static ScriptedReply Error(int status, string? code) => new(status, code is null ? "oops" : $$$"""{"type":"error","error":{"message":"x","type":"{{{code}}}","code":"{{{code}}}"}}""");
}
