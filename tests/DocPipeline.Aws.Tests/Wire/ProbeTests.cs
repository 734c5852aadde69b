using DocPipeline.Aws.Bedrock;
using DocPipeline.Aws.Comprehend;
using DocPipeline.Aws.Textract;
using DocPipeline.Aws.Wire;
using DocPipeline.Providers;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Wire;

public sealed class ProbeTests
{
    private static readonly Dictionary<string, (Func<AwsAccess, IProbedProvider> Provider, StubReply Works)> Providers = new(StringComparer.Ordinal)
    {
        ["textract"] = (access => new TextractClient(access, new()), StubReply.Json("""{"__type":"UnsupportedDocumentException"}""", 400)),
        ["comprehend"] = (access => new ComprehendClient(access, new()), StubReply.Json("""{"Entities":[]}""")),
        ["bedrock"] = (access => new BedrockModel(access, new("model")), StubReply.Json(Calls.Answer("ok", stop: "max_tokens"))),
    };

    public static TheoryData<string> Names => [.. Providers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_provider_that_answers_works(string name)
    {
        await using var stub = new StubService().Answers(Providers[name].Works);
        var probe = await ProbeAsync(name, stub);
        Assert.True(probe.Works, probe.Message);
        Assert.Null(probe.Refusal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Missing_permission_is_told_with_the_operation_to_allow(string name)
    {
        await using var stub = new StubService().Answers(StubReply.Json("""{"__type":"AccessDeniedException"}""", 400));
        var probe = await ProbeAsync(name, stub);
        Assert.Equal((false, RefusalKind.NotAllowed), (probe.Works, probe.Refusal));
        Assert.Contains($"Allow {name}:", probe.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_provider_that_is_down_is_told_from_one_that_refuses(string name)
    {
        await using var stub = new StubService().Answers(StubReply.Empty(503));
        var probe = await ProbeAsync(name, stub);
        Assert.Equal((false, null), (probe.Works, probe.Refusal));
        Assert.Contains("Try again", probe.Message, StringComparison.Ordinal);
    }

    private static Task<ProviderProbe> ProbeAsync(string name, StubService stub) => Providers[name].Provider(StubAccess.To(stub)).ProbeAsync(TestContext.Current.CancellationToken);
}
