using System.Net;
using DocPipeline.EndToEnd.Tests.Machine;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.EndToEnd.Tests.Access.OpenId;

/// <summary>Whatever goes wrong at the provider or on the way: a page says so, nobody is in, nothing has changed.</summary>
[Collection(OpenIdMachine.Collection)]
public sealed class OpenIdFaultTests(OpenIdMachine machine)
{
    /// <summary>What the provider does, and what the person is told.</summary>
    private static readonly Dictionary<string, (string Path, Func<HttpContext, Task> Answer, string Problem)> Faults = new()
    {
        ["a token endpoint that fails"] = ("/token", Says(503, "<h1>maintenance</h1>"), "unreachable"),
        ["a userinfo endpoint that fails"] = ("/userinfo", Says(500, "{}"), "unreachable"),
        ["a connection that breaks"] = ("/userinfo", Break, "unreachable"),
        ["an expired code"] = ("/token", Says(400, """{"error": "invalid_grant", "error_description": "expired"}"""), "expired"),
        ["a wrong secret"] = ("/token", Says(401, """{"error": "invalid_client"}"""), "senseless"),
        ["a refusal in HTML"] = ("/token", Says(403, "<h1>no</h1>"), "senseless"),
        ["a token endpoint that leads elsewhere"] = ("/token", LeadElsewhere, "senseless"),
        ["a userinfo endpoint that leads elsewhere"] = ("/userinfo", LeadElsewhere, "senseless"),
        ["HTML for a token"] = ("/token", Says(200, "<h1>welcome</h1>"), "senseless"),
        ["a list for a token"] = ("/token", Says(200, "[1, 2]"), "senseless"),
        ["no token"] = ("/token", Says(200, "{}"), "senseless"),
        ["a token that is no header"] = ("/token", Says(200, """{"access_token": "a\r\nX-Evil: b"}"""), "senseless"),
        ["a token that the userinfo endpoint does not know"] = ("/token", Says(200, """{"access_token": "another"}"""), "senseless"),
        ["nobody"] = ("/userinfo", Says(200, """{"groups": ["it"]}"""), "senseless"),
        ["a number for a person"] = ("/userinfo", Says(200, """{"sub": 1, "groups": ["it"]}"""), "senseless"),
        ["two persons"] = ("/userinfo", Says(200, """{"sub": "fault-1", "sub": "fault-2", "groups": ["it"]}"""), "senseless"),
        ["a list for a person"] = ("/userinfo", Says(200, """["fault-1"]"""), "senseless"),
        ["half a character"] = ("/userinfo", Says(200, """{"sub": "fault-\ud800", "groups": ["it"]}"""), "senseless"),
        ["a subject without end"] = ("/userinfo", Says(200, $$"""{"sub": "{{new string('1', 256)}}", "groups": ["it"]}"""), "senseless"),
        ["a subject with a nought"] = ("/userinfo", Says(200, """{"sub": "fault-\u0000", "groups": ["it"]}"""), "senseless"),
        ["a thousand brackets"] = ("/userinfo", Says(200, new string('[', 1000)), "senseless"),
        ["a megabyte"] = ("/userinfo", Says(200, "{\"sub\": \"" + new string('1', 1_000_000) + "\"}"), "senseless"),
        ["a megabyte for a token"] = ("/token", Says(200, "{\"access_token\": \"" + new string('1', 1_000_000) + "\"}"), "senseless"),
        ["groups of another shape"] = ("/userinfo", Says(200, """{"sub": "fault-1", "groups": {"it": true}}"""), "no-role"),
        ["groups among others"] = ("/userinfo", Says(200, """{"sub": "fault-1", "groups": [1, null, ["it"], "IT", "it "]}"""), "no-role"),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_faulty_provider_lets_nobody_in(string fault)
    {
        var (path, answer, problem) = Faults[fault];
        machine.Knows("fault-1", "f.ault", "it");
        machine.Service.Instead = (path, answer);
        try
        {
            using var visitor = new Visitor(machine.Served.Address);
            await RefusedAsync(visitor, await machine.SignInAsync(visitor), problem);
        }
        finally
        {
            machine.Service.Instead = null;
        }
    }

    [Fact]
    public async Task Who_does_not_agree_is_not_in()
    {
        machine.Knows("fault-1", "f.ault", "it");
        using var visitor = new Visitor(machine.Served.Address);

        await RefusedAsync(visitor, await machine.SignInAsync(visitor, answer: "/deny?"), "denied");
    }

    [Fact]
    public async Task A_way_back_counts_once_and_in_the_browser_that_began_it()
    {
        machine.Knows("way-1", "w.ay", "staff");
        using var visitor = new Visitor(machine.Served.Address);
        using var thief = new Visitor(machine.Served.Address);
        var back = (await machine.ComeBackAsync(visitor)).ToString();

        // Somebody else's code in this browser, this browser's code in another one, a state that was touched, none at all.
        await RefusedAsync(thief, await LeadAsync(thief, back), "foreign");
        await RefusedAsync(visitor, await LeadAsync(visitor, back.Replace("state=C", "state=D", StringComparison.Ordinal)), "foreign");
        await RefusedAsync(visitor, await LeadAsync(visitor, "/sign-in/openid/callback?code=1"), "foreign");
        Assert.Equal("/", await LeadAsync(visitor, back));
        Assert.Equal("/sign-in?problem=foreign", await LeadAsync(visitor, back));
    }

    [Fact]
    public async Task The_provider_is_not_asked_for_who_has_failed_too_often()
    {
        machine.Knows("brake-1", "b.rake", "staff");
        await machine.Machine.ExecuteAsync("INSERT INTO docpipeline.access_event (account, address, kind) SELECT 'x', '127.0.0.1', 'sign_in_tried' FROM generate_series(1, 60)");
        using var visitor = new Visitor(machine.Served.Address);
        var asked = 0;
        machine.Service.Instead = ("/token", Count);

        var end = await machine.SignInAsync(visitor);

        machine.Service.Instead = null;
        await machine.Machine.ExecuteAsync("UPDATE docpipeline.access_event SET at = at - interval '16 minutes'");
        Assert.Equal(("/sign-in?problem=too-many", 0), (end, asked));
        using var later = await machine.SignedInAsync();

        Task Count(HttpContext context)
        {
            asked++;
            return Says(500, "")(context);
        }
    }

    [Fact]
    public async Task Only_a_page_of_this_server_comes_after_the_sign_in()
    {
        machine.Knows("to-1", "t.o", "staff");
        foreach (var to in new[] { "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "javascript:alert(1)" })
        {
            using var visitor = new Visitor(machine.Served.Address);
            Assert.Equal("/", await machine.SignInAsync(visitor, to));
        }
    }

    [Fact]
    public async Task Neither_a_provider_that_never_answers_nor_one_that_nobody_vouches_for_lets_anybody_in()
    {
        machine.Knows("fault-1", "f.ault", "it");
        using var certificate = SignInService.SelfSigned();
        await using var impostor = await SignInService.StartAsync(certificate);
        impostor.Instead = ("/userinfo", Says(200, """{"sub": "fault-1", "groups": ["it"]}"""));
        var settings = new Dictionary<string, string?>(machine.Machine.Settings)
        {
            ["DOCPIPELINE_OPENID_USERINFO_ENDPOINT"] = impostor.Address + "/userinfo",
            ["DOCPIPELINE_OPENID_TIMEOUT_SECONDS"] = "1",
        };
        var (program, page) = await machine.Machine.ServeAsync(settings);
        await using var second = program;
        using var _ = page;
        using var visitor = new Visitor(page.BaseAddress!);

        await RefusedAsync(visitor, await machine.SignInAsync(visitor), "unreachable");
        machine.Service.Instead = ("/token", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var late = await machine.SignInAsync(visitor);
        machine.Service.Instead = null;
        await RefusedAsync(visitor, late, "unreachable");
    }

    private async Task RefusedAsync(Visitor visitor, string end, string problem)
    {
        Assert.Equal("/sign-in?problem=" + problem, end);
        using var page = await visitor.GetAsync(end);
        Assert.InRange((int)page.StatusCode, 400, 502);
        Assert.Contains("role=\"alert\"", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var queue = await visitor.GetAsync("/queue");
        Assert.Equal(HttpStatusCode.Redirect, queue.StatusCode);
        Assert.Equal(0L, await machine.Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.account WHERE subject LIKE 'fault%' OR name LIKE 'f.ault%'"));
    }

    private static async Task<string> LeadAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        return answer.Headers.Location!.ToString();
    }

    private static Func<HttpContext, Task> Says(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    private static Task LeadElsewhere(HttpContext context)
    {
        context.Response.Redirect("http://127.0.0.1:9/");
        return Task.CompletedTask;
    }

    private static Task Break(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
