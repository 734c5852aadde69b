using System.Text.Json;
using DocPipeline.Proof.Bench.Load;
using DocPipeline.Proof.Machines;
using Microsoft.Playwright;

namespace DocPipeline.Proof.Bench.Review;

/// <summary>How long a person waits for the workbench: scans that wait for review, opened in a real browser.</summary>
internal sealed class ReviewBench(int openings, TextWriter progress)
{
    private const int Documents = 4;
    private const ulong Seed = 700;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly DocumentMix Scans = new("scans", Digital: 0, Scanned: 10, Photographed: 0);

    public async Task<ReviewReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-review-");
        try
        {
            await using var machine = await PrivateMachine.CreateAsync(cancellationToken);
            // Claims that are certain would need nobody, and have no choices and marks to draw.
            machine.Settings["DOCPIPELINE_ERROR_TARGET_PERCENT"] = "0.01";
            await using var server = await machine.ServeAsync(cancellationToken);
            await progress.WriteLineAsync($"Reading {Documents} scans");
            foreach (var file in ClaimFiles.Write(folder.FullName, Scans, Seed, Documents))
            {
                machine.Drop(file);
            }

            if (!await machine.AllEndedAsync(Documents, Patience, cancellationToken))
            {
                throw new InvalidOperationException("The server does not finish the documents.");
            }

            var ids = await machine.ListAsync("SELECT submission_id FROM docpipeline.review_waiting ORDER BY since", cancellationToken);
            return ids.Count == Documents ? await OpenAsync(machine, ids, cancellationToken) : throw new InvalidOperationException($"Of {Documents} scans only {ids.Count} wait for a person.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<ReviewReport> OpenAsync(PrivateMachine machine, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        const string Announcement = "Queue and workbench:     ";
        var address = new Uri((await File.ReadAllLinesAsync(machine.Log + ".out", cancellationToken)).Last(line => line.StartsWith(Announcement, StringComparison.Ordinal))[Announcement.Length..]);
        await machine.RunAsync(["account", "add", "bench", "--role", "reviewer"], cancellationToken);
        var password = (await File.ReadAllLinesAsync(machine.Log + ".out", cancellationToken))[^1];
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var session = await SignInAsync(browser, address, password);

        // The first ones warm up: the server compiles, and the pictures are made if nobody has yet.
        await progress.WriteLineAsync("Opening");
        var warm = Math.Max(ids.Count, openings / 10);
        var first = new List<Opening>();
        for (var i = -warm; i < openings; i++)
        {
            await using var context = await BeginAsync(browser, address, session);
            var opening = await MeasureAsync(await context.NewPageAsync(), ids[(i + warm) % ids.Count]);
            if (i >= 0)
            {
                first.Add(opening);
            }
        }

        // As people work: the queue is open in a browser that has opened documents before, and a row of it is clicked. Nothing of that document is in the browser yet:
        // its cache is emptied before the queue is shown.
        await progress.WriteLineAsync("Opening from the queue");
        await using var working = await BeginAsync(browser, address, session);
        var queue = await working.NewPageAsync();
        var chromium = await working.NewCDPSessionAsync(queue);
        var fromQueue = new List<Opening>();
        for (var i = -warm; i < openings; i++)
        {
            await chromium.SendAsync("Network.clearBrowserCache");
            await queue.GotoAsync("/queue", new() { WaitUntil = WaitUntilState.Load });
            var opening = await ClickAsync(queue, ids[(i + warm) % ids.Count]);
            if (i >= 0)
            {
                fromQueue.Add(opening);
            }
        }

        await progress.WriteLineAsync("Going on from one to the next");
        await using var kept = await BeginAsync(browser, address, session);
        var page = await kept.NewPageAsync();
        var next = new List<Opening>();
        for (var i = -warm; i < openings; i++)
        {
            var opening = await MeasureAsync(page, ids[(i + warm) % ids.Count]);
            // A person looks at it first; meanwhile the next picture is fetched.
            await page.WaitForLoadStateAsync(LoadState.Load);
            if (i >= 0)
            {
                next.Add(opening);
            }
        }

        return new(openings, OpeningTimes.Of(first), OpeningTimes.Of(fromQueue), OpeningTimes.Of(next));
    }

    private static async Task<IBrowserContext> BeginAsync(IBrowser browser, Uri address, string session)
    {
        var context = await browser.NewContextAsync(Options(address, session));
        await context.AddInitScriptAsync(Script());
        return context;
    }

    private static BrowserNewContextOptions Options(Uri address, string? session) =>
        new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, StorageState = session };

    private static async Task<string> SignInAsync(IBrowser browser, Uri address, string password)
    {
        await using var context = await browser.NewContextAsync(Options(address, session: null));
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?to=%2Faccount");
        await page.FillAsync("[name=name]", "bench");
        await page.FillAsync("[name=password]", password);
        await page.ClickAsync("main button");
        await page.WaitForURLAsync("**/account");
        return await context.StorageStateAsync();
    }

    private static async Task<Opening> MeasureAsync(IPage page, string id)
    {
        await page.GotoAsync($"/review/{id}", new() { WaitUntil = WaitUntilState.Commit });
        return await SeenAsync(page, id);
    }

    private static async Task<Opening> ClickAsync(IPage queue, string id)
    {
        var opened = queue.WaitForURLAsync($"**/review/{id}", new() { WaitUntil = WaitUntilState.Commit });
        await queue.ClickAsync($"a[href='/review/{id}']");
        await opened;
        return await SeenAsync(queue, id);
    }

    private static async Task<Opening> SeenAsync(IPage page, string id)
    {
        var seen = await page.EvaluateAsync<JsonElement>("() => window.opened");
        double Number(string name) => seen.GetProperty(name).GetDouble();
        return seen.GetProperty("ready").GetBoolean() && Number("boxes") > 0
            ? new(Number("page"), Number("picture"), Number("decoded"), Number("drawn"))
            : throw new InvalidOperationException($"The workbench of {id} has no boxes or no keys: {seen}");
    }

    private static string Script()
    {
        using var stream = new StreamReader(typeof(ReviewBench).Assembly.GetManifestResourceStream("Bench/Review/opened.js")!);
        return stream.ReadToEnd();
    }
}
