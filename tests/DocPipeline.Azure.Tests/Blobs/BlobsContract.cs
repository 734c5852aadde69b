using Azure.Storage;
using Azure.Storage.Blobs;
using DocPipeline.Azure.Blobs;
using DocPipeline.Azure.Tests.Buckets;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Testing.Stores;
using DocPipeline.Workflow;

namespace DocPipeline.Azure.Tests.Blobs;

public sealed class FolderKeepsBlobs : BlobsContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-test-");

    private protected override Task<IBlobs> OpenAsync() => Task.FromResult<IBlobs>(new BlobFolder(_folder.FullName));
}

[Collection(BlobTests.Name)]
public sealed class ContainerKeepsBlobs(BlobStore store) : BlobsContract
{
    private readonly string _name = $"c{Guid.NewGuid():N}";
    private bool _isThere;

    private protected override async Task<IBlobs> OpenAsync()
    {
        if (!_isThere)
        {
            await store.Server.CreateAsync(_name);
            _isThere = true;
        }

        return Of(_name);
    }

    [Fact]
    public async Task A_damaged_original_is_not_handed_out()
    {
        using var blobs = (ContainerBlobs)await OpenAsync();
        var content = new ContentHash(new string('a', 64));
        await store.Server.PutAsync(_name, $"aa/{content.Value}/original", "something else");

        await Assert.ThrowsAsync<InvalidDataException>(() => blobs.FindPathAsync(content, ReadBlobs.Original, Cancelled));
    }

    [Fact]
    public async Task A_container_that_is_not_there_may_be_there_later()
    {
        using var blobs = Of("missing");

        await Assert.ThrowsAsync<TransientFailure>(() => AddAsync(blobs, "one"));
        await Assert.ThrowsAsync<TransientFailure>(() => blobs.ReadDerivedAsync(new ContentHash(new string('a', 64)), "a.json", Cancelled));
    }

    private ContainerBlobs Of(string name)
    {
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02);
        options.Retry.MaxRetries = 0;
        return new(new BlobContainerClient(store.Server.Container(name), new StorageSharedKeyCredential(Azurite.Account, Azurite.Key), options));
    }
}

/// <summary>What every place for blobs keeps: addressed by content, written once, complete or not there. Each is opened twice, as by two machines.</summary>
public abstract class BlobsContract
{
    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected abstract Task<IBlobs> OpenAsync();

    [Fact]
    public async Task What_one_machine_adds_another_reads_by_its_hash_as_a_stream_and_as_a_file()
    {
        var (here, there) = (await OpenAsync(), await OpenAsync());

        var (content, size) = await AddAsync(here, "hello");

        Assert.Equal(("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5), (content.Value, size));
        Assert.Equal("hello", await File.ReadAllTextAsync(await there.PathOfAsync(content, Cancelled), Cancelled));
        await using var stream = await there.OpenAsync(content, ReadBlobs.Original, Cancelled);
        using var reader = new StreamReader(stream!);
        Assert.Equal("hello", await reader.ReadToEndAsync(Cancelled));
    }

    [Fact]
    public async Task The_same_bytes_are_stored_once_whoever_adds_them_and_however_often_at_once()
    {
        var (here, there) = (await OpenAsync(), await OpenAsync());

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AddAsync(i % 2 == 0 ? here : there, "the same")));

        Assert.Single(added.Distinct());
        Assert.Equal([ReadBlobs.Original], await here.FindDerivedAsync(added[0].Content, "", Cancelled));
    }

    [Fact]
    public async Task Too_many_bytes_are_refused_and_leave_nothing()
    {
        var blobs = await OpenAsync();

        Assert.Equal(FaultCodes.TooLarge, (await Assert.ThrowsAsync<DocumentFault>(() => AddAsync(blobs, "hello", maxBytes: 4))).Code);

        Assert.Null(await blobs.FindPathAsync(new ContentHash("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"), ReadBlobs.Original, Cancelled));
    }

    [Fact]
    public async Task What_is_derived_is_found_by_the_beginning_of_its_name_and_replaced_as_a_whole()
    {
        var (here, there) = (await OpenAsync(), await OpenAsync());
        var (content, _) = await AddAsync(here, "hello");
        foreach (var name in new[] { "page-1-b.json", "page-1-a.json", "page-10-a.json", "pages.json" })
        {
            await here.WriteDerivedAsync(content, name, new byte[] { 1, 2, 3 }, Cancelled);
        }

        Assert.Equal(["page-1-a.json", "page-1-b.json"], await there.FindDerivedAsync(content, "page-1-", Cancelled));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync((await here.FindPathAsync(content, "pages.json", Cancelled))!, Cancelled));
        await here.WriteDerivedAsync(content, "pages.json", new byte[] { 4 }, Cancelled);

        Assert.Equal([4], await there.ReadDerivedAsync(content, "pages.json", Cancelled) ?? []);
        Assert.Equal([4], await File.ReadAllBytesAsync((await here.FindPathAsync(content, "pages.json", Cancelled))!, Cancelled));
    }

    [Fact]
    public async Task What_is_not_there_is_nothing_and_an_original_that_must_be_there_a_failure()
    {
        var blobs = await OpenAsync();
        var nobody = new ContentHash(new string('0', 64));

        Assert.Null(await blobs.OpenAsync(nobody, ReadBlobs.Original, Cancelled));
        Assert.Null(await blobs.ReadDerivedAsync(nobody, "pages.json", Cancelled));
        Assert.Null(await blobs.FindPathAsync(nobody, "pages.json", Cancelled));
        Assert.Empty(await blobs.FindDerivedAsync(nobody, "", Cancelled));
        await Assert.ThrowsAsync<FileNotFoundException>(() => blobs.PathOfAsync(nobody, Cancelled));
    }

    private protected static async Task<(ContentHash Content, long Size)> AddAsync(IBlobs blobs, string text, long maxBytes = 100)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await blobs.AddAsync(bytes, maxBytes, Cancelled);
    }
}
