using DocPipeline.Aws.Bedrock;
using DocPipeline.Aws.Comprehend;
using DocPipeline.Aws.Tests.Textract;
using DocPipeline.Aws.Textract;
using DocPipeline.Aws.Wire;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Tests.Wire;

/// <summary>One call of each service, with a reply that is good for it.</summary>
internal static class Calls
{
    public static readonly PageText Text = PageText.Of([new Page(1, 612, 792, "test", [new Word("Doe", new Box(0, 0, 0.1, 0.1), 1), new Word("paid", new Box(0.2, 0, 0.3, 0.1), 1)])], 1000).Single();

    public static readonly ModelQuestion Question = new("Choose.", "Total 12.50", """{"type":"object","properties":{"total":{"type":"string"}},"required":["total"]}""", Picture: default, MaxOutputTokens: 100);

    private static readonly Dictionary<string, (string Reply, Func<AwsAccess, CancellationToken, Task> Call)> All = new(StringComparer.Ordinal)
    {
        ["textract"] = (SmallReplies.Page, (access, cancellation) => new TextractClient(access, new()).ReadPageAsync(StubAccess.Picture, cancellation)),
        ["comprehend"] = ("""{"Entities":[{"Score":0.9,"Type":"PERSON","Text":"Doe","BeginOffset":0,"EndOffset":3}]}""", (access, cancellation) => new ComprehendClient(access, new()).DetectEntitiesAsync(Text, cancellation)),
        ["bedrock"] = (Answer("""{"total":"12.50"}"""), (access, cancellation) => new BedrockModel(access, new("us.example-model-v1:0")).AskAsync(Question, cancellation)),
        ["bedrock with a key"] = (Answer("""{"total":"12.50"}"""), (access, cancellation) => new BedrockModel(access, new("us.example-model-v1:0") { ApiKey = new Secret("bedrock-api-key-FAKE") }).AskAsync(Question, cancellation)),
    };

    public static IEnumerable<string> Services => All.Keys;

    public static string ReplyOf(string service) => All[service].Reply;

    public static Task RunAsync(string service, AwsAccess access, CancellationToken cancellationToken) => All[service].Call(access, cancellationToken);

    /// <summary>What Converse answers.</summary>
    public static string Answer(string text, string stop = "end_turn") =>
        $$$"""{"output":{"message":{"role":"assistant","content":[{"text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}} }]}},"stopReason":"{{{stop}}}","usage":{"inputTokens":11,"outputTokens":7,"totalTokens":18},"metrics":{"latencyMs":1}}""";
}
