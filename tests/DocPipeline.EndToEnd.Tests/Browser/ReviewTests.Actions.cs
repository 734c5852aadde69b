using System.Net;
using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using Microsoft.Playwright;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>Documents that a person has read anew, or sends back.</summary>
public sealed partial class ReviewTests
{
    [Fact]
    public async Task A_document_gets_another_type_by_keyboard_alone_and_what_was_typed_stays()
    {
        var id = await review.HandInInvoiceAsync("TYPE-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        await person.PressAsync("Enter");
        await person.PressAsync("Enter");
        Assert.Equal("f-document_date", await person.FocusAsync());
        await person.Page.Keyboard.TypeAsync("2026-02-01");

        await person.PressAsync("F4");
        Assert.Equal("type-1", await person.FocusAsync());
        await person.ScreenshotAsync("workbench-change-type");
        await person.Page.Keyboard.TypeAsync("rec");
        Assert.Equal("receipt", await person.Page.InputValueAsync("#type-1"));
        await person.PressAsync("Enter");
        Assert.Equal("read-again", await person.FocusAsync());
        await person.PressAsync("Enter");

        // The page shows by itself when the document has been read.
        await Assertions.Expect(person.Page.Locator("#fields h2").First).ToContainTextAsync("Receipt");
        await person.Page.WaitForSelectorAsync("#approve");
        await person.WorkbenchAsync();
        Assert.Equal("2026-02-01", await person.Page.InputValueAsync("#f-document_date"));
        await person.PressAsync("Control+Enter");
        await review.UntilStateAsync(id, "reviewed");

        Assert.Equal(
            ["processing|intake|||", "needs_review|pipeline|||", "processing|a-reviewer|invoice|receipt|2026-02-01", "needs_review|pipeline|||", "reviewed|a-reviewer|||"],
            await review.Machine.ListAsync(
                $$"""SELECT to_state, by, detail #>> '{before,documents,0,type}', detail #>> '{documents,0,type}', detail #>> '{kept,0,value}' FROM docpipeline.audit WHERE submission_id = '{{id}}' ORDER BY seq"""));
        Assert.Equal(["receipt"], await review.Machine.ListAsync($"SELECT type FROM docpipeline.documents_v1 WHERE submission_id = '{id}'"));
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task Pages_are_merged_and_split_by_a_plain_form_and_each_time_read_anew()
    {
        var id = await HandInPacketAsync("regroup.pdf");
        var before = await DocumentsAsync(id);
        var pages = before.SelectMany(document => document.Split('|')[1].Trim('{', '}').Split(',')).Select(int.Parse).Order().ToList();
        Assert.True(before.Count > 1, "The packet was not split.");
        using var visitor = await review.Served.SignedInAsync("reviewer");

        using var merged = await PostAsync(visitor, id, 2, pages.Select(page => ($"document.{page}", "1")), ("type.1", "police_report"));
        await UntilReadAsync(id, 4);
        Assert.Equal([$"police_report|{{{string.Join(',', pages)}}}"], await DocumentsAsync(id));
        using var split = await PostAsync(visitor, id, 4, pages.Select(page => ($"document.{page}", page == pages[^1] ? "2" : "1")), ("type.1", "invoice"), ("type.2", "other"));
        await UntilReadAsync(id, 6);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (merged.StatusCode, split.StatusCode));
        Assert.Equal([$"invoice|{{{string.Join(',', pages[..^1])}}}", $"other|{{{pages[^1]}}}"], await DocumentsAsync(id));
        Assert.Equal(["regroup|2", "regroup|4"], await review.Machine.ListAsync($"SELECT kind, version FROM docpipeline.review_action WHERE submission_id = '{id}' ORDER BY id"));
        Assert.Equal(2L, await review.Machine.QueryAsync<long>($"SELECT count(*) FROM durable.inbox WHERE instance_id = '{id}'"));
    }

    [Fact]
    public async Task Before_anything_goes_that_was_typed_the_person_is_told_what()
    {
        var id = await HandInPacketAsync("told.pdf");
        var pages = (await DocumentsAsync(id)).SelectMany(document => document.Split('|')[1].Trim('{', '}').Split(',')).ToList();
        using var visitor = await review.Served.SignedInAsync("reviewer");
        (string, string)[] merge = [("type.1", "receipt"), ("cell.0.line_items.1.amount", "1000.00"), ("value.total_amount", "77.00")];

        using var asked = await PostAsync(visitor, id, 2, pages.Select(page => ($"document.{page}", "1")), merge);
        using var same = await PostAsync(visitor, id, 2, [], [.. (await review.Machine.ListAsync($"SELECT 'document.' || page, document + 1 FROM docpipeline.documents_v1, unnest(pages) AS page WHERE submission_id = '{id}'")).Select(Pair), .. (await review.Machine.ListAsync($"SELECT 'type.' || document + 1, type FROM docpipeline.documents_v1 WHERE submission_id = '{id}'")).Select(Pair)]);
        using var lost = await PostAsync(visitor, id, 2, pages.Skip(1).Select(page => ($"document.{page}", "1")), merge);
        using var done = await PostAsync(visitor, id, 2, pages.Select(page => ($"document.{page}", "1")), [.. merge, ("going", "one cell of a table")]);
        await UntilReadAsync(id, 4);

        Assert.Contains("would go, because they are read anew: one cell of a table.", await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("The documents are as before", await same.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("needs the number of its document", await lost.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal("77.00|person", Assert.Single(await review.Machine.ListAsync($"SELECT value, source FROM docpipeline.claim_fields_v1 WHERE submission_id = '{id}' AND name = 'total_amount'")));
    }

    [Fact]
    public async Task Of_twenty_presses_that_regroup_and_approve_at_once_one_counts()
    {
        var id = await review.HandInInvoiceAsync("STORM-2");
        using var visitor = await review.Served.SignedInAsync("reviewer");
        var token = await visitor.TokenAsync($"/review/{id}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => visitor.PostAsync(
            $"/review/{id}", token, ("version", "2"), ("decision", i % 2 == 0 ? "regroup" : "approve"), ("document.1", "1"), ("type.1", "receipt"))));
        await review.UntilAsync($"SELECT NOT EXISTS (SELECT FROM docpipeline.review_pending WHERE submission_id = '{id}') AND (SELECT state <> 'processing' FROM docpipeline.submissions_v1 WHERE submission_id = '{id}')", "it is carried out");

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect));
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1L, await review.Machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.review_action WHERE submission_id = '{id}'"));
        Assert.Equal(1L, await review.Machine.QueryAsync<long>($"SELECT count(*) FROM durable.inbox WHERE instance_id = '{id}'"));
    }

