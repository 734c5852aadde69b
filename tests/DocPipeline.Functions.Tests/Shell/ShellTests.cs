using System.Net;
using DocPipeline.Ingest;

namespace DocPipeline.Functions.Tests.Shell;

/// <summary>Documents through the shell: its own functions and the real activities on a real database; only the framework is a model.</summary>
public sealed class ShellTests
{
    private const string Letter = "Dear Sir or Madam,\nplease find our new opening hours below.\nMonday to Friday, nine to five.\n";

    // Subtotal and tax do not make the total: a person has to look.
    private const string Invoice = "INVOICE\n\nRiverbend Auto Body\nInvoice Number: RB-0001\nClaim Number: CL-1\nInvoice Date: 2026-02-01\n\nSubtotal: 650.00\nTax: 52.00\nTotal: 712.00\n";

    private const string Approve = """{"decision":"approve"}""";

    [Fact]
    public async Task A_blob_goes_through_every_step_and_comes_to_the_same_end_when_it_is_delivered_again()
    {
        await using var shell = await ShellHost.CreateAsync();
        var id = await shell.DropAsync("letter.txt", Letter);
        Assert.Contains(await shell.StateAsync(id), new[] { SubmissionStates.NeedsReview, SubmissionStates.Rejected });
        Assert.Equal(id, await shell.DropAsync("letter.txt", Letter));

        Assert.Equal(id, Assert.Single(await ListAsync(shell)));
    }

    [Fact]
    public async Task Two_versions_of_one_name_are_two_submissions_and_two_names_of_one_content_a_duplicate()
    {
        await using var shell = await ShellHost.CreateAsync();

        await shell.DropAsync("a.txt", "one");
        var duplicate = await shell.DropAsync("b.txt", "one");
        await shell.DropAsync("a.txt", "two");

        Assert.Equal("duplicate_file", await shell.ScalarAsync($"SELECT reason_code FROM docpipeline.submission WHERE id = '{duplicate}'"));
        Assert.Equal(3, (await ListAsync(shell)).Count);
    }

