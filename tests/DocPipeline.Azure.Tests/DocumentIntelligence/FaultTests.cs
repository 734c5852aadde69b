using System.Text;
using DocPipeline.Azure.DocumentIntelligence;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;
using DocPipeline.Workflow;

namespace DocPipeline.Azure.Tests.DocumentIntelligence;

/// <summary>What goes wrong on the way to the resource, and back: the right class of failure, a bounded number of requests, nothing of the reply in a message.</summary>
public sealed class FaultTests
{
    private const string Marker = "John Doe 123-45-6789";

    // Null: it may work later.
    private static readonly Dictionary<string, (StubReply Reply, RefusalKind? Kind)> Faults = new(StringComparer.Ordinal)
    {
        ["throttled"] = (Error(429, "429").With("Retry-After", "1"), null),
        ["500"] = (StubReply.Empty(500), null),
        ["503 of a gateway"] = (new(503, Encoding.UTF8.GetBytes($"<html>{Marker}</html>")), null),
        ["times out"] = (StubReply.Empty(200).Delivered(Delivery.Never), null),
        ["drips"] = (StubReply.Json(StubResource.Result).Delivered(Delivery.Drip), null),
        ["cut off"] = (StubReply.Json(StubResource.Result).Delivered(Delivery.Cut), null),
        ["10 MB"] = (StubReply.Json(new byte[10_000_000]), RefusalKind.BadReply),
        ["endless"] = (new StubReply(200, new byte[4096]).Delivered(Delivery.Endless), RefusalKind.BadReply),
        ["wrong key"] = (Error(401, "401"), RefusalKind.NotAllowed),
        ["firewall"] = (Error(403, "403"), RefusalKind.NotAllowed),
        ["quota"] = (Error(403, "OutOfCallVolumeQuota"), RefusalKind.QuotaExhausted),
        ["unknown model"] = (Error(404, "ModelNotFound"), RefusalKind.Misconfigured),
        ["too large"] = (Error(413, "RequestEntityTooLarge"), RefusalKind.Unsupported),
        ["unsupported document"] = (StubReply.Json($$$$"""{"error":{"code":"InvalidRequest","message":"{{{{Marker}}}}","innererror":{"code":"InvalidContent","message":"{{{{Marker}}}}"}}}""", 400), RefusalKind.Unsupported),
        ["a code that is none"] = (Error(400, $"<script>{Marker}"), RefusalKind.Misconfigured),
        ["redirect"] = (StubReply.Empty(307).With("Location", "http://127.0.0.1:1/elsewhere"), RefusalKind.Misconfigured),
    };

