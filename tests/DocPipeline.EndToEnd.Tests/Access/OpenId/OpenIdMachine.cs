using System.Net;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Access.OpenId;

/// <summary>A running server with a sign-in service, for all tests of the collection.</summary>
[CollectionDefinition(Collection)]
public sealed class OpenIdMachine : IAsyncLifetime, ICollectionFixture<OpenIdMachine>
{
    public const string Collection = "A server with a sign-in service";

    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public ServedMachine Served { get; } = new();

    public ServerMachine Machine => Served.Machine;

    public SignInService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await SignInService.StartAsync();
        foreach (var (name, value) in Service.Settings())
        {
            Machine.Settings[name] = value;
        }

        Machine.Settings["DOCPIPELINE_PUBLIC_ADDRESS"] = "https://claims.example.org";
        await Served.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await Served.DisposeAsync();
        await Service.DisposeAsync();
    }

    /// <summary>The service knows this person, and nobody else, from now on.</summary>
    public void Knows(string subject, string? name, params string[] groups) =>
        Service.Person = new() { ["sub"] = subject, ["preferred_username"] = name, ["email"] = "shared@example.org", ["groups"] = new System.Text.Json.Nodes.JsonArray([.. groups]) };

    /// <summary>From the sign-in page's link to the address with which the service leads back.</summary>
    public async Task<Uri> ComeBackAsync(Visitor visitor, string to = "", string answer = "/agree?")
    {
        using var begun = await visitor.GetAsync("/sign-in/openid?to=" + Uri.EscapeDataString(to));
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var ask = begun.Headers.Location!.ToString().Replace("/authorize?", answer, StringComparison.Ordinal);
        using var answered = await _browser.GetAsync(ask, TestContext.Current.CancellationToken);
        Assert.True(answered.StatusCode == HttpStatusCode.Redirect, await answered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answered.Headers.Location!;
    }

    /// <returns>Where the visitor is led in the end.</returns>
    public async Task<string> SignInAsync(Visitor visitor, string to = "", string answer = "/agree?")
    {
        using var end = await visitor.GetAsync((await ComeBackAsync(visitor, to, answer)).ToString());
        Assert.Equal(HttpStatusCode.Redirect, end.StatusCode);
        return end.Headers.Location!.ToString();
    }

    public async Task<Visitor> SignedInAsync()
    {
        var visitor = new Visitor(Served.Address);
        Assert.Equal("/", await SignInAsync(visitor));
        return visitor;
    }
}
