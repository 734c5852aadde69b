using System.Net;
using System.Text.RegularExpressions;

namespace DocPipeline.EndToEnd.Tests.Machine;

/// <summary>Somebody with a browser that keeps cookies and sends a page's form token back, as a person's does.</summary>
public sealed partial class Visitor(Uri server) : IDisposable
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = server };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Visitor> SignedInAsync(Uri server, string name, string password)
    {
        var visitor = new Visitor(server);
        using var answer = await visitor.SignInAsync(name, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public async Task<HttpResponseMessage> SignInAsync(string name, string password, string? to = null) =>
        await PostAsync("/sign-in", await TokenAsync("/sign-in"), ("name", name), ("password", password), ("to", to ?? ""));

    /// <summary>As a person's browser asks for a page.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        return await _browser.SendAsync(request, Cancelled);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => await _browser.SendAsync(request, Cancelled);

    /// <summary>The head of an answer, which may never end.</summary>
    public async Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request) => await _browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answers {(int)answer.StatusCode}.");
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    /// <summary>The token of a page's form.</summary>
    public async Task<string> TokenAsync(string path) => Token().Match(await ReadAsync(path)).Groups["token"].Value;

    public async Task<HttpResponseMessage> PostAsync(string path, string? token, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        if (token is not null)
        {
            form.Add(new("__RequestVerificationToken", token));
        }

        using var content = new FormUrlEncodedContent(form);
        return await _browser.PostAsync(path, content, Cancelled);
    }

    public void Dispose() => _browser.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
