using System.Text;
using DocPipeline.Azure.Events;
using DocPipeline.Ingest;
using DocPipeline.Testing;
using DocPipeline.Testing.Stores;

namespace DocPipeline.Azure.Tests.Events;

public sealed class EventGridEventsTests
{
    private static readonly EventGridEvents Events = new(Azurite.Account);

    [Fact]
    public void The_same_blob_is_read_from_both_schemas_alone_and_in_a_batch()
    {
        string[] messages = [Messages.EventGrid("claims", "in/a b+ü.pdf", "0x8D1"), Messages.CloudEvent("claims", "in/a b+ü.pdf", "\"0x8D1\""), Messages.CloudEvent("claims", "in/a b+ü.pdf", "0x8D1", "specVersion")];

        var alone = messages.Select(message => Assert.Single(Events.Read(Encoding.UTF8.GetBytes(message)).Delivery.Created));
        var together = Events.Read(Messages.Batch(messages)).Delivery.Created;

        Assert.All(alone.Concat(together), created => Assert.Equal(new ObjectEvent("blob:claims", "in/a b+ü.pdf", "0x8D1"), created));
        Assert.Equal(3, together.Count);
    }

    [Fact]
    public void What_is_no_finished_new_blob_is_ignored_and_said()
    {
        var delivery = Events.Read(Messages.Batch(
            Messages.EventGrid("claims", "a", "", "Microsoft.Storage.BlobDeleted"), Messages.EventGrid("claims", "b", "0x1", api: "CreateFile"))).Delivery;

        Assert.Empty(delivery.Created);
        Assert.Empty(delivery.Mistakes);
        Assert.Equal(["'a' in claims: Microsoft.Storage.BlobDeleted.", "'b' in claims is not written yet."], delivery.Ignored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[7]")]
    [InlineData("{}")]
    [InlineData("{\"eventType\":\"Microsoft.Storage.BlobCreated\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"type\":\"Microsoft.Storage.BlobCreated\",\"data\":{},\"subject\":\"/somewhere\",\"source\":\"/\"}")]
    [InlineData("{\"eventType\":\"somebody.else\",\"data\":{},\"subject\":\"\\ud800\"}")]
    public void What_makes_no_sense_is_named_and_throws_nothing(string message)
    {
        var delivery = Events.Read(Encoding.UTF8.GetBytes(message)).Delivery;

        Assert.Empty(delivery.Created);
        Assert.Single(delivery.Mistakes);
    }

    [Fact]
    public void A_container_of_the_same_name_in_another_account_is_not_ours()
    {
        var delivery = Events.Read(Messages.Batch(Messages.EventGrid("claims", "a", "0x1", account: "somebodyelse"), Messages.EventGrid("claims", "b", "0x1"))).Delivery;

        Assert.Equal("b", Assert.Single(delivery.Created).Key);
        Assert.Equal("event 0: It comes from another storage account.", Assert.Single(delivery.Mistakes));
    }

    [Fact]
    public void More_events_and_more_bytes_than_the_limit_are_refused()
    {
        var many = Events.Read(Messages.Batch([.. Enumerable.Range(0, Delivery.MostEvents + 1).Select(i => Messages.EventGrid("c", $"{i}", "0x1"))])).Delivery;
        var large = Events.Read(new byte[Delivery.MostBytes + 1]).Delivery;
        var deep = Events.Read(Encoding.UTF8.GetBytes(new string('[', 100_000))).Delivery;

        Assert.Equal(Delivery.MostEvents, many.Created.Count);
        Assert.All([many, large, deep], delivery => Assert.Single(delivery.Mistakes));
    }

    [Fact]
    public void The_question_whether_events_are_wanted_gives_its_code()
    {
        var request = Events.Read("""[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6","validationUrl":"https://example.org"}}]"""u8.ToArray());

        Assert.Equal("512d38b6", request.ValidationCode);
        Assert.Empty(request.Delivery.Mistakes);
    }

    [Fact]
    public void Every_recorded_message_is_understood()
    {
        var folder = Recordings.Folder("eventgrid");
        var events = new EventGridEvents("jolovstorage");
        string[] created = [.. Directory.EnumerateFiles(folder, "blob-created.*")];

        Assert.Equal(2, created.Length);
        Assert.All(created, file => Assert.Equal(new ObjectEvent("blob:gaocontainer", "Template1.xlsx", "0x8D96060BDA19D9D"), Assert.Single(events.Read(File.ReadAllBytes(file)).Delivery.Created)));
        using var documented = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "subscription-validation.documented.json")));
        var question = documented.RootElement.GetProperty("event-grid-schema").GetProperty("request_body").GetRawText();
        Assert.Equal("512d38b6-c7b8-40c8-89fe-f46f9e9622b6", events.Read(Encoding.UTF8.GetBytes(question)).ValidationCode);
    }
}
