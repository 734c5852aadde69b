using System.Net;
using DocPipeline.EndToEnd.Tests.Browser;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Access.OpenId;

/// <summary>Signing in at a provider: who gets in, as whom, and as what.</summary>
[Collection(OpenIdMachine.Collection)]
public sealed class OpenIdTests(OpenIdMachine machine)
{
    [Fact]
    public async Task In_a_browser_a_link_leads_to_the_provider_and_back_to_where_the_person_wanted_to_go()
    {
        machine.Knows("browser-1", "b.rowser", "leads");
        await using var chrome = await Chrome.StartAsync();
        await using var person = await chrome.VisitAsync(machine.Served.Address, "/dashboard");

        await person.Page.ClickAsync("text=Sign in with Example SSO");
        await person.Page.ClickAsync("text=Agree");
        await person.Page.WaitForURLAsync("**/dashboard");

        Assert.Contains("b.rowser", await person.Page.TextContentAsync(".who"), StringComparison.Ordinal);
        await person.Page.ClickAsync("text=Sign out");
        await person.Page.WaitForURLAsync("**/sign-in");
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task The_first_sign_in_makes_an_account_with_the_greatest_role_of_the_groups_and_the_next_one_finds_it()
    {
        machine.Knows("first-1", "f.irst", "unknown", "staff", "cn=claims,ou=groups");
        using var visitor = new Visitor(machine.Served.Address);

        Assert.Equal("/account", await machine.SignInAsync(visitor, "/account"));
        Assert.Contains("You sign in with Example SSO", await visitor.ReadAsync("/account"), StringComparison.Ordinal);
        // The name at the provider may change: here the person stays who they are, for the audit and for the second pair of eyes.
        machine.Knows("first-1", "m.arried", "cn=claims,ou=groups");
        using var again = await machine.SignedInAsync();

        Assert.Contains("f.irst", await again.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(["f.irst|reviewer||first-1"], await machine.Machine.ListAsync("SELECT name, role, password_hash, subject FROM docpipeline.account WHERE subject = 'first-1'"));
        Assert.Equal(
            ["provider|account_added|f.irst as reviewer, subject first-1", "f.irst|signed_in|OpenID", "f.irst|signed_in|OpenID"],
            await machine.Machine.ListAsync("SELECT account, kind, detail FROM docpipeline.access_event WHERE detail LIKE '%first-1' OR (account = 'f.irst' AND kind = 'signed_in') ORDER BY id"));
    }

    [Fact]
    public async Task Two_first_sign_ins_at_once_make_one_account()
    {
        machine.Knows("twice-1", "t.wice", "staff");

        using var one = new Visitor(machine.Served.Address);
        using var other = new Visitor(machine.Served.Address);
        Assert.Equal(["/", "/"], await Task.WhenAll(machine.SignInAsync(one), machine.SignInAsync(other)));

        Assert.Equal(1L, await machine.Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.account WHERE subject = 'twice-1'"));
    }

    [Fact]
    public async Task Another_role_at_the_provider_counts_from_the_next_sign_in_and_ends_older_sessions()
    {
        machine.Knows("risen-1", "r.isen", "staff");
        using var before = await machine.SignedInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await before.GetAsync("/accounts")).StatusCode);

        machine.Knows("risen-1", "r.isen", "it");
        using var after = await machine.SignedInAsync();

        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/accounts")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await before.GetAsync("/queue")).StatusCode);
    }

    [Fact]
    public async Task Without_a_group_that_counts_nobody_gets_in_and_what_was_open_ends()
    {
        machine.Knows("leaver-1", "l.eaver", "staff");
        using var before = await machine.SignedInAsync();
        machine.Knows("leaver-1", "l.eaver", "pensioners");
        using var after = new Visitor(machine.Served.Address);
        Assert.Equal("/sign-in?problem=no-role", await machine.SignInAsync(after));
        machine.Knows("stranger-1", "s.tranger");
        using var stranger = new Visitor(machine.Served.Address);

        Assert.Equal("/sign-in?problem=no-role", await machine.SignInAsync(stranger));

        using var page = await stranger.GetAsync("/sign-in?problem=no-role");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("You are known there, but belong to no group", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await before.GetAsync("/queue")).StatusCode);
        Assert.Equal(0L, await machine.Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.account WHERE name = 's.tranger'"));
        Assert.Equal(["OpenID, no-role, subject stranger-1"], await machine.Machine.ListAsync("SELECT detail FROM docpipeline.access_event WHERE account = 's.tranger' AND kind = 'sign_in_refused'"));
    }

    [Fact]
    public async Task A_closed_account_stays_closed_whatever_the_provider_says()
    {
        machine.Knows("closed-1", "c.losed", "staff");
        using var before = await machine.SignedInAsync();
        Assert.Equal(0, (await machine.Machine.RunAsync("account", "close", "c.losed")).ExitCode);
        machine.Knows("closed-1", "c.losed", "it");
        using var after = new Visitor(machine.Served.Address);

        Assert.Equal("/sign-in?problem=closed", await machine.SignInAsync(after));

        Assert.Equal(HttpStatusCode.Redirect, (await before.GetAsync("/queue")).StatusCode);
        Assert.Equal(["reader"], await machine.Machine.ListAsync("SELECT role FROM docpipeline.account WHERE name = 'c.losed'"));
    }

    [Fact]
    public async Task A_name_or_an_address_is_nobody_and_an_operator_connects_the_two_accounts_of_one_person()
    {
        var password = await machine.Served.AddAsync("t.aken", "reader");
        machine.Knows("taken-1", "T.aken", "cn=claims,ou=groups");
        using var visitor = new Visitor(machine.Served.Address);
        Assert.Equal("/sign-in?problem=name-taken", await machine.SignInAsync(visitor));

        var linked = await machine.Machine.RunAsync("account", "link", "t.aken", "--subject", "taken-1");
        Assert.True(linked.ExitCode == 0, linked.Errors);
        using var person = await machine.SignedInAsync();

        Assert.Contains("t.aken", await person.ReadAsync("/account"), StringComparison.Ordinal);
        // One door for one person: the password is gone, and the role is the provider's.
        using var old = new Visitor(machine.Served.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await old.SignInAsync("t.aken", password)).StatusCode);
        Assert.Equal(1, (await machine.Machine.RunAsync("account", "password", "t.aken")).ExitCode);
        Assert.Equal(1, (await machine.Machine.RunAsync("account", "role", "t.aken", "--role", "admin")).ExitCode);
        Assert.Contains("reviewer   t.aken, by the sign-in service", (await machine.Machine.RunAsync("account", "list")).Lines);
        // Nor can the same person be two accounts, or another person this one.
        Assert.Equal(1, (await machine.Machine.RunAsync("account", "link", "a-reader", "--subject", "taken-1")).ExitCode);
        machine.Knows("taken-2", "t.aken", "it");
        Assert.Equal("/sign-in?problem=name-taken", await machine.SignInAsync(visitor));
    }

