using System.Net;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Server.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace DocPipeline.EndToEnd.Tests.Access;

/// <summary>Every route of the server with every role. A route that is not in the table fails the test: who adds one says here who may use it.</summary>
public sealed class RouteMatrixTests(ServedMachine served) : IClassFixture<ServedMachine>
{
    private static readonly string[] Roles = ["", "reader", "reviewer", "supervisor", "admin"];

    /// <summary>Method and pattern, and the least role; "" for everybody.</summary>
    private static readonly Dictionary<string, string> Least = new()
    {
        ["GET /healthz"] = "",
        ["GET /readyz"] = "",
        ["GET /assets/{hash}/{name}"] = "",
        ["GET POST /sign-in"] = "",
        ["GET /sign-in/openid"] = "",
        ["GET POST /problem"] = "",
        ["GET /"] = "reader",
        ["GET POST /account"] = "reader",
        ["POST /sign-out"] = "reader",
        ["GET /status"] = "reader",
        ["GET /queue"] = "reader",
        ["GET /queue/live"] = "reader",
        ["GET /dashboard"] = "reader",
        ["GET /review/next"] = "reviewer",
        ["GET POST /review/{id:guid}"] = "reader",
        ["GET /review/{id:guid}/following"] = "reviewer",
        ["POST /review/{id:guid}/hold"] = "reviewer",
        ["POST /review/{id:guid}/release"] = "reviewer",
        ["GET /review/{id:guid}/pages/{page:int}/picture"] = "reader",
        ["GET /review/{id:guid}/pages/{page:int}/words"] = "reader",
        ["GET POST /accounts"] = "admin",
        ["GET /api/v1/claims"] = "reader",
        ["GET /api/v1/claims/{id:guid}"] = "reader",
        ["GET /api/v1/submissions"] = "reader",
        ["GET /api/v1/submissions/{id:guid}"] = "reader",
        ["GET /api/v1/documents"] = "reader",
        ["GET /api/v1/fields"] = "reader",
        ["GET /api/v1/document-fields"] = "reader",
        ["GET /api/v1/rows"] = "reader",
        ["GET /api/v1/findings"] = "reader",
        ["GET /api/v1/history"] = "reader",
        ["GET /api/v1/actions"] = "reader",
        ["GET /api/v1/costs"] = "reader",
        ["GET /api/v1/changes"] = "reader",
        ["POST /api/v1/submissions"] = "reviewer",
        ["GET /api/v1/claims/export"] = "supervisor",
        ["GET /api/v1/submissions/export"] = "supervisor",
        ["GET /api/v1/documents/export"] = "supervisor",
        ["GET /api/v1/fields/export"] = "supervisor",
        ["GET /api/v1/document-fields/export"] = "supervisor",
        ["GET /api/v1/rows/export"] = "supervisor",
        ["GET /api/v1/findings/export"] = "supervisor",
        ["GET /api/v1/history/export"] = "supervisor",
        ["GET /api/v1/actions/export"] = "supervisor",
        ["GET /api/v1/costs/export"] = "supervisor",
        ["GET POST /api/v1/webhooks"] = "admin",
        ["GET DELETE /api/v1/webhooks/{id:guid}"] = "admin",
        ["POST /api/v1/webhooks/{id:guid}/enable"] = "admin",
        ["POST /api/v1/webhooks/{id:guid}/disable"] = "admin",
        ["POST /api/v1/webhooks/{id:guid}/replay"] = "admin",
        ["GET /api/v1/webhook-deliveries"] = "admin",
        ["POST /mcp/"] = "reader",
        ["GET /api/v1/openapi.json"] = "reader",
        ["GET /api/v1/docs"] = "reader",
        ["POST /events/s3"] = "reviewer",
        ["POST OPTIONS /events/eventgrid"] = "reviewer",
    };

