using System.Text;
using DocPipeline.Azure.Events;
using DocPipeline.Azure.Tests.Events;
using DocPipeline.Ingest;
using DocPipeline.Testing.Stores;

namespace DocPipeline.Azure.Tests.Buckets;

/// <summary>From a message, or a listing, to a submission: real store, real database.</summary>
[Collection(BlobTests.Name)]
public sealed class BlobIntakeTests(BlobStore store) : IAsyncLifetime
{
    private readonly string _name = $"c{Guid.NewGuid():N}";
    private IntakeMachine _machine = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _machine = await IntakeMachine.CreateAsync();
        await store.Server.CreateAsync(_name);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task The_same_blob_in_both_schemas_and_a_listing_at_once_is_one_submission()
    {
        var etag = await store.Server.PutAsync(_name, "in/claim.txt", "hello");
        var container = store.Container(_name);
        var door = new EventGridDoor(_machine.Door(container), container.Account);
        string[] messages = [Messages.EventGrid(_name, "in/claim.txt", etag), Messages.CloudEvent(_name, "in/claim.txt", etag), Messages.CloudEvent(_name, "in/claim.txt", etag, "specVersion")];

        var replies = await Task.WhenAll(messages.Select(message => door.AnswerAsync(Encoding.UTF8.GetBytes(message), Cancelled)));
        await _machine.Reconciler(container).ReconcileAsync(Cancelled);

        Assert.All(replies, reply => Assert.Equal(DeliveryVerdict.Taken, reply.Delivery.Verdict));
        Assert.Equal(["in/claim.txt processing"], await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task A_new_etag_over_the_same_bytes_is_no_second_submission()
    {
        await store.Server.PutAsync(_name, "a.txt", "hello");
        var container = store.Container(_name);
        Assert.Equal(1, await _machine.Reconciler(container).ReconcileAsync(Cancelled));

        await store.Server.DescribeAsync(_name, "a.txt", "scanned");

        Assert.Equal(1, await _machine.Reconciler(container).ReconcileAsync(Cancelled));
        Assert.Equal(0, await _machine.Reconciler(container).ReconcileAsync(Cancelled));
        Assert.Equal(["a.txt processing"], await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task What_was_overwritten_unread_is_on_record_and_what_stands_there_is_taken()
    {
        var first = await store.Server.PutAsync(_name, "a.txt", "first");
        await store.Server.PutAsync(_name, "a.txt", "second");
        var container = store.Container(_name);

        var reply = await TellAsync(container, Messages.EventGrid(_name, "a.txt", first));
        await _machine.Reconciler(container).ReconcileAsync(Cancelled);

        Assert.Equal(DeliveryVerdict.Taken, reply.Verdict);
        Assert.Equal(["a.txt processing", "a.txt rejected disappeared"], await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task A_body_that_is_cut_leaves_nothing_and_the_next_try_has_all_of_it()
    {
        var etag = await store.Server.PutAsync(_name, "a.txt", new string('x', 500_000));
        await using var way = new FaultyWay(store.Server.Container(_name));
        var container = store.Container(_name, way);
        way.CutAfter(20_000);

        Assert.Equal(DeliveryVerdict.Later, (await TellAsync(container, Messages.EventGrid(_name, "a.txt", etag))).Verdict);
        Assert.Empty(await _machine.SubmissionsAsync());
        Assert.Equal(DeliveryVerdict.Taken, (await TellAsync(container, Messages.EventGrid(_name, "a.txt", etag))).Verdict);
    }

    [Fact]
    public async Task In_a_batch_what_can_be_taken_is_taken()
    {
        var etag = await store.Server.PutAsync(_name, "good.txt", "good");
        var container = store.Container(_name);

        var reply = await TellAsync(
            container, Messages.EventGrid(_name, "good.txt", etag), Messages.EventGrid(_name, "gone.txt", "0x8D1"), Messages.EventGrid("others", "a.txt", "0x8D1"), "7");

        Assert.Equal(DeliveryVerdict.Refused, reply.Verdict);
        Assert.Equal(2, reply.Problems.Count);
        Assert.Equal(["gone.txt rejected disappeared", "good.txt processing"], await _machine.SubmissionsAsync());
    }

    private async Task<DeliveryReply> TellAsync(Azure.Buckets.BlobContainer container, params string[] events) =>
        (await new EventGridDoor(_machine.Door(container), container.Account).AnswerAsync(Messages.Batch(events), Cancelled)).Delivery;
}