    [Fact]
    public async Task What_is_sent_back_tells_its_sender_why_and_the_next_version_names_it()
    {
        var id = await review.HandInInvoiceAsync("BACK-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();

        await person.PressAsync("F8");
        await person.Page.SelectOptionAsync("[name=reason]", "Incomplete: please send all pages.");
        await person.Page.FillAsync("[name=note]", "Page 2 is missing.");
        await person.Page.ClickAsync("#send-back");
        await review.UntilStateAsync(id, "rejected");
        using var sender = await review.Served.SignedInAsync("reader");
        var told = JsonElement.Parse(await sender.ReadAsync($"/api/v1/submissions/{id}"));
        var better = await review.HandInInvoiceAsync("BACK-1");
        var next = JsonElement.Parse(await sender.ReadAsync($"/api/v1/submissions/{better}"));

        Assert.Equal(("rejected", "sent_back", "Incomplete: please send all pages. Page 2 is missing."), (told.GetProperty("state").GetString(), told.GetProperty("reason_code").GetString(), told.GetProperty("reason").GetString()));
        Assert.NotEqual(id, better);
        Assert.Equal(id, next.GetProperty("replaces").GetString());
        await person.OpenAsync(better);
        await Assertions.Expect(person.Page.Locator(".case")).ToContainTextAsync("in the place of one that was sent back");
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task The_second_person_returns_a_claim_to_the_first_by_keyboard_alone_and_it_goes_on_from_there()
    {
        var id = await review.HandInLargeClaimAsync("RETURN-1");
        using (var first = await review.Served.SignedInAsync("reviewer"))
        {
            using var approved = await first.PostAsync($"/review/{id}", await first.TokenAsync($"/review/{id}"), ("version", "2"), ("decision", "approve"), ("value.date_of_loss", "2026-04-03"));
            Assert.Equal(HttpStatusCode.Redirect, approved.StatusCode);
        }

        await using var second = await review.SignInAsync("supervisor", $"/review/{id}");
        await second.WorkbenchAsync();
        await second.PressAsync("F9");
        Assert.Equal("note", await second.Page.EvaluateAsync<string>("() => document.activeElement.name"));
        await second.Page.Keyboard.TypeAsync("The date is that of the letter.");
        await second.ScreenshotAsync("workbench-return");
        await second.PressAsync("F9");
        await review.UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.review_action WHERE submission_id = '{id}' AND kind = 'return')", "it is returned");

        await using var author = await review.SignInAsync("reviewer", "/queue?mine=true");
        await Assertions.Expect(author.Page.Locator("tr", new() { HasText = "RETURN-1" })).ToContainTextAsync("back to a-reviewer, from a-supervisor");
        await author.Page.ClickAsync("#next");
        await author.WorkbenchAsync();
        Assert.Contains(id, author.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(author.Page.Locator(".case")).ToContainTextAsync("a-supervisor has returned it to a-reviewer: The date is that of the letter.");
        Assert.Equal("2026-04-03", await author.Page.InputValueAsync("#f-date_of_loss"));
        await author.Page.FillAsync("#f-date_of_loss", "2026-03-04");
        await author.PressAsync("Control+Enter");
        await review.UntilAsync($"SELECT count(*) = 2 FROM docpipeline.review_action WHERE submission_id = '{id}' AND kind = 'first_approval'", "it is approved anew");
        Assert.Equal("needs_review", await review.StateAsync(id));

        await second.OpenAsync(id);
        Assert.Equal("2026-03-04", await second.Page.InputValueAsync("#f-date_of_loss"));
        await second.PressAsync("Control+Enter");
        await review.UntilStateAsync(id, "reviewed");

        Assert.Equal(
            ["first_approval|a-reviewer|", "return|a-supervisor|a-reviewer", "first_approval|a-reviewer|", "approve|a-supervisor|a-reviewer"],
            await review.Machine.ListAsync($"SELECT kind, by, first_by FROM docpipeline.review_action WHERE submission_id = '{id}' ORDER BY id"));
        Assert.Equal(1L, await review.Machine.QueryAsync<long>($"SELECT count(*) FROM durable.inbox WHERE instance_id = '{id}'"));
        Assert.Empty(second.Complaints.Concat(author.Complaints));
    }

    [Fact]
    public async Task A_first_approval_and_a_return_are_in_the_chain_of_the_audit_and_nobody_hears_of_them_but_people()
    {
        var id = await review.HandInLargeClaimAsync("RETURN-3");
        using var first = await review.Served.SignedInAsync("reviewer");
        using var second = await review.Served.SignedInAsync("supervisor");
        using var approved = await DecideAsync(first, "approve", "0");
        using var returned = await DecideAsync(second, "return", await NewestAsync());
        using var anew = await DecideAsync(first, "approve", "0");
        using var ended = await DecideAsync(second, "approve", await NewestAsync());
        await review.UntilStateAsync(id, "reviewed");
        Assert.Empty(await FaultsAsync(""));

        Assert.Equal(["submission.processing", "submission.needs_review", "submission.reviewed"], await review.Machine.ListAsync($"SELECT topic FROM docpipeline.outbox WHERE submission_id = '{id}' ORDER BY id"));
        Assert.Equal(["2 an action is not as it was written"], await FaultsAsync($"UPDATE docpipeline.review_action SET note = 'Fine.' WHERE submission_id = '{id}' AND kind = 'return'"));
        Assert.Equal(["2 an action does not follow what was before it"], await FaultsAsync($"DELETE FROM docpipeline.review_action WHERE submission_id = '{id}' AND kind = 'return'"));
        Assert.Equal(["3 the row does not follow the one before it"], await FaultsAsync($"DELETE FROM docpipeline.review_action WHERE submission_id = '{id}'"));
        Assert.Equal(
            ["2 an action does not follow what was before it", "2 an action is not as it was written"],
            (await FaultsAsync($"UPDATE docpipeline.review_action SET prev_hash = NULL, hash = NULL WHERE submission_id = '{id}' AND kind = 'return'")).Distinct());

        async Task<HttpResponseMessage> DecideAsync(Visitor who, string decision, string approval)
        {
            var answer = await who.PostAsync(
                $"/review/{id}", await who.TokenAsync($"/review/{id}"), ("version", "2"), ("approval", approval), ("decision", decision), ("value.date_of_loss", "2026-04-03"), ("note", "Look again."));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            return answer;
        }

        Task<string> NewestAsync() => review.Machine.QueryAsync<string>($"SELECT max(id)::text FROM docpipeline.review_action WHERE submission_id = '{id}'");

        // What an owner does who can switch off triggers; none of it is committed.
        async Task<IReadOnlyList<string>> FaultsAsync(string tampering)
        {
            await using var connection = await review.Machine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var command = new Npgsql.NpgsqlCommand(
                $"ALTER TABLE docpipeline.review_action DISABLE TRIGGER USER; ALTER TABLE docpipeline.review_action DROP CONSTRAINT review_action_returned_known; {tampering}", connection, transaction);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            command.CommandText = $"SELECT concat_ws(' ', seq, problem) FROM ({Server.Check.Invariants.All.Single(one => one.Name == "audit_chain_holds").Sql}) fault WHERE submission_id = '{id}' ORDER BY 1";
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var faults = new List<string>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                faults.Add(reader.GetString(0));
            }

            return faults;
        }
    }

    [Fact]
    public async Task A_return_without_a_note_is_refused_and_who_approved_first_is_offered_none()
    {
        var id = await review.HandInLargeClaimAsync("RETURN-2");
        await using var first = await review.SignInAsync("reviewer", $"/review/{id}");
        await first.Page.ClickAsync("#approve");
        await review.UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.review_action WHERE submission_id = '{id}')", "the first approval is recorded");
        await first.OpenAsync(id);
        Assert.Equal(0, await first.Page.Locator("#return").CountAsync());
        await review.Machine.ExecuteAsync("DELETE FROM docpipeline.review_assignment");

        await using var second = await review.SignInAsync("supervisor", $"/review/{id}");
        await second.Page.ClickAsync("text=Return to a-reviewer");
        await Assertions.Expect(second.Page.Locator("[role=alert]")).ToContainTextAsync("needs a note that says what to look at");

        Assert.Equal(["first_approval"], await review.Machine.ListAsync($"SELECT kind FROM docpipeline.review_action WHERE submission_id = '{id}'"));
    }

