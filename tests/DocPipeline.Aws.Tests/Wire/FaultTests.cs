using System.Text;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Tests.Wire;

/// <summary>What goes wrong on the way to a service, and back: the right class of failure, one request, nothing of the reply in a message.</summary>
public sealed class FaultTests
{
    private const string Marker = "John Doe 123-45-6789";

    public static TheoryData<string> Services => [.. Calls.Services];

    public static TheoryData<string, string> ServicesAndFaults => [.. Calls.Services.SelectMany(_ => Faults.Keys, (service, fault) => (service, fault))];

    // Null: it may work later.
    private static readonly Dictionary<string, (Func<string, StubReply> Reply, RefusalKind? Kind)> Faults = new(StringComparer.Ordinal)
    {
        ["throttled, as Textract says it"] = (_ => Error(400, "ThrottlingException"), null),
        ["throttled, by a prefix"] = (_ => Error(400, "com.amazonaws.textract#ProvisionedThroughputExceededException"), null),
        ["throttled, as Comprehend says it"] = (_ => Error(400, "TooManyRequestsException"), null),
        ["throttled, as Bedrock says it"] = (_ => StubReply.Json($$"""{"message":"{{Marker}}"}""", 429).With("x-amzn-ErrorType", "ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/"), null),
        ["500"] = (_ => StubReply.Empty(500), null),
        ["503 of a load balancer"] = (_ => new(503, Encoding.UTF8.GetBytes($"<html>{Marker}</html>")), null),
        ["times out"] = (_ => StubReply.Empty(200).Delivered(Delivery.Never), null),
        ["drips"] = (reply => StubReply.Json(reply).Delivered(Delivery.Drip), null),
        ["cut off"] = (reply => StubReply.Json(reply).Delivered(Delivery.Cut), null),
        ["cut JSON in a whole reply"] = (reply => StubReply.Json(reply[..(reply.Length / 2)]), RefusalKind.BadReply),
        ["no JSON"] = (_ => StubReply.Json($"<html>{Marker}</html>"), RefusalKind.BadReply),
        ["another schema"] = (_ => StubReply.Json($$"""{"result":["{{Marker}}"]}"""), RefusalKind.BadReply),
        ["a list"] = (_ => StubReply.Json("[]"), RefusalKind.BadReply),
        ["a member twice"] = (_ => StubReply.Json("""{"DocumentMetadata":{"Pages":1},"DocumentMetadata":{"Pages":1},"Entities":[],"Entities":[],"output":{},"output":{}}"""), RefusalKind.BadReply),
        ["empty"] = (_ => StubReply.Json(""), RefusalKind.BadReply),
        ["10 MB"] = (_ => StubReply.Json(new byte[10_000_000]), RefusalKind.BadReply),
        ["endless"] = (_ => new StubReply(200, new byte[4096]).Delivered(Delivery.Endless), RefusalKind.BadReply),
        ["expired credentials"] = (_ => Error(400, "ExpiredTokenException"), RefusalKind.NotAllowed),
        ["access denied"] = (_ => Error(400, "AccessDeniedException"), RefusalKind.NotAllowed),
        ["403 without a code"] = (_ => StubReply.Empty(403), RefusalKind.NotAllowed),
        ["unknown key"] = (_ => Error(400, "UnrecognizedClientException"), RefusalKind.NotAllowed),
        ["unsupported document"] = (_ => Error(400, "UnsupportedDocumentException"), RefusalKind.Unsupported),
        ["too large"] = (_ => StubReply.Empty(413), RefusalKind.Unsupported),
        ["quota"] = (_ => Error(400, "ServiceQuotaExceededException"), RefusalKind.QuotaExhausted),
        ["wrong parameter"] = (_ => Error(400, "InvalidParameterException"), RefusalKind.Misconfigured),
        ["unknown model"] = (_ => StubReply.Json($$"""{"message":"{{Marker}}"}""", 404).With("x-amzn-ErrorType", "ResourceNotFoundException"), RefusalKind.Misconfigured),
        ["a code that is none"] = (_ => Error(400, $"<script>{Marker}"), RefusalKind.Misconfigured),
        ["redirect"] = (_ => StubReply.Empty(307).With("Location", "http://127.0.0.1:1/elsewhere"), RefusalKind.Misconfigured),
    };

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Without_a_fault_it_works(string service)
    {
        await using var stub = new StubService().Answers(StubReply.Json(Calls.ReplyOf(service)));
        await Calls.RunAsync(service, StubAccess.To(stub), TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(ServicesAndFaults))]
    public async Task A_fault_is_of_its_class_after_one_request(string service, string fault)
    {
        var (reply, kind) = Faults[fault];
        await using var stub = new StubService().Answers(reply(Calls.ReplyOf(service)));

        var access = StubAccess.To(stub, StubAccess.Token);
        access = fault is "times out" or "drips" ? access with { Limits = access.Limits with { Deadline = TimeSpan.FromSeconds(30) } } : access;
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Calls.RunAsync(service, access, TestContext.Current.CancellationToken));