    [Fact]
    public async Task A_decision_is_written_down_raised_and_carried_out_and_the_second_one_is_told()
    {
        await using var shell = await ShellHost.CreateAsync();
        var id = await DuplicateAsync(shell);

        Assert.Equal(HttpStatusCode.Unauthorized, (await shell.DecideAsync(id, Approve, person: null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shell.DecideAsync(id, "{", "someone")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shell.DecideAsync(id, """{"decision":"reject"}""", "someone")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await shell.DecideAsync(id, Approve, "someone")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await shell.DecideAsync(id, Approve, "another")).StatusCode);
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Equal(SubmissionStates.Reviewed, await shell.StateAsync(id));
        Assert.Equal("someone", await shell.ScalarAsync($"SELECT state_by FROM docpipeline.submission WHERE id = '{id}'"));
        Assert.Equal(new SubmissionOutcome(SubmissionStates.Reviewed, null), shell.Client.Output<SubmissionOutcome>(id));
    }

    [Fact]
    public async Task A_lost_event_is_raised_again()
    {
        await using var shell = await ShellHost.CreateAsync();
        var id = await DuplicateAsync(shell);
        shell.Client.LoseEvents = 1;
        Assert.Equal(HttpStatusCode.Accepted, (await shell.DecideAsync(id, Approve, "someone")).StatusCode);
        await shell.Hub.RunAsync(id, untilIdle: true);
        Assert.Equal(SubmissionStates.NeedsReview, await shell.StateAsync(id));

        await shell.ReconcileAsync();
        await shell.ReconcileAsync();
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Equal(SubmissionStates.Reviewed, await shell.StateAsync(id));
    }

    [Fact]
    public async Task A_lost_start_is_made_up_for()
    {
        await using var shell = await ShellHost.CreateAsync();
        shell.Client.LoseStarts = 1;
        await Assert.ThrowsAnyAsync<Exception>(() => shell.DropAsync("a.txt", "one"));
        var id = await shell.IdOfAsync("a.txt");
        Assert.Null(shell.Hub.Find(id));

        await shell.ReconcileAsync();
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.NotEqual(SubmissionStates.Processing, await shell.StateAsync(id));
    }

    [Fact]
    public async Task A_step_that_fails_for_good_makes_a_dead_letter_and_a_replay_goes_on()
    {
        await using var shell = await ShellHost.CreateAsync();
        shell.Broken["split-pages"] = new InvalidOperationException("a worker is lost each time");
        var id = await shell.DropAsync("a.txt", Letter);
        Assert.Equal(SubmissionStates.Processing, await shell.StateAsync(id));
        await shell.Hub.RunAsync(id);
        Assert.Equal(SubmissionStates.Dead, await shell.StateAsync(id));
        Assert.Equal("split-pages 6", await shell.ScalarAsync($"SELECT concat_ws(' ', state_detail ->> 'step', state_detail ->> 'attempts') FROM docpipeline.submission WHERE id = '{id}'"));

        shell.Broken.Clear();
        Assert.Equal(HttpStatusCode.Accepted, (await shell.ReplayAsync(id)).StatusCode);
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.DoesNotContain(await shell.StateAsync(id), new[] { SubmissionStates.Dead, SubmissionStates.Processing });
        Assert.Equal(HttpStatusCode.Conflict, (await shell.ReplayAsync(id)).StatusCode);
    }

    [Fact]
    public async Task A_workflow_that_could_not_even_say_that_it_failed_is_found()
    {
        await using var shell = await ShellHost.CreateAsync();
        shell.Broken["open-file"] = shell.Broken["mark-dead"] = new InvalidOperationException("no worker comes up");
        var id = await shell.DropAsync("a.txt", "one");
        await shell.Hub.RunAsync(id);
        Assert.Equal(SubmissionStates.Processing, await shell.StateAsync(id));

        await shell.ReconcileAsync();

        Assert.Equal(SubmissionStates.Dead, await shell.StateAsync(id));
    }

    [Fact]
    public async Task An_effect_whose_record_was_lost_is_not_done_twice()
    {
        await using var shell = await ShellHost.CreateAsync();
        shell.RunsEachTwice = true;
        var letter = await shell.DropAsync("letter.txt", Letter);
        var duplicate = await shell.DropAsync("again.txt", Letter);
        await shell.DecideAsync(duplicate, Approve, "someone");
        await shell.Hub.RunAsync(duplicate, untilIdle: true);

        Assert.Equal(SubmissionStates.Reviewed, await shell.StateAsync(duplicate));
        Assert.Equal("processing needs_review reviewed", await HistoryAsync(shell, duplicate));
        Assert.Equal($"processing {await shell.StateAsync(letter)}", await HistoryAsync(shell, letter));
    }

    [Fact]
    public async Task A_decision_whose_event_was_lost_keeps_its_corrections_of_fields_and_cells()
    {
        await using var shell = await ShellHost.CreateAsync();
        var id = await InvoiceAsync(shell);
        await shell.ExecuteAsync($$"""INSERT INTO docpipeline.claim_table_row VALUES ('{{id}}', 0, 'extra', 1, '{"amount": "400.00"}', 1, 0, 0, 1, 1, '400.00', 'plain-text')""");
        shell.Client.LoseEvents = 1;

        await shell.DecideAsync(id, """{"decision":"approve","corrections":[{"field":"total_amount","value":"702.00"}],"cells":[{"document":0,"table":"extra","row":1,"column":"amount","value":"410.00"}]}""", "someone");
        await shell.ReconcileAsync();
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Equal("reviewed 702.00 410.00", await shell.ScalarAsync(
            $"SELECT concat_ws(' ', c.state, c.total_amount, r.cells ->> 'amount') FROM docpipeline.claims_v1 c JOIN docpipeline.table_rows_v1 r USING (submission_id) WHERE submission_id = '{id}' AND table_name = 'extra'"));
    }

    [Fact]
    public async Task Above_the_amount_two_people_approve_here_too_and_what_is_held_is_left_alone()
    {
        await using var shell = await ShellHost.CreateAsync(settings => settings with { FourEyesAbove = 500 });
        var id = await InvoiceAsync(shell);
        await shell.ExecuteAsync($"INSERT INTO docpipeline.review_assignment VALUES ('{id}', 'holder', now(), now() + interval '1 hour')");
        Assert.Equal(HttpStatusCode.Conflict, (await shell.DecideAsync(id, Approve, "first")).StatusCode);
        await shell.ExecuteAsync("DELETE FROM docpipeline.review_assignment");

        Assert.Equal(HttpStatusCode.Accepted, (await shell.DecideAsync(id, Approve, "first")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await shell.DecideAsync(id, Approve, "first")).StatusCode);
        await shell.Hub.RunAsync(id, untilIdle: true);
        Assert.Equal(SubmissionStates.NeedsReview, await shell.StateAsync(id));
        Assert.Equal(HttpStatusCode.BadRequest, (await shell.DecideAsync(id, """{"decision":"return"}""", "second")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await shell.DecideAsync(id, """{"decision":"return","note":"Look again."}""", "second")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await shell.DecideAsync(id, Approve, "first")).StatusCode);
        await shell.Hub.RunAsync(id, untilIdle: true);
        Assert.Equal(SubmissionStates.NeedsReview, await shell.StateAsync(id));
        Assert.Equal(HttpStatusCode.Accepted, (await shell.DecideAsync(id, Approve, "second")).StatusCode);
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Equal("reviewed second first", await shell.ScalarAsync(
            $"SELECT concat_ws(' ', s.state, s.state_by, r.first_by) FROM docpipeline.submission s JOIN docpipeline.review_action r ON r.submission_id = s.id AND r.kind = 'approve' WHERE s.id = '{id}'"));
        Assert.Equal(HttpStatusCode.NotFound, (await shell.DecideAsync(Guid.NewGuid().ToString(), Approve, "first")).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Regrouped_pages_are_read_anew_once_though_events_are_lost_and_repeated_and_steps_run_twice(bool runsEachTwice)
    {
        await using var shell = await ShellHost.CreateAsync();
        shell.RunsEachTwice = runsEachTwice;
        var id = await InvoiceAsync(shell);
        shell.Client.LoseEvents = 1;
        Assert.Equal(HttpStatusCode.BadRequest, (await shell.DecideAsync(id, """{"decision":"regroup","documents":[{"type":"receipt","pages":[1, 2]}]}""", "someone")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await shell.DecideAsync(id, """{"decision":"regroup","documents":[{"type":"receipt","pages":[1]}],"corrections":[{"field":"total_amount","value":"702.00"}]}""", "someone")).StatusCode);

        // Twice before the workflow has moved: two events for one decision.
        await shell.ReconcileAsync();
        await shell.ReconcileAsync();
        await shell.Hub.RunAsync(id, untilIdle: true);
        await shell.ReconcileAsync();
        Assert.Equal("receipt needs_review 702.00", await shell.ScalarAsync(
            $"SELECT concat_ws(' ', d.type, c.state, c.total_amount) FROM docpipeline.documents_v1 d JOIN docpipeline.claims_v1 c USING (submission_id) WHERE submission_id = '{id}'"));
        await shell.DecideAsync(id, Approve, "someone");
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Equal("processing needs_review processing needs_review reviewed", await HistoryAsync(shell, id));
        Assert.Equal(new SubmissionOutcome(SubmissionStates.Reviewed, null), shell.Client.Output<SubmissionOutcome>(id));
    }

    [Fact]
    public async Task What_dies_while_it_is_read_anew_comes_back_as_it_was_split_and_waits_again()
    {
        await using var shell = await ShellHost.CreateAsync();
        var id = await InvoiceAsync(shell);
        shell.Broken["extract-document"] = new InvalidOperationException("a worker is lost each time");
        await shell.DecideAsync(id, """{"decision":"regroup","documents":[{"type":"receipt","pages":[1]}]}""", "someone");
        await shell.Hub.RunAsync(id);
        Assert.Equal(SubmissionStates.Dead, await shell.StateAsync(id));

        shell.Broken.Clear();
        await shell.ReplayAsync(id);
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Equal("invoice needs_review", await shell.ScalarAsync($"SELECT concat_ws(' ', type, state) FROM docpipeline.documents_v1 WHERE submission_id = '{id}'"));
        Assert.Equal("processing needs_review processing dead processing needs_review", await HistoryAsync(shell, id));
    }

    private static async Task<string> InvoiceAsync(ShellHost shell)
    {
        var id = await shell.DropAsync("invoice.txt", Invoice);
        Assert.Equal(SubmissionStates.NeedsReview, await shell.StateAsync(id));
        return id;
    }

    private static Task<string?> HistoryAsync(ShellHost shell, string id) =>
        shell.ScalarAsync($"SELECT string_agg(to_state, ' ' ORDER BY seq) FROM docpipeline.audit WHERE submission_id = '{id}'");

    private static async Task<string> DuplicateAsync(ShellHost shell)
    {
        await shell.DropAsync("a.txt", "one");
        var id = await shell.DropAsync("b.txt", "one");
        Assert.Equal(SubmissionStates.NeedsReview, await shell.StateAsync(id));
        return id;
    }

    private static async Task<IReadOnlyList<string>> ListAsync(ShellHost shell) =>
        (await shell.ScalarAsync("SELECT string_agg(id::text, ' ') FROM docpipeline.submission"))!.Split(' ');
}
