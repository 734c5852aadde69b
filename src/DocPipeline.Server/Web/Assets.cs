using System.Collections.Frozen;
using System.Security.Cryptography;
using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DocPipeline.Server.Web;

/// <summary>Style sheets and scripts, kept in the assembly. Their addresses contain their hash: a browser keeps each for as long as it likes.</summary>
internal static class Assets
{
    private const string Folder = "Web/Assets/";

    private static readonly FrozenDictionary<string, Asset> All = typeof(Assets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(Read)
        .ToFrozenDictionary(asset => asset.Name);

    /// <summary>The address of an asset, such as <c>pages.css</c>.</summary>
    public static string Path(string name) => $"/assets/{All[name].Hash}/{name}";

    // Nobody's secrets and no work: whoever asks is not looked up first, which would cost a question to the database for each of them.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{hash}/{name}", Answer).AllowAnonymous().ShortCircuit();

    private static IResult Answer(string hash, string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out var asset) || asset.Hash != hash)
        {
            return Results.NotFound();
        }

        context.Response.Headers.Remove("Pragma");
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.ContentSecurityPolicy = ResponseHeaders.DocumentContentSecurityPolicy;
        return Results.Bytes(asset.Bytes, asset.Type);
    }

    private static Asset Read(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var name = resource[Folder.Length..];
        var type = System.IO.Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"Assets end in .css, .js or .svg; not in '{other}'."),
        };
        return new(name, type, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], bytes);
    }

    private sealed record Asset(string Name, string Type, string Hash, byte[] Bytes);
}