        if (kind is null)
        {
            Assert.IsType<TransientFailure>(failure);
        }
        else
        {
            Assert.Equal(kind, Assert.IsType<ProviderRefusal>(failure).Kind);
        }

        var said = failure.ToString();
        Assert.All([Marker, "John", StubAccess.SecretKey, StubAccess.Token, "bedrock-api-key-FAKE", "Doe paid", "Total 12.50", "<script>"], secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("99999999", 600)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    public async Task The_wait_that_a_service_asks_for_is_passed_on_and_bounded(string header, int? seconds)
    {
        await using var stub = new StubService().Answers(StubReply.Empty(503).With("Retry-After", header));
        var failure = await Assert.ThrowsAsync<TransientFailure>(() => Calls.RunAsync("textract", StubAccess.To(stub), TestContext.Current.CancellationToken));
        Assert.Equal(seconds, (int?)failure.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task What_the_caller_cancels_is_cancelled()
    {
        await using var stub = new StubService().Answers(StubReply.Empty(200).Delivered(Delivery.Never));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = Calls.RunAsync("textract", StubAccess.To(stub) with { Time = TimeProvider.System }, stop.Token);
        await Testing.Eventually.IsTrueAsync(() => Task.FromResult(stub.Requests.Count == 1), "the request is there");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_service_that_is_not_there_may_come_back()
    {
        var stub = new StubService();
        var access = StubAccess.To(stub);
        await stub.DisposeAsync();
        await Assert.ThrowsAsync<TransientFailure>(() => Calls.RunAsync("textract", access, TestContext.Current.CancellationToken));
    }

    /// <summary>How often the official SDK tried each error again tells which of them may work later.</summary>
    [Fact]
    public async Task Errors_are_tried_again_that_the_official_SDK_tries_again()
    {
        foreach (var measured in Recordings.Json("errors", "aws-sdk-js-retry-behaviour.json").AsArray())
        {
            var (service, type, status) = ((string)measured!["service"]!, (string)measured["type"]!, (int)measured["status"]!);
            // Of these two the recordings' notes say that one should try again oneself.
            var mayWork = (int)measured["attempts"]! > 1 || type is "ModelTimeoutException" or "ModelErrorException";
            await using var stub = new StubService().Answers(service == "bedrock" ? StubReply.Json("""{"message":"m"}""", status).With("x-amzn-ErrorType", type) : Error(status, type));
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => Calls.RunAsync(service, StubAccess.To(stub), TestContext.Current.CancellationToken));
            Assert.True(failure is TransientFailure == mayWork, $"{service} {type}: {failure.GetType().Name}");
        }
    }

    private static StubReply Error(int status, string type) => StubReply.Json($$"""{"__type":"{{type}}","Message":"{{Marker}}"}""", status);
}
