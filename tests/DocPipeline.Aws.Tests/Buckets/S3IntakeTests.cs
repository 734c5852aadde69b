using System.Text;
using DocPipeline.Aws.Events;
using DocPipeline.Aws.Tests.Events;
using DocPipeline.Ingest;
using DocPipeline.Testing.Stores;

namespace DocPipeline.Aws.Tests.Buckets;

/// <summary>From a message, or a listing, to a submission: real store, real database.</summary>
[Collection(S3Tests.Name)]
public sealed class S3IntakeTests(S3Store store) : IAsyncLifetime
{
    private readonly string _bucket = store.Server.Create();
    private IntakeMachine _machine = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _machine = await IntakeMachine.CreateAsync();

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task The_same_object_in_four_envelopes_and_a_listing_at_once_is_one_submission()
    {
        const string key = "in/claim.txt";
        var etag = store.Server.Put(_bucket, key, "hello");
        using var bucket = store.Bucket(_bucket, prefix: "in/");
        using var topic = new Topic();
        var door = new S3EventDoor(_machine.Door(bucket), new SnsGuard([Topic.Arn], new HttpClient(topic), topic.Clock));
        var direct = Messages.Direct(Messages.Record(_bucket, key, etag));
        string[] messages = [direct, topic.Message(direct), Messages.Sqs(direct), Messages.EventBridge(_bucket, key, etag), direct];

        var replies = await Task.WhenAll(messages.Select(message => door.AnswerAsync(Encoding.UTF8.GetBytes(message), Cancelled)));
        await _machine.Reconciler(bucket).ReconcileAsync(Cancelled);
        var again = await door.AnswerAsync(Encoding.UTF8.GetBytes(topic.Message(direct)), Cancelled);

        Assert.All(replies, reply => Assert.Equal(DeliveryVerdict.Taken, reply.Verdict));
        Assert.Equal(ObjectOutcomeKind.New, Assert.Single(replies.SelectMany(reply => reply.Objects), one => one.Kind != ObjectOutcomeKind.Known).Kind);
        Assert.Equal(ObjectOutcomeKind.Known, Assert.Single(again.Objects).Kind);
        Assert.Equal([$"{key} processing"], await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task Messages_in_the_wrong_order_lose_nothing_and_what_was_overwritten_unread_is_on_record()
    {
        const string key = "in/claim.txt";
        var first = store.Server.Put(_bucket, key, "first");
        var second = store.Server.Put(_bucket, key, "second");
        using var bucket = store.Bucket(_bucket, prefix: "in/");

        // The later one first, the earlier one twice.
        Assert.Equal([ObjectOutcomeKind.New], await TellAsync(bucket, Messages.Record(_bucket, key, second, sequencer: "02")));
        Assert.Equal([ObjectOutcomeKind.Rejected], await TellAsync(bucket, Messages.Record(_bucket, key, first, sequencer: "01")));
        Assert.Equal([ObjectOutcomeKind.Known], await TellAsync(bucket, Messages.Record(_bucket, key, first, sequencer: "01")));
        Assert.Equal([$"{key} processing", $"{key} rejected disappeared"], await _machine.SubmissionsAsync());

        // The first bytes come back: nobody has read them yet.
        store.Server.Put(_bucket, key, "first");
        Assert.Equal([ObjectOutcomeKind.New], await TellAsync(bucket, Messages.Record(_bucket, key, first, sequencer: "03")));
        Assert.Equal([$"{key} processing", $"{key} processing", $"{key} rejected disappeared"], await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task In_a_batch_each_record_counts_by_itself()
    {
        var good = store.Server.Put(_bucket, "in/good.txt", "good");
        var large = store.Server.Put(_bucket, "in/large.txt", new string('x', 1_000_001));
        var elsewhere = store.Server.Put(_bucket, "elsewhere.txt", "x");
        using var bucket = store.Bucket(_bucket, prefix: "in/");
        var reply = await ReplyAsync(
            bucket,
            Messages.Record(_bucket, "in/good.txt", good),
            Messages.Record(_bucket, "in/good.txt", good),
            Messages.Record(_bucket, "in/large.txt", large),
            Messages.Record(_bucket, "in/gone.txt", "0cc175b9c0f1b6a831c399e269772661"),
            Messages.Record(_bucket, "in/folder/", "d41d8cd98f00b204e9800998ecf8427e"),
            Messages.Record(_bucket, "elsewhere.txt", elsewhere),
            Messages.Record("others", "a.txt", "e"),
            Messages.Record(_bucket, "in/nul%00.txt", "e"),
            Messages.Record(_bucket, "in/" + new string('k', 2_100), "e"));

        Assert.Equal(DeliveryVerdict.Refused, reply.Verdict);
        Assert.Equal([ObjectOutcomeKind.New, ObjectOutcomeKind.Rejected, ObjectOutcomeKind.Rejected], reply.Objects.Select(one => one.Kind));
        Assert.Equal(2, reply.Ignored.Count);
        Assert.Equal(3, reply.Problems.Count);
        Assert.Equal(
            ["in/gone.txt rejected disappeared", "in/good.txt processing", "in/large.txt rejected too_large"],
            await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task A_message_that_does_not_tell_the_etag_is_as_good()
    {
        const string key = "in/claim.txt";
        store.Server.Put(_bucket, key, "hello");
        using var bucket = store.Bucket(_bucket, prefix: "in/");

        Assert.Equal([ObjectOutcomeKind.New], await TellAsync(bucket, Messages.Record(_bucket, key, "")));
        Assert.Equal(0, await _machine.Reconciler(bucket).ReconcileAsync(Cancelled));
    }

    [Fact]
    public async Task A_body_that_is_cut_leaves_nothing_and_the_next_try_has_all_of_it()
    {
        const string key = "in/claim.txt";
        var etag = store.Server.Put(_bucket, key, new string('x', 500_000));
        await using var way = new FaultyWay(store.Server.Address);
        using var bucket = store.Bucket(_bucket, way.Address);
        way.CutAfter(20_000);

        var cut = await ReplyAsync(bucket, Messages.Record(_bucket, key, etag));
        Assert.Equal(DeliveryVerdict.Later, cut.Verdict);
        Assert.Empty(await _machine.SubmissionsAsync());

        Assert.Equal(DeliveryVerdict.Taken, (await ReplyAsync(bucket, Messages.Record(_bucket, key, etag))).Verdict);
        Assert.Equal([$"{key} processing"], await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task A_store_that_refuses_us_records_nothing_and_wants_the_message_again()
    {
        var etag = store.Server.Put(_bucket, "in/a.txt", "hello");
        using var bucket = store.Bucket(_bucket, key: "somebody");

        var reply = await ReplyAsync(bucket, Messages.Record(_bucket, "in/a.txt", etag));

        Assert.Equal(DeliveryVerdict.Broken, reply.Verdict);
        Assert.Empty(await _machine.SubmissionsAsync());
    }

    [Fact]
    public async Task The_listing_finds_what_no_message_told_of_and_goes_on_where_it_stopped()
    {
        for (var i = 0; i < 25; i++)
        {
            store.Server.Put(_bucket, $"in/{i:00}.txt", $"{i}");
        }

        await using var way = new FaultyWay(store.Server.Address);
        using var bucket = store.Bucket(_bucket, way.Address, pageSize: 10, retries: 0);
        var reconciler = _machine.Reconciler(new StopsAtPage(bucket, 3));

        await Assert.ThrowsAsync<Workflow.TransientFailure>(() => reconciler.ReconcileAsync(Cancelled));
        Assert.Equal(20, (await _machine.SubmissionsAsync()).Count);
        var before = way.Requests;

        Assert.Equal(5, await reconciler.ReconcileAsync(Cancelled));
        // One page and five objects, not the pages before.
        Assert.Equal(6, way.Requests - before);
        Assert.Equal(25, (await _machine.SubmissionsAsync()).Count);
        Assert.Equal(0, await reconciler.ReconcileAsync(Cancelled));
    }

    [Fact]
    public async Task What_is_too_large_is_rejected_by_the_listing_without_a_request_for_it()
    {
        store.Server.Put(_bucket, "in/large.txt", new string('x', 1_000_001));
        await using var way = new FaultyWay(store.Server.Address);
        using var bucket = store.Bucket(_bucket, way.Address);

        Assert.Equal(1, await _machine.Reconciler(bucket).ReconcileAsync(Cancelled));
        Assert.Equal(1, way.Requests);
        Assert.Equal(["in/large.txt rejected too_large"], await _machine.SubmissionsAsync());
    }

    private async Task<DeliveryReply> ReplyAsync(IObjectBucket bucket, params string[] records)
    {
        using var topic = new Topic();
        return await new S3EventDoor(_machine.Door(bucket), new SnsGuard([Topic.Arn], new HttpClient(topic), topic.Clock)).AnswerAsync(Encoding.UTF8.GetBytes(Messages.Direct(records)), Cancelled);
    }

    private async Task<IEnumerable<ObjectOutcomeKind>> TellAsync(IObjectBucket bucket, string record) => (await ReplyAsync(bucket, record)).Objects.Select(one => one.Kind);

    /// <summary>A store that does not answer when it is asked for the page with this number for the first time.</summary>
    private sealed class StopsAtPage(IObjectBucket bucket, int number) : IObjectBucket
    {
        private int _page;

        public string Name => bucket.Name;

        public string Prefix => bucket.Prefix;

        public Task<ObjectPage> ListAsync(string? continuation, CancellationToken cancellationToken) =>
            ++_page == number ? throw new Workflow.TransientFailure("Not now.") : bucket.ListAsync(continuation, cancellationToken);

        public Task<StoredObject> FindAsync(string key, string? versionId, CancellationToken cancellationToken) => bucket.FindAsync(key, versionId, cancellationToken);

        public Task<OpenedObject> OpenAsync(StoredObject stored, CancellationToken cancellationToken) => bucket.OpenAsync(stored, cancellationToken);
    }
}