    [Fact]
    public async Task Every_route_says_who_may_use_it_and_the_table_says_the_same()
    {
        var settings = ServerSettings.Read(new Microsoft.Extensions.Configuration.ConfigurationManager()) with
        {
            Database = served.Machine.Settings["DOCPIPELINE_DATABASE"],
            Blobs = System.IO.Path.Combine(served.Machine.Folder.FullName, "blobs-of-the-table"),
        };
        await using var host = ServerHost.Create(settings);

        var routes = host.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Pattern: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Role: RoleOf(endpoint))).Distinct();

        Assert.Equal(
            Least.Select(route => (Pattern: route.Key.Split(' ')[^1], Role: route.Value)).Order(),
            routes.Order());
    }

    [Fact]
    public async Task Every_role_gets_what_its_row_says_and_nothing_else()
    {
        var wrong = new List<string>();
        foreach (var role in Roles)
        {
            using var visitor = role.Length == 0 ? new Visitor(served.Address) : await served.SignedInAsync(role);
            foreach (var (route, least) in Least)
            {
                foreach (var method in Methods(route))
                {
                    // Without a token: what a role may do is refused for that reason (400) and what it may not for another (401, 403).
                    using var request = new HttpRequestMessage(new HttpMethod(method), Path(route)) { Headers = { { "Accept", "application/json" } } };
                    using var answer = await AnswerAsync(visitor, request);
                    var may = Array.IndexOf(Roles, role) >= Array.IndexOf(Roles, least);
                    var refused = answer.StatusCode == (role.Length == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden);
                    if (refused == may || (may && method == "POST" && answer.StatusCode != HttpStatusCode.BadRequest))
                    {
                        wrong.Add($"{(role.Length == 0 ? "nobody" : role)}: {method} {Path(route)} answers {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_nobody_mapped_is_closed_to_strangers_and_nothing_to_others()
    {
        using var stranger = new Visitor(served.Address);
        using var reader = await served.SignedInAsync("reader");

        Assert.Equal("/sign-in?to=%2Fno%2Fsuch", (await stranger.GetAsync("/no/such")).Headers.Location!.PathAndQuery);
        // The API's page for people is one of them; what programs ask for is not.
        Assert.Equal("/sign-in?to=%2Fapi%2Fv1%2Fdocs", (await stranger.GetAsync("/api/v1/docs")).Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/claims")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync(new(HttpMethod.Delete, "/no/such"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync(new(HttpMethod.Get, "/api/v1/no/such"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/no/such")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/api/v1/no/such")).StatusCode);
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_named_with_those_it_has_to_all_but_strangers()
    {
        using var stranger = new Visitor(served.Address);
        using var reader = await served.SignedInAsync("reader");
        foreach (var (path, allowed) in new[] { ("/queue", "GET, HEAD, POST"), ("/queue/live", "GET"), ("/api/v1/claims", "GET"), ("/api/v1/submissions", "GET, POST"), ("/mcp", "POST") })
        {
            // The browser's own ways to change something are stopped before, for want of a form token.
            using var answer = await reader.SendAsync(new(HttpMethod.Options, path));
            Assert.Equal((path, HttpStatusCode.MethodNotAllowed, allowed), (path, answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal))));
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync(new(HttpMethod.Options, path))).StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> AnswerAsync(Visitor visitor, HttpRequestMessage request)
    {
        try
        {
            return await visitor.BeginAsync(request);
        }
        catch (TaskCanceledException silent) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer to {request.Method} {request.RequestUri}.", silent);
        }
    }

    private static string RoleOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? ""
            : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).SingleOrDefault()?.Split(':')[0] ?? "NOBODY SAID";

    private static string[] Methods(string route) => route.Split(' ')[..^1];

    private static string Path(string route) => route.Split(' ')[^1]
        .Replace("{hash}", "0", StringComparison.Ordinal)
        .Replace("{name}", "none.css", StringComparison.Ordinal)
        .Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
        .Replace("{page:int}", "1", StringComparison.Ordinal);
}
