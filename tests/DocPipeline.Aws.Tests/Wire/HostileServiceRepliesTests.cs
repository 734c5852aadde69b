using System.Text;
using DocPipeline.Aws.Bedrock;
using DocPipeline.Aws.Comprehend;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Wire;

/// <summary>As for Textract: replies of the other services with something wrong in them are read, or refused.</summary>
public sealed class HostileServiceRepliesTests
{
    [Fact]
    public void Of_Comprehend() => AssertReadOrRefused(Calls.ReplyOf("comprehend"), reply =>
        ComprehendClient.Place(Calls.Text, ReplyJson.Read(ComprehendClient.Provider, reply, json => ComprehendReplies.Entities(json, named: true))));

    [Fact]
    public void Of_Comprehend_in_a_batch() => AssertReadOrRefused(
        """{"ResultList":[{"Index":0,"Entities":[{"Score":0.9,"Type":"PERSON","Text":"Doe","BeginOffset":0,"EndOffset":3}]}],"ErrorList":[{"Index":1,"ErrorCode":"INTERNAL"}]}""",
        reply => ReplyJson.Read(ComprehendClient.Provider, reply, json => ComprehendReplies.Batch(json, count: 2)));

    [Fact]
    public void Of_Bedrock() => AssertReadOrRefused(Calls.ReplyOf("bedrock"), reply => ConverseReply.Read("bedrock", "model", reply).AnswerOf(AnswerForm.JsonSchema));

    private static void AssertReadOrRefused(string reply, Action<byte[]> read)
    {
        for (var seed = 0; seed < 1_500; seed++)
        {
            var mutated = ReplyMutations.Of(Encoding.UTF8.GetBytes(reply), seed);
            var failure = Record.Exception(() => read(mutated));
            Assert.True(failure is null or ProviderRefusal, $"seed {seed}: {failure}");
        }
    }
}
