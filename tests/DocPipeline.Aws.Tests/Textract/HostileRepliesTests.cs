using System.Text;
using DocPipeline.Aws.Tests.Wire;
using DocPipeline.Aws.Textract;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Textract;

/// <summary>A reply is as hostile as a document: whatever is in it is read, or refused.</summary>
public sealed class HostileRepliesTests
{
    private static readonly TextractOptions Analysis = new() { Operation = TextractOperation.AnalyzeDocument };

    // Those that are small: a mutation is found in each of them, and a thousand are quick.
    private static readonly Dictionary<string, TextractOptions> Recorded = new(StringComparer.Ordinal)
    {
        ["analyze-document.queries.json"] = Analysis,
        ["analyze-document.forms-tables.employment.js-sdk.json"] = Analysis,
        ["analyze-expense.receipt.json"] = new() { Operation = TextractOperation.AnalyzeExpense },
        ["analyze-id.with-ocr.json"] = new() { Operation = TextractOperation.AnalyzeID },
    };

    public static TheoryData<string> Files => [.. Recorded.Keys];

    [Fact]
    public void A_small_reply_with_something_wrong_is_read_or_refused() => AssertReadOrRefused(Encoding.UTF8.GetBytes(SmallReplies.Page), Analysis, count: 1_500);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_recorded_reply_with_something_wrong_is_read_or_refused(string file) => AssertReadOrRefused(Recordings.Bytes("textract", file), Recorded[file], count: 40);

    [Theory]
    [InlineData("KEY_VALUE_SET")] // a key that is its own value's child
    [InlineData("CELL")]
    public void Blocks_that_lead_in_a_circle_are_refused(string type)
    {
        var place = "\"Geometry\":{\"BoundingBox\":{\"Left\":0,\"Top\":0,\"Width\":1,\"Height\":1}}";
        var blocks = $$"""
            {"DocumentMetadata":{"Pages":1},"Blocks":[{"BlockType":"PAGE","Id":"p",{{place}}},
             {"BlockType":"TABLE","Id":"t",{{place}},"Relationships":[{"Type":"CHILD","Ids":["a"]}]},
             {"BlockType":"{{type}}","Id":"a","RowIndex":1,"ColumnIndex":1,"RowSpan":1,"ColumnSpan":1,"EntityTypes":["KEY"],{{place}},"Relationships":[{"Type":"CHILD","Ids":["a"]},{"Type":"VALUE","Ids":["a"]}]}]}
            """;
        Assert.Equal(RefusalKind.BadReply, Assert.Throws<ProviderRefusal>(() => Read(Encoding.UTF8.GetBytes(blocks), Analysis)).Kind);
    }

    [Fact]
    public void A_long_word_in_a_hundred_thousand_cells_is_refused_before_it_fills_the_memory()
    {
        var place = "\"Geometry\":{\"BoundingBox\":{\"Left\":0,\"Top\":0,\"Width\":1,\"Height\":1}}";
        var reply = new StringBuilder($$"""{"DocumentMetadata":{"Pages":1},"Blocks":[{"BlockType":"PAGE","Id":"p",{{place}}},{"BlockType":"WORD","Id":"w","Confidence":99,"Text":"{{new string('x', 1_000_000)}}",{{place}}}""");
        for (var i = 0; i < 1_000; i++)
        {
            reply.Append($$""",{"BlockType":"LAYOUT_TEXT","Id":"{{i}}",{{place}},"Relationships":[{"Type":"CHILD","Ids":["w"]}]}""");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(RefusalKind.BadReply, Assert.Throws<ProviderRefusal>(() => Read(Encoding.UTF8.GetBytes(reply.Append("]}").ToString()), Analysis)).Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000); // the thousand texts would be two billion
    }

    [Theory]
    [InlineData("""{"DocumentMetadata":{"Pages":1},"Blocks":[]}""")] // no page block: not a blank page
    [InlineData("""{"DocumentMetadata":{"Pages":2},"Blocks":[]}""")]
    [InlineData("""{"DocumentMetadata":{"Pages":0},"Blocks":[]}""")]
    [InlineData("""{"DocumentMetadata":{"Pages":1}}""")]
    [InlineData("""{"DocumentMetadata":{"Pages":1},"Blocks":null}""")]
    public void What_says_nothing_of_the_page_is_not_a_blank_page(string reply) =>
        Assert.Equal(RefusalKind.BadReply, Assert.Throws<ProviderRefusal>(() => Read(Encoding.UTF8.GetBytes(reply), new())).Kind);

    [Fact]
    public void A_page_with_nothing_on_it_is_a_blank_page() =>
        Assert.Empty(Read("""{"DocumentMetadata":{"Pages":1},"Blocks":[{"BlockType":"PAGE","Id":"p"}]}"""u8.ToArray(), new()).Page.Words);

    private static void AssertReadOrRefused(byte[] reply, TextractOptions options, int count)
    {
        var read = 0;
        for (var seed = 0; seed < count; seed++)
        {
            try
            {
                var page = Read(ReplyMutations.Of(reply, seed), options);
                Assert.All(page.Page.Words, word => Assert.True(word is { Text.Length: > 0, Confidence: >= 0 and <= 1, Box: { X0: >= 0, Y0: >= 0, X1: <= 1, Y1: <= 1 } } && !word.Text.Any(char.IsWhiteSpace), $"seed {seed}"));
                read++;
            }
            catch (ProviderRefusal refusal)
            {
                Assert.True(refusal.Kind == RefusalKind.BadReply, $"seed {seed}: {refusal.Kind}");
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
        }

        Assert.InRange(read, 1, count - 1); // some do no harm, some do: the mutations are neither all deadly nor all without effect
    }

    private static PageLayout Read(byte[] reply, TextractOptions options) => new TextractClient(new("us-east-1"), options).ReadPage(reply, StubAccess.Picture).Layout;
}