    [Fact]
    public async Task What_cannot_be_decided_is_answered_in_words_for_people()
    {
        var id = await review.HandInLargeClaimAsync("WORDS-1");
        using var visitor = await review.Served.SignedInAsync("reviewer");

        using var answer = await visitor.PostAsync($"/review/{id}", await visitor.TokenAsync($"/review/{id}"), ("version", "2"), ("decision", "return"), ("note", "Look again."));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Nobody has approved it: there is nobody to return it to.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", page, StringComparison.Ordinal);
    }

    private static (string, string) Pair(string row) => (row.Split('|')[0], row.Split('|')[1]);

    private async Task<string> HandInPacketAsync(string name)
    {
        // One byte more: the same bytes would be a duplicate.
        await using (var file = File.Create(Path.Combine(review.Machine.Bucket, name)))
        {
            await file.WriteAsync(await File.ReadAllBytesAsync(Path.Combine(ServerMachine.Samples, "packet.pdf"), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"\n% {name}\n"), TestContext.Current.CancellationToken);
        }

        await review.UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE key = '{name}' AND state = 'needs_review')", "the packet waits for a person");
        return await review.Machine.QueryAsync<string>($"SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = '{name}'");
    }

    private static async Task<HttpResponseMessage> PostAsync(Visitor visitor, string id, int version, IEnumerable<(string, string)> pages, params (string, string)[] more) =>
        await visitor.PostAsync($"/review/{id}", await visitor.TokenAsync($"/review/{id}"), [("version", $"{version}"), ("decision", "regroup"), .. pages, .. more]);

    private Task UntilReadAsync(string id, int version) => review.UntilAsync(
        $"SELECT (SELECT max(seq) FROM docpipeline.audit WHERE submission_id = '{id}') = {version} AND state = 'needs_review' FROM docpipeline.submissions_v1 WHERE submission_id = '{id}'", "it is read anew");

    private Task<IReadOnlyList<string>> DocumentsAsync(string id) =>
        review.Machine.ListAsync($"SELECT type, pages::text FROM docpipeline.documents_v1 WHERE submission_id = '{id}' ORDER BY document");
}
