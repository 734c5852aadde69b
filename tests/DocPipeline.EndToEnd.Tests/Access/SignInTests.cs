using System.Net;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Access;

/// <summary>Getting in, staying in, being put out.</summary>
public sealed class SignInTests(ServedMachine served) : IClassFixture<ServedMachine>
{
    [Fact]
    public async Task The_first_admins_password_is_said_once_and_opens_the_door()
    {
        using var admin = await Visitor.SignedInAsync(served.Address, "admin", served.AdminPassword);
        Assert.Contains("a-reviewer", await admin.ReadAsync("/accounts"), StringComparison.Ordinal);

        var (again, page) = await served.Machine.ServeAsync();
        await using var second = again;
        using var _ = page;
        // The keys of cookies are in the database: the second process takes the first one's cookie, and says no password.
        using var answer = await admin.GetAsync(new Uri(page.BaseAddress!, "/accounts").ToString());
        Assert.DoesNotContain("password", again.Output, StringComparison.Ordinal);
        Assert.Contains(served.AdminPassword, served.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_are_kept_as_salted_hashes_only()
    {
        var hashes = await served.Machine.ListAsync("SELECT password_hash FROM docpipeline.account");

        Assert.True(hashes.Count >= 5);
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        // The framework's third format: 0x01, then HMAC-SHA512 as 2, then the rounds.
        Assert.All(hashes, hash => Assert.Equal("01000000020003345000000010", Convert.ToHexString(Convert.FromBase64String(hash))[..26]));
    }

    [Fact]
    public async Task Five_wrong_passwords_close_the_door_for_that_name_also_to_the_right_one_and_to_nobody_else()
    {
        var password = await served.AddAsync("guessed", "reader");
        using var guesser = new Visitor(served.Address);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add((await guesser.SignInAsync("Guessed", $"wrong-{i}")).StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5), HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SignInAsync("guessed", password)).StatusCode);
        using var other = await served.SignedInAsync("reader");

        // Time passes.
        await served.Machine.ExecuteAsync("UPDATE docpipeline.access_event SET at = at - interval '16 minutes' WHERE account IN ('Guessed', 'guessed')");
        Assert.Equal(HttpStatusCode.Redirect, (await guesser.SignInAsync("guessed", password)).StatusCode);
    }

    [Fact]
    public async Task Forty_guesses_at_once_get_no_further_than_five_one_after_the_other()
    {
        await served.AddAsync("stormed", "reader");
        using var visitor = new Visitor(served.Address);
        var token = await visitor.TokenAsync("/sign-in");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => visitor.PostAsync("/sign-in", token, ("name", "stormed"), ("password", $"wrong-{i}"))));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(35, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        await served.Machine.ExecuteAsync("UPDATE docpipeline.access_event SET at = at - interval '16 minutes' WHERE account = 'stormed'");
    }

    [Fact]
    public async Task The_sign_in_page_leads_to_pages_of_this_server_only()
    {
        using var reader = new Visitor(served.Address);
        Assert.Equal("/", (await reader.SignInAsync("a-reader", served.Passwords["reader"], "https://elsewhere.example/")).Headers.Location!.ToString());
        using var other = new Visitor(served.Address);
        Assert.Equal("/account", (await other.SignInAsync("a-reader", served.Passwords["reader"], "/account")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var reader = await served.SignedInAsync("reader");

        var answer = await reader.PostAsync("/sign-out", await reader.TokenAsync("/status"));

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await reader.GetAsync("/status")).StatusCode);
    }

    [Fact]
    public async Task Closing_an_account_a_new_role_and_a_new_password_end_its_sessions_at_once()
    {
        foreach (var change in (string[][])[["role", "passing", "--role", "reader"], ["password", "passing"], ["close", "passing"]])
        {
            var password = change[0] == "role"
                ? await served.AddAsync("passing", "admin")
                : (await served.Machine.RunAsync("account", "password", "passing")).Output.Trim();
            using var visitor = await Visitor.SignedInAsync(served.Address, "passing", password);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).StatusCode);

            var changed = await served.Machine.RunAsync(["account", .. change]);

            Assert.True(changed.ExitCode == 0, changed.Errors);
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/account")).StatusCode);
        }

        using var closed = new Visitor(served.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await closed.SignInAsync("passing", (await served.Machine.RunAsync("account", "password", "passing")).Output.Trim())).StatusCode);
    }

    [Fact]
    public async Task A_person_changes_the_password_and_other_browsers_are_signed_out()
    {
        var password = await served.AddAsync("changing", "reader");
        using var here = await Visitor.SignedInAsync(served.Address, "changing", password);
        using var elsewhere = await Visitor.SignedInAsync(served.Address, "changing", password);

        var wrong = await here.PostAsync("/account", await here.TokenAsync("/account"), ("old", "not it"), ("new", "a new long password"));
        var small = await here.PostAsync("/account", await here.TokenAsync("/account"), ("old", password), ("new", "short"));
        var right = await here.PostAsync("/account", await here.TokenAsync("/account"), ("old", password), ("new", "a new long password"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK), (wrong.StatusCode, small.StatusCode, right.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
        using var later = await Visitor.SignedInAsync(served.Address, "changing", "a new long password");
    }

    [Fact]
    public async Task Accounts_are_managed_on_their_page()
    {
        using var admin = await served.SignedInAsync("admin");
        var added = await admin.PostAsync("/accounts?handler=Add", await admin.TokenAsync("/accounts"), ("name", "from-page"), ("role", "reviewer"));
        var twice = await admin.PostAsync("/accounts?handler=Add", await admin.TokenAsync("/accounts"), ("name", "From-Page"), ("role", "reviewer"));

        var html = await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var password = html.Split("<code>")[1].Split("</code>")[0];
        using var person = await Visitor.SignedInAsync(served.Address, "from-page", password);

        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Equal(
            ["account_added|from-page as reviewer"],
            await served.Machine.ListAsync("SELECT kind, detail FROM docpipeline.access_event WHERE account = 'a-admin' AND kind = 'account_added'"));
    }
}
