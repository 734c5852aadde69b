using DocPipeline.EndToEnd.Tests.Machine;
using Microsoft.Playwright;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>People at the workbench, in a real browser, with the workflow going on behind it.</summary>
public sealed partial class ReviewTests(ReviewMachine review) : IClassFixture<ReviewMachine>
{
    [Fact]
    public async Task A_document_with_three_fields_to_check_is_finished_by_keyboard_alone()
    {
        var id = await review.HandInInvoiceAsync("KEYS-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        var keys = person.Page.Keyboard;

        Assert.Equal("f-provider", await person.FocusAsync());
        await person.PressAsync("Enter");
        Assert.Equal("f-total_amount", await person.FocusAsync());
        await person.PressAsync("F2");
        await person.PressAsync("Control+A");
        await keys.TypeAsync("702.00");
        await person.PressAsync("Enter");
        Assert.Equal("f-document_date", await person.FocusAsync());
        await keys.TypeAsync("2026-02-01");
        await person.PressAsync("Enter");
        Assert.Equal("approve", await person.FocusAsync());
        await person.PressAsync("Enter");

        await review.UntilStateAsync(id, "reviewed");
        Assert.Equal(
            ["document_date|2026-02-01|person", "provider|Riverbend Auto Body|plain-text", "total_amount|702.00|person"],
            await review.Machine.ListAsync($"SELECT name, value, source FROM docpipeline.claim_fields_v1 WHERE submission_id = '{id}' AND name IN ('provider', 'total_amount', 'document_date') ORDER BY name"));
        Assert.Equal(
            ["""approve|a-reviewer|[{"to": "2026-02-01", "from": null, "page": null, "field": "document_date"}, {"to": "702.00", "from": "712.00", "page": null, "field": "total_amount"}]"""],
            await review.Machine.ListAsync($"SELECT kind, by, changes FROM docpipeline.review_action WHERE submission_id = '{id}'"));
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task A_number_key_takes_a_choice_with_its_place_and_escape_goes_back()
    {
        var id = await review.HandInLargeClaimAsync("CHOICE-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        var date = person.Page.Locator("#f-date_of_loss");

        Assert.Equal("f-date_of_loss", await person.FocusAsync());
        await person.PressAsync("2");
        var chosen = await date.InputValueAsync();
        await person.PressAsync("1");
        var again = await date.InputValueAsync();
        await person.PressAsync("?");

        Assert.Equal(("2026-04-03", "2026-03-04"), (chosen, again));
        Assert.True(await person.Page.Locator("#help").IsVisibleAsync());
        await person.PressAsync("Escape");
        Assert.False(await person.Page.Locator("#help").IsVisibleAsync());
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task What_is_only_unsure_says_so_and_each_doubt_about_a_field_stands_there_once()
    {
        var id = await review.HandInInvoiceAsync("ONCE-1");
        // As another document of a file adds them, which does not need the field.
        await review.Machine.ExecuteAsync(
            $"""
            INSERT INTO docpipeline.finding (submission_id, finding, rule, severity, field, message, evidence)
            SELECT submission_id, (SELECT max(finding) FROM docpipeline.finding WHERE submission_id = '{id}') + row_number() OVER (), 'ambiguous-value', 'warning', field, 'The ' || replace(field, '_', ' ') || ' may be ''712.00''.', evidence
            FROM docpipeline.finding WHERE submission_id = '{id}' AND field IN ('total_amount', 'provider') AND rule IN ('required-field-uncertain', 'ambiguous-value')
            """);
        await using var person = await review.SignInAsync("reader", $"/review/{id}");
        await person.WorkbenchAsync();

        Assert.Equal("▲ unsure", await person.Page.InnerTextAsync("[data-field=provider] .state .sign"));
        Assert.Equal("▲ rule", await person.Page.InnerTextAsync("[data-field=total_amount] .state .sign"));
        Assert.Equal(["The provider may be 'Riverbend Auto Body', or 'Front bumper'."], await DoubtsAsync("provider"));
        Assert.Equal(["The total amount may be '712.00'. Compare it with the page."], await DoubtsAsync("total_amount"));
        Assert.Equal(1, await person.Page.Locator("[data-field=total_amount] .finding", new() { HasText = "but the total is 712.00" }).CountAsync());

        async Task<IReadOnlyList<string>> DoubtsAsync(string field) =>
            [.. (await person.Page.Locator($"[data-field={field}] .finding", new() { HasText = "may be '" }).AllInnerTextsAsync()).Select(text => text[text.IndexOf("The ", StringComparison.Ordinal)..])];
    }

    [Fact]
    public async Task Why_a_document_waits_is_said_once()
    {
        var id = await review.HandInInvoiceAsync("REASON-1");
        await using var person = await review.SignInAsync("reader", $"/review/{id}");
        await person.WorkbenchAsync();

        Assert.Equal(1, await person.Page.GetByText("Only part of the invoice was read. Missing: document date.").CountAsync());
    }

    [Fact]
    public async Task Words_that_are_framed_on_the_page_fill_the_field_with_their_place()
    {
        var id = await review.HandInInvoiceAsync("FRAME-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        await person.Page.FocusAsync("#f-total_amount");
        await person.Page.ClickAsync("[data-zoom=fit]");
        await person.Page.FocusAsync("#f-document_date");

        // The frame is drawn around the box of the invoice's number.
        var box = (await person.Page.Locator(".sheet rect[data-field=invoice_number]").BoundingBoxAsync())!;
        await person.Page.Mouse.MoveAsync(box.X - 3, box.Y - 2);
        await person.Page.Mouse.DownAsync();
        await person.Page.Mouse.MoveAsync(box.X + box.Width + 3, box.Y + box.Height + 2, new() { Steps = 4 });
        await person.Page.Mouse.UpAsync();

        await Assertions.Expect(person.Page.Locator("#f-document_date")).ToHaveValueAsync(await person.Page.InputValueAsync("#f-invoice_number"));
        Assert.Equal("1", await person.Page.InputValueAsync("input[name='page.document_date']"));
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task A_cell_of_a_table_is_corrected_in_place_and_the_sum_follows()
    {
        File.Copy(Path.Combine(ServerMachine.Samples, "packet.pdf"), Path.Combine(review.Machine.Bucket, "table.pdf"));
        await review.UntilAsync("SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE key = 'table.pdf' AND state = 'needs_review')", "the packet waits for a person");
        var id = await review.Machine.QueryAsync<string>("SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = 'table.pdf'");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        var cell = person.Page.Locator("[name='cell.0.line_items.1.amount']");
        var sum = person.Page.Locator("table.rows").First.Locator("[data-sum=amount]");
        var before = decimal.Parse(await sum.InnerTextAsync());
        var read = decimal.Parse(await cell.InputValueAsync());

        await cell.FillAsync("1000.00");
        await Assertions.Expect(sum).ToHaveTextAsync($"{before - read + 1000:0.00}");
        await cell.PressAsync("Enter");
        await person.Page.ClickAsync("#approve");

        await review.UntilStateAsync(id, "reviewed");
        Assert.Equal("1000.00", await review.Machine.QueryAsync<string>($"SELECT cells ->> 'amount' FROM docpipeline.table_rows_v1 WHERE submission_id = '{id}' AND document = 0 AND table_name = 'line_items' AND row = 1"));
        Assert.Equal(
            [$"{read}|1000.00"],
            await review.Machine.ListAsync($"SELECT detail -> 'cells' -> 0 ->> 'from', detail -> 'cells' -> 0 ->> 'to' FROM docpipeline.audit WHERE submission_id = '{id}' AND to_state = 'reviewed'"));
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task Of_two_people_who_press_at_once_one_decides_and_the_other_is_told_who()
    {
        var id = await review.HandInInvoiceAsync("RACE-1");
        await using var one = await review.SignInAsync("reviewer", $"/review/{id}");
        await review.Machine.ExecuteAsync("DELETE FROM docpipeline.review_assignment");
        await using var two = await review.SignInAsync("supervisor", $"/review/{id}");
        await review.Machine.ExecuteAsync("DELETE FROM docpipeline.review_assignment");
        await one.Page.FillAsync("#f-document_date", "2026-02-01");
        await two.Page.FillAsync("#f-document_date", "2026-02-02");

        await Task.WhenAll(one.Page.ClickAsync("#approve"), two.Page.ClickAsync("#approve"));
        await review.UntilStateAsync(id, "reviewed");

        var winner = await review.Machine.QueryAsync<string>($"SELECT state_by FROM docpipeline.submission WHERE id = '{id}'");
        Assert.Equal([winner], await review.Machine.ListAsync($"SELECT by FROM docpipeline.review_action WHERE submission_id = '{id}'"));
        Assert.Equal(1L, await review.Machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.audit WHERE submission_id = '{id}' AND to_state = 'reviewed'"));
        var loser = winner == "a-reviewer" ? two : one;
        await Assertions.Expect(loser.Page.Locator("[role=alert]")).ToContainTextAsync($"{winner} was faster");
    }

    [Fact]
    public async Task Twenty_presses_at_once_are_one_decision()
    {
        var id = await review.HandInInvoiceAsync("STORM-1");
        using var visitor = await review.Served.SignedInAsync("reviewer");
        var token = await visitor.TokenAsync($"/review/{id}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => visitor.PostAsync(
            $"/review/{id}", token, ("version", "2"), ("decision", "approve"), ("value.document_date", $"2026-02-{i + 1:00}"))));
        await review.UntilStateAsync(id, "reviewed");

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == System.Net.HttpStatusCode.Redirect));
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == System.Net.HttpStatusCode.Conflict));
        Assert.Equal(1L, await review.Machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.review_action WHERE submission_id = '{id}'"));
        Assert.Equal(1L, await review.Machine.QueryAsync<long>($"SELECT count(*) FROM durable.inbox WHERE instance_id = '{id}' AND name = 'review-decided'"));
    }

    [Fact]
    public async Task Above_the_amount_the_second_person_is_another_one()
    {
        var id = await review.HandInLargeClaimAsync("FOUR-1");
        await using var one = await review.SignInAsync("reviewer", $"/review/{id}");
        await one.Page.FillAsync("#f-date_of_loss", "2026-04-03");
        await one.Page.ClickAsync("#approve");
        await review.UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.review_action WHERE submission_id = '{id}' AND kind = 'first_approval')", "the first approval is recorded");
        Assert.Equal("needs_review", await review.StateAsync(id));

        await one.OpenAsync(id);
        await one.Page.ClickAsync("#approve");
        await Assertions.Expect(one.Page.Locator("[role=alert]")).ToContainTextAsync("needs a second person");
        await review.Machine.ExecuteAsync("DELETE FROM docpipeline.review_assignment");

        await using var two = await review.SignInAsync("supervisor", $"/review/{id}");
        Assert.Equal("2026-04-03", await two.Page.InputValueAsync("#f-date_of_loss"));
        await two.Page.ClickAsync("#approve");
        await review.UntilStateAsync(id, "reviewed");

        Assert.Equal(
            ["first_approval|a-reviewer|", "approve|a-supervisor|a-reviewer"],
            await review.Machine.ListAsync($"SELECT kind, by, first_by FROM docpipeline.review_action WHERE submission_id = '{id}' ORDER BY id"));
        Assert.Equal("2026-04-03", await review.Machine.QueryAsync<string>($"SELECT value FROM docpipeline.claim_fields_v1 WHERE submission_id = '{id}' AND name = 'date_of_loss'"));
    }

    [Fact]
    public async Task A_rejection_needs_a_reason_and_keeps_it()
    {
        var id = await review.HandInInvoiceAsync("REJECT-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");

        await person.Page.ClickAsync("button.danger");
        await Assertions.Expect(person.Page.Locator("[role=alert]")).ToContainTextAsync("need a reason");
        await person.Page.SelectOptionAsync("[name=reason]", "Sent twice.");
        await person.Page.FillAsync("[name=note]", "Second page is black.");
        await person.Page.ClickAsync("button.danger");

        await review.UntilStateAsync(id, "rejected");
        Assert.Equal("Sent twice. Second page is black.", await review.Machine.QueryAsync<string>($"SELECT reason FROM docpipeline.submissions_v1 WHERE submission_id = '{id}'"));
    }

    [Fact]
    public async Task What_somebody_works_on_is_shown_to_others_and_a_supervisor_may_take_it_over()
    {
        var id = await review.HandInInvoiceAsync("HELD-1");
        await using var one = await review.SignInAsync("reviewer", $"/review/{id}");
        await using var two = await review.SignInAsync("supervisor", $"/review/{id}");

        Assert.Equal(0, await two.Page.Locator("#approve").CountAsync());
        await Assertions.Expect(two.Page.Locator(".case .note.warn")).ToContainTextAsync("a-reviewer is working on this document");
        await two.Page.ClickAsync("text=Take it over");
        await two.Page.WaitForSelectorAsync("#approve");
        await one.Page.FillAsync("#f-document_date", "2026-02-01");
        await one.Page.ClickAsync("#approve");

        await Assertions.Expect(one.Page.Locator("[role=alert]")).ToContainTextAsync("a-supervisor is working on this document");
        Assert.Equal("needs_review", await review.StateAsync(id));
    }

    [Fact]
    public async Task A_value_that_is_no_date_or_number_is_marked_and_nothing_is_recorded()
    {
        var id = await review.HandInInvoiceAsync("WRONG-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");

        await person.Page.FillAsync("#f-document_date", "February 1st");
        await person.Page.FillAsync("#f-total_amount", "702,00");
        await person.Page.ClickAsync("#approve");

        await Assertions.Expect(person.Page.Locator("[role=alert]")).ToContainTextAsync("They are marked");
        Assert.Equal(2, await person.Page.Locator("input[aria-invalid=true]").CountAsync());
        Assert.Equal("702,00", await person.Page.InputValueAsync("#f-total_amount"));
        Assert.Equal("needs_review", await review.StateAsync(id));
    }

    [Fact]
    public async Task The_queue_is_searched_by_claim_policy_name_and_file()
    {
        await review.HandInInvoiceAsync("SEARCH-1");
        await review.HandInLargeClaimAsync("SEARCH-2");
        await using var person = await review.SignInAsync("reader", "/queue");
        foreach (var (words, found) in (KeyValuePair<string, string[]>[])[new("search-1", ["SEARCH-1.txt"]), new("marlow", ["SEARCH-2.txt"]), new("SEARCH-", ["SEARCH-1.txt", "SEARCH-2.txt"]), new("100%", [])])
        {
            await person.Page.FillAsync("[name=q]", words);
            await person.PressAsync("Enter");
            await person.Page.WaitForURLAsync(url => url.Contains("q=" + Uri.EscapeDataString(words), StringComparison.Ordinal));
            var files = await person.Page.Locator("table.queue th.file").AllInnerTextsAsync();
            Assert.Equal(found, files.Where(file => file.StartsWith("SEARCH", StringComparison.Ordinal)).Order());
            Assert.Equal(found.Length == 0 ? 0 : files.Count, files.Count);
        }

        Assert.Equal(0, await person.Page.Locator("#next").CountAsync());
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task What_has_ended_is_found_on_the_status_page()
    {
        var id = await review.HandInInvoiceAsync("STATUS-1");
        await using var person = await review.SignInAsync("reader", "/status");

        await person.Page.ClickAsync("text=STATUS-1.txt");
        await person.WorkbenchAsync();

        Assert.EndsWith($"/review/{id}", person.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_a_page_is_on_record_and_its_picture_can_run_nothing()
    {
        var id = await review.HandInInvoiceAsync("SEEN-1");
        await using var person = await review.SignInAsync("reader", $"/review/{id}");
        await person.WorkbenchAsync();

        var answer = await person.Page.APIRequest.GetAsync($"/review/{id}/pages/1/picture");

        Assert.Equal("image/jpeg", answer.Headers["content-type"]);
        Assert.Contains("sandbox", answer.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
        Assert.Equal(404, (await person.Page.APIRequest.GetAsync($"/review/{id}/pages/2/picture")).Status);
        Assert.Contains(
            "a-reader|picture_seen|page 1",
            await review.Machine.ListAsync($"SELECT account, kind, detail FROM docpipeline.access_event WHERE submission_id = '{id}'"));
        Assert.Equal(0, await person.Page.Locator("#approve").CountAsync());
    }
}
