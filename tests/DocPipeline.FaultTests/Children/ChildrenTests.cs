using DocPipeline.FaultTests.Machines;
using DocPipeline.Proof.Machines;
using DocPipeline.Testing;

namespace DocPipeline.FaultTests.Children;

/// <summary>
/// Children misbehave in a real server: reader children and poppler's programs. The server stays up, tries again where that helps, and blames the
/// document only if it is to blame. Killed in the middle of a page, stopped beyond the limit: see Pages/IsolationTests of the pipeline.
/// </summary>
public sealed class ChildrenTests
{
    // Readers are the only children that are started through it.
    private const string Reader = "prlimit";
    private const string PdfToText = "pdftotext";

    // Each but the silent one first says that it is ready, as the protocol wants.
    private const string TalkNonsense = @"printf 'OCR1 and then no frame at all of this protocol'; exec cat >/dev/null";
    private const string CloseThePipe = @"printf OCR1; exec >&-; exec cat >/dev/null";
    private const string SayNothing = "exec sleep 600";
    private const string BreakOff = @"printf 'OCR1\100\000\000\000\000\000\000\000{""wor'; exit 0";

    // How certain a reader is of a sample is not what these tests are about.
    private static readonly string[] Read = ["accepted", "needs_review"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Children_that_talk_nonsense_close_their_pipe_break_off_or_are_killed_cost_at_most_the_document_that_meets_two_of_them()
    {
        using var doubles = new Doubles()
            .Replace(Reader, BreakOff, TalkNonsense, CloseThePipe)
            .Replace(PdfToText, "kill -KILL $$");
        await using var machine = await PrivateMachine.CreateAsync(Cancelled);
        machine.Settings["PATH"] = doubles.SearchPath;
        machine.Settings["DOCPIPELINE_OCR_WORKERS"] = "1";
        await using var server = await machine.ServeAsync(Cancelled);

        // The first reader breaks off and is replaced by one that talks nonsense: two of them are the document's fault.
        var card = SampleFile.Path("insurance-card.png");
        machine.Drop(card, "meets-two.png");
        Assert.Equal("rejected reader_crashed", await EndAsync(machine, "meets-two.png"));

        // One that closes its pipe is replaced by a sound one, and the page is read. The same bytes would be a duplicate.
        machine.Drop(SampleFile.WithTail(card, "again"), "meets-one.png");
        Assert.Contains((await EndAsync(machine, "meets-one.png")).Split(' ')[0], Read);
        Assert.NotEqual("0", (await machine.ListAsync("SELECT count(*) FROM docpipeline.claim_field f JOIN docpipeline.submission s ON s.id = f.submission_id WHERE s.key = 'meets-one.png'", Cancelled))[0]);

        // A program that the kernel kills for want of memory is started again.
        machine.Drop(SampleFile.Path("auto-claim-form.pdf"), "killed.pdf");
        Assert.Contains((await EndAsync(machine, "killed.pdf")).Split(' ')[0], Read);

        Assert.Equal((3, 1), (doubles.Played(Reader), doubles.Played(PdfToText)));
        Assert.False(server.HasEnded);
        Assert.Empty(await Ended.ViolationsAsync(machine, Cancelled));
    }

    [Fact]
    public async Task Readers_that_do_not_start_are_our_fault_and_documents_go_on_when_they_do()
    {
        // The one with which the server begins is sound: without it the server would refuse to start.
        using var doubles = new Doubles().Replace(Reader, Doubles.Behave, "echo 'libtesseract.so.5: cannot open shared object file' >&2; exit 127");
        await using var machine = await PrivateMachine.CreateAsync(Cancelled);
        machine.Settings["PATH"] = doubles.SearchPath;
        await using var server = await machine.ServeAsync(Cancelled);

        Signals.Send("KILL", ProcessTree.Of(server.Id).Single(process => process.Id != server.Id).Id);

        machine.Drop(SampleFile.Path("insurance-card.png"), "card.png");
        Assert.Equal("dead internal_error", await EndAsync(machine, "card.png"));
        Assert.Contains("libtesseract.so.5", Assert.Single(await machine.ListAsync("SELECT reason FROM docpipeline.submission", Cancelled)), StringComparison.Ordinal);
        var id = Assert.Single(await machine.ListAsync("SELECT id::text FROM docpipeline.submission", Cancelled));
        await machine.RunAsync(["dead", "replay", id], Cancelled);

        Assert.Contains((await EndAsync(machine, "card.png", not: "dead")).Split(' ')[0], Read);
        Assert.Empty(await Ended.BrokenAsync(machine.Owner, Cancelled));
    }

    [Fact]
    public async Task A_reader_that_starts_and_says_nothing_is_replaced_and_the_page_is_read()
    {
        using var doubles = new Doubles().Replace(Reader, Doubles.Behave, SayNothing);
        await using var machine = await PrivateMachine.CreateAsync(Cancelled);
        machine.Settings["PATH"] = doubles.SearchPath;
        await using var server = await machine.ServeAsync(Cancelled);

        Signals.Send("KILL", ProcessTree.Of(server.Id).Single(process => process.Id != server.Id).Id);

        machine.Drop(SampleFile.Path("insurance-card.png"), "card.png");
        Assert.Contains((await EndAsync(machine, "card.png")).Split(' ')[0], Read);
        Assert.Equal(2, doubles.Played(Reader));
        Assert.DoesNotContain(ProcessTree.Of(server.Id), process => process.Program == "sleep");
    }

    [Theory]
    [InlineData("pdfinfo")]
    [InlineData("pdftotext")]
    [InlineData("pdfimages")]
    public async Task Popplers_programs_have_limits_before_they_read_a_document(string program)
    {
        using var doubles = new Doubles().Replace(program, $"sleep 0.1; cat /proc/self/limits >\"${{0%/*}}/limits\"; {Doubles.Behave}");
        await using var machine = await PrivateMachine.CreateAsync(Cancelled);
        machine.Settings["PATH"] = doubles.SearchPath;
        await using var server = await machine.ServeAsync(Cancelled);

        machine.Drop(SampleFile.Path("auto-claim-form.pdf"), "claim.pdf");
        Assert.Contains((await EndAsync(machine, "claim.pdf")).Split(' ')[0], Read);

        // Name, what the kernel asks at, what it no longer asks at.
        var limits = File.ReadLines(doubles.Left("limits")).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("Max address space 1000000000 1000000000 bytes", limits);
        Assert.Contains("Max cpu time 45 46 seconds", limits);
        Assert.Contains("Max file size 100000000 100000000 bytes", limits);
        Assert.Contains("Max core file size 0 0 bytes", limits);
    }

    /// <summary>State and reason, once it has one.</summary>
    private static async Task<string> EndAsync(PrivateMachine machine, string key, string not = "processing")
    {
        var end = "";
        await Eventually.IsTrueAsync(
            async () =>
            {
                var found = await machine.ListAsync($"SELECT concat_ws(' ', state, reason_code) FROM docpipeline.submission WHERE key = '{key}' AND state NOT IN ('processing', '{not}')", Cancelled);
                end = found.Count == 1 ? found[0] : "";
                return found.Count == 1;
            },
            $"{key} has come to its end",
            TimeSpan.FromSeconds(90));
        return end;
    }
}
