using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>Files handed in by HTTP.</summary>
public sealed class UploadTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_taken_in_once_and_read_to_its_end()
    {
        var text = Encoding.UTF8.GetBytes($"Claim Number: UP-{Guid.NewGuid():N}\nDate of Loss: 2026-01-05\n");

        var (first, status) = await UploadAsync("letters/claim.txt", text);
        var (again, statusAgain) = await UploadAsync("letters/claim.txt", text);
        var (other, _) = await UploadAsync("letters/copy.txt", text);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (status, statusAgain));
        Assert.Equal(Id(first), Id(again));
        Assert.Equal((true, false), (first.GetProperty("is_new").GetBoolean(), again.GetProperty("is_new").GetBoolean()));
        Assert.Equal(Id(first), other.GetProperty("duplicate_of").GetString());
        await Eventually.IsTrueAsync(
            async () => JsonElement.Parse(await machine.Client.GetStringAsync($"/api/v1/submissions/{Id(first)}", Cancelled)).GetProperty("state").GetString() != "processing", "it has come to its end", TimeSpan.FromSeconds(90));
        Assert.Equal("upload|letters/claim.txt", Assert.Single(await machine.Machine.ListAsync($"SELECT bucket, key FROM docpipeline.submissions_v1 WHERE submission_id = '{Id(first)}'")));
    }

    [Fact]
    public async Task With_a_key_a_repetition_is_recognised_and_another_file_is_refused_not_lost()
    {
        var key = Guid.NewGuid().ToString();
        var text = Unique();

        var (first, _) = await UploadAsync("keyed.txt", text, key);
        var (again, status) = await UploadAsync("keyed.txt", text, key);
        var (otherBytes, otherStatus) = await UploadAsync("keyed.txt", Unique(), key);
        var (_, otherName) = await UploadAsync("other.txt", text, key);

        Assert.Equal((HttpStatusCode.OK, Id(first)), (status, Id(again)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (otherStatus, otherName));
        Assert.Contains(Id(first), otherBytes.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_one_caller_is_nobody_elses()
    {
        var key = Guid.NewGuid().ToString();
        var (mine, _) = await UploadAsync("mine.txt", Unique(), key);
        using var other = new HttpClient { BaseAddress = machine.Client.BaseAddress };
        other.DefaultRequestHeaders.Authorization = new("Bearer", await machine.KeyAsync("another scanner", "upload"));

        var (theirs, status) = await UploadAsync("mine.txt", Unique(), key, other);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.NotEqual(Id(mine), Id(theirs));
    }

    [Fact]
    public async Task Many_at_once_with_one_key_are_one_submission()
    {
        var (key, text) = (Guid.NewGuid().ToString(), Unique());

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => UploadAsync("raced.txt", text, key)));

        Assert.Single(all.Select(one => Id(one.Reply)).Distinct());
        Assert.Single(all, one => one.Status == HttpStatusCode.Created);
        Assert.All(all, one => Assert.Contains(one.Status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.OK]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_the_limit_is_refused_and_leaves_nothing(bool isLengthSaid)
    {
        var name = $"large-{Guid.NewGuid():N}.pdf";
        using var body = new StreamContent(new Endless(1_000_001));
        body.Headers.ContentLength = isLengthSaid ? 1_000_001 : null;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/submissions?name={name}") { Content = body, Headers = { TransferEncodingChunked = !isLengthSaid, ExpectContinue = true } };

        using var reply = await machine.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal(0L, await machine.Machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.submission WHERE key = '{name}'"));
        // What is read from documents of other tests passes through the same folder.
        await Eventually.IsTrueAsync(() => Task.FromResult(!Directory.EnumerateFiles(Path.Combine(machine.Machine.Settings["DOCPIPELINE_BLOBS"]!, "incoming")).Any()), "nothing is left");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?name=")]
    [InlineData("?name=a&name=b")]
    [InlineData("?name=a%00b")]
    [InlineData("?name=a&colour=red")]
    public async Task A_name_that_cannot_be_kept_is_refused(string query)
    {
        using var content = new ByteArrayContent(Unique());
        using var reply = await machine.Client.PostAsync("/api/v1/submissions" + query, content, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    private static byte[] Unique() => Encoding.UTF8.GetBytes($"Claim Number: {Guid.NewGuid():N}\n");

    private static string Id(JsonElement reply) => reply.GetProperty("submission_id").GetString()!;

    private async Task<(JsonElement Reply, HttpStatusCode Status)> UploadAsync(string name, byte[] bytes, string? key = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/submissions?name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var reply = await (client ?? machine.Client).SendAsync(request, Cancelled);
        return (JsonElement.Parse(await reply.Content.ReadAsStringAsync(Cancelled)), reply.StatusCode);
    }

    /// <summary>So many bytes, of which none exist.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            Array.Fill(buffer, (byte)'x', offset, read);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