    private static readonly Dictionary<string, (string Reply, RefusalKind? Kind)> Results = new(StringComparer.Ordinal)
    {
        ["failed for inner reasons, with HTTP 200"] = (Failed("InternalServerError"), null),
        ["failed for the document's, with HTTP 200"] = (Failed("InvalidContent"), RefusalKind.Unsupported),
        ["failed for no reason, with HTTP 200"] = ("""{"status":"failed"}""", RefusalKind.Misconfigured),
        ["given up"] = ("""{"status":"canceled"}""", RefusalKind.Declined),
        ["a status that nobody knows"] = ($$"""{"status":"{{Marker}}"}""", RefusalKind.BadReply),
        ["cut JSON in a whole reply"] = (StubResource.Result[..300], RefusalKind.BadReply),
        ["no JSON"] = ($"<html>{Marker}</html>", RefusalKind.BadReply),
        ["another schema"] = ($$$"""{"status":"succeeded","analyzeResult":{"modelId":"prebuilt-layout","pages":"{{{Marker}}}"}}""", RefusalKind.BadReply),
        ["empty"] = ("", RefusalKind.BadReply),
        ["no result"] = ("""{"status":"succeeded"}""", RefusalKind.BadReply),
        ["another model"] = (StubResource.Result.Replace("prebuilt-layout", "prebuilt-read", StringComparison.Ordinal), RefusalKind.BadReply),
        ["no pages"] = ("""{"status":"succeeded","analyzeResult":{"modelId":"prebuilt-layout","pages":[]}}""", RefusalKind.BadReply),
        ["another page"] = (StubResource.Result.Replace("\"pageNumber\":1,\"width\"", "\"pageNumber\":2,\"width\"", StringComparison.Ordinal), RefusalKind.BadReply),
        ["a page without an area"] = (StubResource.Result.Replace("\"width\":8.5", "\"width\":0", StringComparison.Ordinal), RefusalKind.BadReply),
        ["a word beside the page"] = (StubResource.Result.Replace("[3,1,4,1,4,1.2,3,1.2],\"conf", "[3,1,40,1,40,1.2,3,1.2],\"conf", StringComparison.Ordinal), RefusalKind.BadReply),
    };

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    public static TheoryData<string> ResultNames => [.. Results.Keys];

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task A_fault_at_the_start_is_of_its_class_after_one_request(string fault)
    {
        await using var stub = new StubService().Answers(Faults[fault].Reply);
        await AssertFailsAsync(stub, Faults[fault].Kind, requests: 1, isShort: fault is "times out" or "drips");
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task A_fault_while_a_result_is_asked_for_is_of_its_class(string fault)
    {
        await using var stub = new StubService();
        stub.Answers(StubResource.Started(stub)).Answers(Faults[fault].Reply);
        await AssertFailsAsync(stub, Faults[fault].Kind, requests: 2, isShort: fault is "times out" or "drips");
    }

    [Theory]
    [MemberData(nameof(ResultNames))]
    public async Task A_result_that_is_none_is_of_its_class(string result)
    {
        await using var stub = new StubService();
        stub.Answers(StubResource.Started(stub)).Answers(StubReply.Json(Results[result].Reply));
        stub.Otherwise = request => request.Method == "DELETE" ? StubReply.Empty(204) : StubReply.Empty(500);
        await AssertFailsAsync(stub, Results[result].Kind, requests: null, isShort: false);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/documentintelligence/documentModels/prebuilt-layout/analyzeResults/3b31320d-8bab-4f88-b19c-2322a7f11034")]
    [InlineData("https://attacker.example/documentintelligence/documentModels/prebuilt-layout/analyzeResults/3b31320d-8bab-4f88-b19c-2322a7f11034")]
    [InlineData("HERE/documentintelligence/documentModels/prebuilt-layout/analyzeResults/../../../secrets")]
    [InlineData("HERE/documentintelligence/documentModels/another/analyzeResults/3b31320d-8bab-4f88-b19c-2322a7f11034")]
    [InlineData("/relative")]
    [InlineData(null)]
    public async Task A_result_at_another_address_is_not_fetched(string? location)
    {
        await using var stub = new StubService();
        var started = StubReply.Empty(202);
        stub.Answers(location is null ? started : started.With("Operation-Location", location.Replace("HERE", stub.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)));
        await AssertFailsAsync(stub, RefusalKind.BadReply, requests: 1, isShort: false);
    }

    [Fact]
    public async Task An_operation_that_never_ends_is_asked_a_bounded_number_of_times()
    {
        await using var stub = new StubService { Otherwise = _ => StubReply.Json(StubResource.Running).With("Retry-After", "0") };
        stub.Answers(StubResource.Started(stub));
        var options = StubResource.At(stub);
        await Assert.ThrowsAsync<TransientFailure>(() => StubResource.ReadAsync(options with { Limits = options.Limits with { MaxPolls = 5 } }));
        Assert.Equal(6, stub.Requests.Count);
    }

    [Fact]
    public async Task An_operation_that_takes_too_long_is_left()
    {
        await using var stub = new StubService();
        stub.Otherwise = request => request.Method == "POST" ? StubResource.Started(stub) : StubReply.Json(StubResource.Running);
        var options = StubResource.At(stub);
        var failure = await Assert.ThrowsAsync<TransientFailure>(() => StubResource.ReadAsync(options with { Limits = options.Limits with { JobDeadline = TimeSpan.FromSeconds(20) } }));
        Assert.Contains("within 20 s", failure.Message, StringComparison.Ordinal);
        Assert.InRange(stub.Requests.Count, 0, 12);
    }

    [Fact]
    public async Task The_wait_that_the_service_asks_for_is_kept()
    {
        await using var stub = new StubService();
        stub.Answers(StubResource.Started(stub).With("Retry-After", "20")).Answers(StubReply.Json(StubResource.Result)).Answers(StubReply.Empty(204));
        var options = StubResource.At(stub);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await StubResource.ReadAsync(options with { Limits = options.Limits with { PollInterval = TimeSpan.Zero } });
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(195), $"{clock.Elapsed}"); // a hundredth of it
    }

    [Fact]
    public async Task The_free_tier_which_reads_two_pages_of_five_is_refused()
    {
        var page = """{"pageNumber":NUMBER,"width":8.5,"height":11,"unit":"inch","words":[]}""";
        await using var stub = new StubService();
        stub.Answers(StubResource.Started(stub))
            .Answers(StubReply.Json($$$"""{"status":"succeeded","analyzeResult":{"modelId":"prebuilt-layout","pages":[{{{page.Replace("NUMBER", "1", StringComparison.Ordinal)}}},{{{page.Replace("NUMBER", "2", StringComparison.Ordinal)}}}]}}"""))
            .Answers(StubReply.Empty(204));
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => StubResource.Client(StubResource.At(stub)).ReadAsync("%PDF-1.4 fake"u8.ToArray(), [.. Enumerable.Repeat(new PageSize(612, 792), 5)], TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.BadReply, refusal.Kind);
        Assert.Contains("2 pages of 5 (the free tier", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Usage);
    }

    [Fact]
    public async Task What_was_read_counts_even_if_it_cannot_be_deleted()
    {
        await using var stub = new StubService();
        stub.Answers(StubResource.Started(stub)).Answers(StubReply.Json(StubResource.Result)).Answers(StubReply.Empty(500));
        var reading = await StubResource.ReadAsync(StubResource.At(stub));
        Assert.Equal(["Total", "12.50"], reading.Layout.Page.Words.Select(word => word.Text));
        Assert.Contains(reading.Layout.Pairs, pair => pair is { Label.Text: "Total", Value.Text: "12.50" });
    }

    [Fact]
    public async Task A_model_that_is_there_can_be_used_and_its_probe_costs_nothing()
    {
        await using var stub = new StubService().Answers(StubReply.Json("""{"modelId":"prebuilt-layout"}""")).Answers(Error(401, "401")).Answers(StubReply.Empty(503));
        var client = StubResource.Client(StubResource.At(stub));
        var probes = new List<ProviderProbe>();
        for (var i = 0; i < 3; i++)
        {
            probes.Add(await client.ProbeAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal([(true, null), (false, RefusalKind.NotAllowed), (false, null)], probes.Select(probe => (probe.Works, probe.Refusal)));
        Assert.All(stub.Requests, request => Assert.Equal(("GET", "/documentintelligence/documentModels/prebuilt-layout?api-version=2024-11-30"), (request.Method, request.Target)));
        Assert.All(probes, probe => Assert.DoesNotContain(StubResource.Key, probe.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_result_with_something_wrong_is_read_or_refused()
    {
        var client = StubResource.Client(new DocumentIntelligenceOptions(new Uri("https://fakeendpoint.cognitiveservices.azure.com")) { Key = new(StubResource.Key) });
        var read = 0;
        for (var seed = 0; seed < 1_500; seed++)
        {
            var mutated = ReplyMutations.Of(Encoding.UTF8.GetBytes(StubResource.Result), seed);
            var failure = Record.Exception(() => client.Read(mutated, [new(612, 792)]));
            Assert.True(failure is null or ProviderRefusal { Kind: RefusalKind.BadReply }, $"seed {seed}: {failure}");
            read += failure is null ? 1 : 0;
        }

        Assert.InRange(read, 1, 1_499);
    }

    [Theory]
    [InlineData("prebuilt-layout.2024-11-30.form.json", 2)]
    [InlineData("prebuilt-layout.2024-11-30.keyvaluepairs.json", 1)]
    public void A_recorded_result_with_something_wrong_is_read_or_refused(string file, int pages)
    {
        var recorded = Recordings.Bytes("azure-di", file);
        var client = StubResource.Client(new DocumentIntelligenceOptions(new Uri("https://fakeendpoint.cognitiveservices.azure.com")) { Key = new(StubResource.Key) });
        for (var seed = 0; seed < 25; seed++)
        {
            var mutated = ReplyMutations.Of(recorded, seed);
            var failure = Record.Exception(() => client.Read(mutated, [.. Enumerable.Repeat(new PageSize(612, 792), pages)]));
            Assert.True(failure is null or ProviderRefusal { Kind: RefusalKind.BadReply }, $"seed {seed}: {failure}");
        }
    }

    private static async Task AssertFailsAsync(StubService stub, RefusalKind? kind, int? requests, bool isShort)
    {
        var options = StubResource.At(stub);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StubResource.ReadAsync(isShort ? options with { Limits = options.Limits with { Deadline = TimeSpan.FromSeconds(30) } } : options));
        if (kind is null)
        {
            Assert.IsType<TransientFailure>(failure);
        }
        else
        {
            Assert.Equal(kind, Assert.IsType<ProviderRefusal>(failure).Kind);
        }

        Assert.All([Marker, "John", StubResource.Key, "<script>", "12.50"], secret => Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal));
        Assert.True(requests is null || stub.Requests.Count == requests, $"{stub.Requests.Count} requests");
    }

    private static string Failed(string code) => $$$"""{"status":"failed","error":{"code":"{{{code}}}","message":"{{{Marker}}}"}}""";

    private static StubReply Error(int status, string code) => StubReply.Json($$$"""{"error":{"code":"{{{code}}}","message":"{{{Marker}}}"}}""", status);
}
