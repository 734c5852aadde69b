using System.Net;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Access;

/// <summary>What a browser must not do for somebody else.</summary>
public sealed class BrowserGuardTests(ServedMachine served) : IClassFixture<ServedMachine>
{
    [Fact]
    public async Task Without_the_token_of_a_page_nothing_is_changed()
    {
        using var admin = await served.SignedInAsync("admin");
        using var another = await served.SignedInAsync("reader");
        var foreign = await another.TokenAsync("/account");

        var none = await admin.PostAsync("/accounts?handler=Add", token: null, ("name", "forged"), ("role", "admin"));
        var others = await admin.PostAsync("/accounts?handler=Add", foreign, ("name", "forged"), ("role", "admin"));
        var door = await new Visitor(served.Address).PostAsync("/sign-in", token: null, ("name", "admin"), ("password", served.AdminPassword));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (none.StatusCode, others.StatusCode, door.StatusCode));
        Assert.Equal(0L, await served.Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.account WHERE name = 'forged'"));
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/accounts?handler=Add", await admin.TokenAsync("/accounts"), ("name", "wanted"), ("role", "reader"))).StatusCode);
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_code_frames_and_guessing_of_types()
    {
        using var admin = await served.SignedInAsync("admin");
        foreach (var path in (string[])["/sign-in", "/accounts", "/account", "/status", "/healthz", "/no/such", "/problem"])
        {
            using var answer = await admin.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task No_page_has_script_or_style_in_itself()
    {
        using var admin = await served.SignedInAsync("admin");
        foreach (var path in (string[])["/sign-in", "/accounts", "/account", "/status", "/problem"])
        {
            var html = path == "/sign-in" ? await new Visitor(served.Address).ReadAsync(path) : await admin.ReadAsync(path);
            Assert.DoesNotContain("style=", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", html);
            Assert.DoesNotMatch(@"\son[a-z]+=", html);
        }
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var visitor = new Visitor(served.Address);
        var page = await visitor.GetAsync("/sign-in");
        var answer = await visitor.SignInAsync("a-reader", served.Passwords["reader"]);

        var form = page.Headers.GetValues("Set-Cookie").Single();
        var session = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("docpipeline-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", form, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", form, StringComparison.Ordinal);
        Assert.Contains("httponly", session, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", session, StringComparison.Ordinal);
    }
}
