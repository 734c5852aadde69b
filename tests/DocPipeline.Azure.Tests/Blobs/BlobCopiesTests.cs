using DocPipeline.Azure.Blobs;
using DocPipeline.Blobs;
using DocPipeline.Documents;

namespace DocPipeline.Azure.Tests.Blobs;

public sealed class BlobCopiesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_goes_when_nobody_has_asked_for_it_in_an_hour_and_another_comes()
    {
        var clock = new Clock();
        using var copies = new BlobCopies(clock);
        var (asked, forgotten) = (await AddAsync(copies, 1), await AddAsync(copies, 2));
        clock.Now += TimeSpan.FromMinutes(50);
        Assert.NotNull(copies.Find(asked, ReadBlobs.Original));

        clock.Now += TimeSpan.FromMinutes(50);
        await AddAsync(copies, 3);

        Assert.NotNull(copies.Find(asked, ReadBlobs.Original));
        Assert.Null(copies.Find(forgotten, ReadBlobs.Original));
    }

    private static async Task<ContentHash> AddAsync(BlobCopies copies, byte value)
    {
        using var bytes = new MemoryStream([value]);
        return (await copies.AddAsync(bytes, 1, Cancelled)).Content;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
