using DocPipeline.Aws.Comprehend;
using DocPipeline.Aws.Tests.Wire;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Comprehend;

/// <summary>Comprehend as the pipeline asks it: a page a request, pairs around the words.</summary>
public sealed class ComprehendEngineTests
{
    private static readonly Page Page = new(3, 612, 792, PageSources.Tesseract,
    [
        new("Dr.", new(0.1, 0.1, 0.15, 0.12), 0.9), new("Jane", new(0.16, 0.1, 0.22, 0.12), 0.9), new("Doe", new(0.23, 0.1, 0.28, 0.12), 0.9), new("paid", new(0.1, 0.2, 0.16, 0.22), 0.9),
    ]);

    [Theory]
    [InlineData(ComprehendOperation.DetectEntities, """{"Entities":[{"Score":0.98,"Type":"PERSON","Text":"Jane Doe","BeginOffset":4,"EndOffset":12}]}""", "PERSON")]
    [InlineData(ComprehendOperation.DetectPiiEntities, """{"Entities":[{"Score":0.98,"Type":"NAME","BeginOffset":4,"EndOffset":12}]}""", "NAME")]
    public async Task An_entity_is_a_pair_with_its_kind_as_name_around_its_words(ComprehendOperation operation, string reply, string kind)
    {
        await using var stub = new StubService().Answers(StubReply.Json(reply));
        var engine = new ComprehendEngine(new ComprehendClient(StubAccess.To(stub), new()), operation);

        var reading = await engine.ReadAsync(Page, TestContext.Current.CancellationToken);

        var pair = Assert.Single(reading.Layout.Pairs);
        Assert.Equal((kind, "Jane Doe", new Box(0.16, 0.1, 0.28, 0.12)), (pair.Name, pair.Value.Text, pair.Value.Box));
        Assert.Equal((3, "comprehend"), (reading.Layout.Page.Number, reading.Layout.Page.Source));
        Assert.Equal(operation.ToString(), reading.Usage.Model);
        Assert.Equal(engine.ExpectedFor(Page).Units, reading.Usage.Units);
        Assert.Equal($"Comprehend_20171127.{operation}", Assert.Single(stub.Requests)["x-amz-target"]);
    }

    [Fact]
    public async Task A_page_that_one_request_cannot_hold_is_not_sent()
    {
        await using var stub = new StubService();
        var engine = new ComprehendEngine(new ComprehendClient(StubAccess.To(stub), new() { MaxTextBytes = 8 }), ComprehendOperation.DetectEntities);

        Assert.Equal(RefusalKind.Unsupported, (await Assert.ThrowsAsync<ProviderRefusal>(() => engine.ReadAsync(Page, TestContext.Current.CancellationToken))).Kind);
    }
}
