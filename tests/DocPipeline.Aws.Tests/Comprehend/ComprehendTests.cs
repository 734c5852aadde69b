using System.Security.Cryptography;
using DocPipeline.Aws.Comprehend;
using DocPipeline.Aws.Tests.Wire;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Comprehend;

public sealed class ComprehendTests
{
    private static readonly Dictionary<string, Action<byte[]>> Readers = new(StringComparer.Ordinal)
    {
        ["detect-entities.json"] = reply =>
        {
            var entities = Read(reply, json => ComprehendReplies.Entities(json, named: true));
            Assert.Equal(12, entities.Count);
            Assert.Equal(new EntityReply("PERSON", "Zhang Wei", 0.9994556307792664, 6, 15), entities[0]);
            Assert.Equal(["Zhang Wei", "John", "Alice"], entities.Where(entity => entity.Type == "PERSON").Select(entity => entity.Text));

            // In the manual's example the last address was replaced by a longer one: such a reply is not believed.
            Assert.Equal(11, ComprehendClient.Place(TextWith(entities), entities.Take(11).ToList()).Count);
            Assert.Equal(RefusalKind.BadReply, Assert.Throws<ProviderRefusal>(() => ComprehendClient.Place(TextWith(entities), entities)).Kind);
        },
        ["batch-detect-entities.json"] = reply =>
        {
            var batch = Read(reply, json => ComprehendReplies.Batch(json, count: 2));
            Assert.Empty(batch.Errors);
            Assert.Equal(["Jane", "AnyCompany Financial Services, LLC", "1111-XXXX-1111-XXXX", ".53", "July 31st"], batch.Results[0].Select(entity => entity.Text));
            Assert.Equal(["ORGANIZATION", "LOCATION", "LOCATION", "PERSON", "OTHER"], batch.Results[1].Select(entity => entity.Type));
        },
        ["detect-pii-entities.json"] = reply =>
        {
            var entities = Read(reply, json => ComprehendReplies.Entities(json, named: false));
            Assert.Equal(["NAME", "NAME", "CREDIT_DEBIT_NUMBER", "DATE_TIME", "BANK_ACCOUNT_NUMBER", "BANK_ROUTING", "ADDRESS", "NAME", "EMAIL"], entities.Select(entity => entity.Type));
            Assert.Equal((88, 107), (entities[2].Begin, entities[2].End));
            Assert.All(entities, entity => Assert.Null(entity.Text));
        },
        ["contains-pii-entities.json"] = reply =>
        {
            var labels = Read(reply, ComprehendReplies.Labels);
            Assert.Equal(5, labels.Count);
            Assert.Equal(0.9173126816749573, labels["BANK_ROUTING"]);
        },
    };

    public static TheoryData<string> Files => [.. Readers.Keys];