    [Fact]
    public async Task Names_cannot_look_like_others_nor_break_anything()
    {
        foreach (var (subject, name, expected) in new[]
        {
            ("odd-1", " operator root ", "operator.root"),
            ("odd-2", "in\u202evisi\u200bble\u0000", "invisible"),
            ("odd-3", null, "odd-3"),
            ("odd-4", "<b>'; --", "<b>';.--"),
            ("odd-5", new string('x', 99) + "\U0001F600\U0001F600", new string('x', 99)),
        })
        {
            machine.Knows(subject, name, "staff");
            using var visitor = await machine.SignedInAsync();
            Assert.Equal([expected], await machine.Machine.ListAsync($"SELECT name FROM docpipeline.account WHERE subject = '{subject}'"));
        }
    }

    [Fact]
    public async Task By_its_public_address_cookies_are_for_TLS_only_and_the_way_back_begins_with_it()
    {
        using var visitor = new Visitor(machine.Served.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in/openid") { Headers = { Host = "claims.example.org" } };
        using var begun = await visitor.SendAsync(request);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "rebound.example.net" } };

        Assert.Contains("redirect_uri=https%3A%2F%2Fclaims.example.org%2Fsign-in%2Fopenid%2Fcallback&", begun.Headers.Location!.Query, StringComparison.Ordinal);
        var cookie = Assert.Single(begun.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("docpipeline-openid.", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(foreign)).StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_the_address_on_record_is_that_of_who_asked_it()
    {
        machine.Knows("far-1", "f.ar", "staff");
        using var visitor = new Visitor(machine.Served.Address);
        var back = await machine.ComeBackAsync(visitor);
        using var request = new HttpRequestMessage(HttpMethod.Get, back) { Headers = { { "X-Forwarded-For", "198.51.100.66, 192.0.2.77" } } };
        using var end = await visitor.SendAsync(request);

        // The last one was added by the proxy; those before it anybody could have written.
        Assert.Equal("/", end.Headers.Location!.ToString());
        Assert.Equal(["192.0.2.77"], await machine.Machine.ListAsync("SELECT address FROM docpipeline.access_event WHERE account = 'f.ar' AND kind = 'signed_in'"));
    }

    [Fact]
    public async Task Half_a_provider_is_none()
    {
        machine.Knows("half-1", "h.alf", "staff");
        var settings = new Dictionary<string, string?>(machine.Machine.Settings)
        {
            ["DOCPIPELINE_OPENID_CLIENT_SECRET"] = "",
            ["DOCPIPELINE_OPENID_TOKEN_ENDPOINT"] = "http://sso.example.org/token",
            ["DOCPIPELINE_OPENID_ROLES"] = "staff=boss",
            ["DOCPIPELINE_PUBLIC_ADDRESS"] = "http://claims.example.org",
        };

        await using var program = ServerProgram.Start(settings, "account", "list");
        var end = await program.EndAsync();

        Assert.Equal(3, end.ExitCode);
        foreach (var name in new[] { "CLIENT_SECRET is missing", "TOKEN_ENDPOINT must be an address with https://", "ROLES must be groups and their roles" })
        {
            Assert.Contains("DOCPIPELINE_OPENID_" + name, end.Errors, StringComparison.Ordinal);
        }

        Assert.Contains("DOCPIPELINE_PUBLIC_ADDRESS must be https://", end.Errors, StringComparison.Ordinal);
    }
}
