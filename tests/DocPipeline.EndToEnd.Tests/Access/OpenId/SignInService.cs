using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace DocPipeline.EndToEnd.Tests.Access.OpenId;

/// <summary>
/// Somebody else's sign-in service: an OpenID provider as the standards (RFC 6749, RFC 7636, OpenID Connect Core 5.3) have it, which checks what it is sent, and fails as a
/// test wants.
/// </summary>
public sealed class SignInService : IAsyncDisposable
{
    public const string ClientId = "docpipeline";
    public const string Secret = "a secret & its signs=%";

    private readonly ConcurrentDictionary<string, (string Challenge, string ReturnAddress)> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _tokens = new();
    private WebApplication _app = null!;

    /// <summary>What it says about whoever signs in.</summary>
    public JsonObject Person { get; set; } = [];

    /// <summary>Answers instead of the service below this path; null: the service answers itself.</summary>
    public (string Path, Func<HttpContext, Task> Answer)? Instead { get; set; }

    public string Address => _app.Urls.First();

    /// <param name="certificate">For TLS; null for none.</param>
    public static async Task<SignInService> StartAsync(X509Certificate2? certificate = null)
    {
        var service = new SignInService();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => _ = certificate is null ? listen : listen.UseHttps(certificate)));
        service._app = builder.Build();
        service._app.Use((context, next) => service.Instead is { } instead && context.Request.Path == instead.Path ? instead.Answer(context) : next(context));
        service._app.MapGet("/authorize", Ask);
        service._app.MapGet("/agree", service.Agree);
        service._app.MapGet("/deny", (HttpContext context) => Return(context.Request.Query, "error", "access_denied"));
        service._app.MapPost("/token", service.ExchangeAsync);
        service._app.MapGet("/userinfo", service.Tell);
        await service._app.StartAsync();
        return service;
    }

    /// <summary>A certificate that nobody vouches for.</summary>
    public static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) { CertificateExtensions = { names.Build() } };
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    public Dictionary<string, string> Settings() => new()
    {
        ["DOCPIPELINE_OPENID_ISSUER"] = Address,
        ["DOCPIPELINE_OPENID_AUTHORIZATION_ENDPOINT"] = Address + "/authorize",
        ["DOCPIPELINE_OPENID_TOKEN_ENDPOINT"] = Address + "/token",
        ["DOCPIPELINE_OPENID_USERINFO_ENDPOINT"] = Address + "/userinfo",
        ["DOCPIPELINE_OPENID_CLIENT_ID"] = ClientId,
        ["DOCPIPELINE_OPENID_CLIENT_SECRET"] = Secret,
        ["DOCPIPELINE_OPENID_ROLES"] = "staff=reader; cn=claims,ou=groups=reviewer; leads=supervisor; it=admin",
        ["DOCPIPELINE_OPENID_TITLE"] = "Example SSO",
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Ask(HttpContext context) =>
        Results.Text($"<!doctype html><title>Example SSO</title><link rel=\"icon\" href=\"data:,\"><h1>Example SSO</h1><a href=\"/agree{WebUtility.HtmlEncode(context.Request.QueryString.Value)}\">Agree</a>", "text/html");

    private IResult Agree(HttpContext context)
    {
        var query = context.Request.Query;
        var isRight = query["response_type"] == "code" && query["client_id"] == ClientId && query["scope"] == "openid profile" && query["code_challenge_method"] == "S256";
        if (!isRight)
        {
            return Results.BadRequest(query.ToString());
        }

        var code = Guid.NewGuid().ToString();
        _codes[code] = (query["code_challenge"].ToString(), query["redirect_uri"].ToString());
        return Return(query, "code", code);
    }

    private static IResult Return(IQueryCollection query, string name, string value) =>
        Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), new Dictionary<string, string?> { [name] = value, ["state"] = query["state"] }));

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        // A code opens once, for who asked for it and for whoever knows what its challenge was made of.
        if (form["client_id"] != ClientId || form["client_secret"] != Secret || form["grant_type"] != "authorization_code"
            || !_codes.TryRemove(form["code"].ToString(), out var asked) || asked.ReturnAddress != form["redirect_uri"]
            || asked.Challenge != WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var token = Guid.NewGuid().ToString();
        _tokens[token] = true;
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 60 });
    }

    private IResult Tell(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is var bearer && bearer.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.ContainsKey(bearer["Bearer ".Length..])
            ? Results.Text(Person.ToJsonString(), "application/json")
            : Results.Unauthorized();
}