    [Fact]
    public void Every_recording_is_read() => Assert.Equal(
        Readers.Keys.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Recordings.Folder("comprehend")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_recording_holds_what_the_manual_shows(string file) => Readers[file](Recordings.Bytes("comprehend", file));

    [Theory]
    [InlineData("comprehend.DetectEntities", "José paid €5 to Anna.")]
    [InlineData("comprehend.DetectPiiEntities", "My SSN is 123-45-6789.")]
    [InlineData("comprehend.ContainsPiiEntities", "My SSN is 123-45-6789.")]
    [InlineData("comprehend.BatchDetectEntities", "a b")]
    public async Task A_request_is_the_official_SDKs_byte_for_byte(string name, string text)
    {
        var recorded = Recordings.Requests(name)[0];
        await using var stub = new StubService().Answers(StubReply.Json("""{"Entities":[],"Labels":[],"ResultList":[{"Index":0,"Entities":[]},{"Index":1,"Entities":[]}],"ErrorList":[]}"""));
        var client = new ComprehendClient(StubAccess.To(stub), new());
        var cancellation = TestContext.Current.CancellationToken;
        await (name switch
        {
            "comprehend.DetectEntities" => client.DetectEntitiesAsync(TextOf(text), cancellation),
            "comprehend.DetectPiiEntities" => client.DetectPiiEntitiesAsync(TextOf(text), cancellation),
            "comprehend.ContainsPiiEntities" => client.ContainsPiiEntitiesAsync(TextOf(text), cancellation),
            _ => (Task)client.BatchDetectEntitiesAsync([.. text.Split(' ').Select(TextOf)], cancellation),
        });

        var sent = stub.Requests.Single();
        Assert.Equal((string?)recorded["headers"]!["x-amz-content-sha256"], Convert.ToHexStringLower(SHA256.HashData(sent.Body)));
        Assert.Equal((string?)recorded["headers"]!["x-amz-target"], sent["x-amz-target"]);
        StubAccess.AssertSigned(sent, "comprehend", "content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-target");
    }

    [Fact]
    public void Every_recorded_request_is_compared_with_ours() => Assert.Equal(
        ["comprehend.BatchDetectEntities", "comprehend.ContainsPiiEntities", "comprehend.DetectEntities", "comprehend.DetectPiiEntities"],
        Directory.EnumerateFiles(Recordings.Folder("requests"), "comprehend.*").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Offsets_count_code_points_and_lead_to_words_on_pages()
    {
        // The pill is one code point and two characters of a string; what comes after it is where Comprehend says, not where a string says.
        var pages = new[] { PageOf(1, "💊 José", "paid"), PageOf(2, "Anna Doe") };
        var text = PageText.Of(pages, 100_000).Single();
        Assert.Equal("💊 José\npaid\nAnna Doe", text.Text);
        await using var stub = new StubService().Answers(StubReply.Json("""{"Entities":[{"Score":0.9,"Type":"PERSON","Text":"Anna Doe","BeginOffset":12,"EndOffset":20},{"Score":0.8,"Type":"PERSON","Text":"José","BeginOffset":2,"EndOffset":6}]}"""));

        var reading = await new ComprehendClient(StubAccess.To(stub), new()).DetectEntitiesAsync(text, TestContext.Current.CancellationToken);

        Assert.Equal(["José", "Anna Doe"], reading.Entities.Select(entity => entity.Text));
        Assert.Equal([(1, "José"), (2, "Anna"), (2, "Doe")], reading.Entities.SelectMany(entity => entity.Words).Select(word => (word.Page, word.Word.Text)));
        var place = Assert.Single(reading.Entities[1].Places);
        Assert.Equal((2, Box.Around(pages[1].Words.Select(word => word.Box))), place);
        Assert.Equal(3, reading.Usage.Units[ProviderUnits.HundredCharacters]); // at least 3 units a request
    }

    [Fact]
    public async Task Personal_data_is_found_where_it_has_to_be_blackened()
    {
        await using var stub = new StubService().Answers(StubReply.Json("""{"Entities":[{"Score":0.99,"Type":"SSN","BeginOffset":10,"EndOffset":21}]}"""));
        var reading = await new ComprehendClient(StubAccess.To(stub), new()).DetectPiiEntitiesAsync(TextOf("My SSN is 123-45-6789."), TestContext.Current.CancellationToken);
        var entity = Assert.Single(reading.Entities);
        Assert.Equal(("SSN", "123-45-6789"), (entity.Type, entity.Text));
        Assert.Equal("123-45-6789.", Assert.Single(entity.Words).Word.Text); // the word has a full stop that the number has not
    }

    [Theory]
    [InlineData("""{"Entities":[{"Score":0.9,"Type":"PERSON","Text":"Anna","BeginOffset":0,"EndOffset":4}]}""")] // is not what stands there
    [InlineData("""{"Entities":[{"Score":0.9,"Type":"PERSON","Text":"Doe","BeginOffset":0,"EndOffset":400}]}""")]
    [InlineData("""{"Entities":[{"Score":0.9,"Type":"PERSON","Text":"","BeginOffset":3,"EndOffset":3}]}""")]
    [InlineData("""{"Entities":[{"Score":1.9,"Type":"PERSON","Text":"Doe","BeginOffset":0,"EndOffset":3}]}""")]
    public async Task What_does_not_stand_in_the_text_is_refused(string reply)
    {
        await using var stub = new StubService().Answers(StubReply.Json(reply));
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => new ComprehendClient(StubAccess.To(stub), new()).DetectEntitiesAsync(TextOf("Doe paid"), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.BadReply, refusal.Kind);
        Assert.NotNull(refusal.Usage);
    }

    [Fact]
    public async Task A_text_that_failed_in_a_batch_is_told_from_one_without_entities()
    {
        await using var stub = new StubService().Answers(StubReply.Json("""{"ResultList":[{"Index":1,"Entities":[]}],"ErrorList":[{"Index":0,"ErrorCode":"INTERNAL","ErrorMessage":"m"}]}"""));
        var reading = await new ComprehendClient(StubAccess.To(stub), new()).BatchDetectEntitiesAsync([TextOf("a"), TextOf("b")], TestContext.Current.CancellationToken);
        Assert.Null(reading.Texts[0]);
        Assert.Empty(reading.Texts[1]!);
    }

    [Theory]
    [InlineData("""{"ResultList":[],"ErrorList":[]}""")]
    [InlineData("""{"ResultList":[{"Index":0,"Entities":[]},{"Index":0,"Entities":[]}],"ErrorList":[]}""")]
    [InlineData("""{"ResultList":[{"Index":7,"Entities":[]}],"ErrorList":[]}""")]
    public async Task A_text_without_an_answer_in_a_batch_is_a_broken_reply(string reply)
    {
        await using var stub = new StubService().Answers(StubReply.Json(reply));
        await Assert.ThrowsAsync<ProviderRefusal>(() => new ComprehendClient(StubAccess.To(stub), new()).BatchDetectEntitiesAsync([TextOf("a"), TextOf("b")], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_too_much_is_refused_before_it_is_sent()
    {
        await using var stub = new StubService();
        var client = new ComprehendClient(StubAccess.To(stub), new() { MaxTextBytes = 10 });
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(RefusalKind.Unsupported, (await Assert.ThrowsAsync<ProviderRefusal>(() => client.DetectEntitiesAsync(TextOf("twelve bytes"), cancellation))).Kind);
        Assert.Equal(RefusalKind.Unsupported, (await Assert.ThrowsAsync<ProviderRefusal>(() => client.BatchDetectEntitiesAsync([.. Enumerable.Repeat(TextOf("a"), 26)], cancellation))).Kind);
    }

    [Fact]
    public void Long_pages_become_several_texts_that_lose_no_word()
    {
        var pages = Enumerable.Range(1, 5).Select(number => PageOf(number, string.Join(' ', Enumerable.Range(0, 40).Select(word => $"wörd{number}-{word}")))).Append(PageOf(6, new string('x', 250) + " 💊💊")).ToList();
        var texts = PageText.Of(pages, maxBytes: 200);
        Assert.All(texts, text => Assert.InRange(text.Bytes, 1, 200));
        Assert.All(texts, text => Assert.All(text.Words, word => Assert.StartsWith(text.Slice(word.Start, word.End)![..1], word.Word.Text, StringComparison.Ordinal)));
        Assert.Equal(pages.SelectMany(page => page.Words), texts.SelectMany(text => text.Words).Select(word => word.Word).Distinct(ReferenceEqualityComparer.Instance));
        Assert.Equal(string.Concat(pages.SelectMany(page => page.Words).Select(word => word.Text)), string.Concat(texts.SelectMany(text => text.Words.Select(word => text.Slice(word.Start, word.End)))));
    }

    private static T Read<T>(byte[] reply, Func<ReplyJson, T> read) => ReplyJson.Read(ComprehendClient.Provider, reply, read);

    private static PageText TextOf(string words) => PageText.Of([PageOf(1, words)], 100_000).Single();

    // One line below the other.
    private static Page PageOf(int number, params string[] lines) => new(number, 612, 792, "test", [.. lines.SelectMany((line, row) => line.Split(' ').Select((word, column) =>
        new Word(word, new Box(column * 0.02, row * 0.1, (column * 0.02) + 0.01, (row * 0.1) + 0.05), 1)))]);

    // A text in which the entities stand where the reply says; the rest is dashes.
    private static PageText TextWith(IReadOnlyList<EntityReply> entities)
    {
        var text = Enumerable.Repeat('-', entities.Max(entity => entity.End) + 10).ToArray();
        foreach (var entity in entities)
        {
            entity.Text!.AsSpan(0, entity.End - entity.Begin).CopyTo(text.AsSpan(entity.Begin));
        }

        return TextOf(new string(text));
    }
}
