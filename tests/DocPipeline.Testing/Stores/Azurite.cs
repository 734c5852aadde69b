using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace DocPipeline.Testing.Stores;

/// <summary>Azurite: the protocol of Blob Storage, signatures included, in memory. Blobs are put there by the protocol, with a signature that is computed here.</summary>
public sealed class Azurite : IAsyncDisposable
{
    public const string Account = "devstoreaccount1";

    /// <summary>Known to everybody: it is in Azurite's documentation.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly StoreProgram _program;
    private readonly HttpClient _http = new();

    private Azurite(StoreProgram program) => _program = program;

    public static async Task<Azurite> StartAsync() => new(await StoreProgram.StartAsync(
        "azurite/dist/src/blob/main.js", "successfully listens on ", "--blobPort", "0", "--inMemoryPersistence", "--silent", "--disableTelemetry"));

    public Uri Container(string name) => new($"{_program.Address.GetLeftPart(UriPartial.Authority)}/{Account}/{name}");

    public Task CreateAsync(string container) => SendAsync(HttpMethod.Put, Container(container), "restype=container", body: null);

    /// <returns>The ETag, as a message about the blob would tell it.</returns>
    public async Task<string> PutAsync(string container, string name, string text) =>
        await SendAsync(HttpMethod.Put, Blob(container, name), "", Encoding.UTF8.GetBytes(text), "x-ms-blob-type:BlockBlob");

    /// <summary>Changes the ETag and not the bytes.</summary>
    public Task<string> DescribeAsync(string container, string name, string what) => SendAsync(HttpMethod.Put, Blob(container, name), "comp=metadata", body: null, "x-ms-meta-what:" + what);

    public Task RemoveAsync(string container, string name) => SendAsync(HttpMethod.Delete, Blob(container, name), "", body: null);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
    }

    private Uri Blob(string container, string name) => new($"{Container(container)}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}");

    private async Task<string> SendAsync(HttpMethod method, Uri uri, string query, byte[]? body, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, query.Length == 0 ? uri : new Uri($"{uri}?{query}")) { Content = body is null ? null : new ByteArrayContent(body) };
        string[] named = [.. headers.Append("x-ms-date:" + DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture)).Append("x-ms-version:2021-12-02").Order(StringComparer.Ordinal)];
        foreach (var header in named)
        {
            request.Headers.Add(header.Split(':', 2)[0], header.Split(':', 2)[1]);
        }

        var toSign = $"{method}\n\n\n{(body?.Length > 0 ? body.Length : "")}\n\n\n\n\n\n\n\n\n{string.Join('\n', named)}\n/{Account}{uri.AbsolutePath}{(query.Length == 0 ? "" : "\n" + query.Replace('=', ':'))}";
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{Account}:{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(toSign)))}");
        using var answer = await _http.SendAsync(request);
        return answer.IsSuccessStatusCode ? answer.Headers.ETag?.Tag.Trim('"') ?? "" : throw new HttpRequestException(await answer.Content.ReadAsStringAsync());
    }
}
