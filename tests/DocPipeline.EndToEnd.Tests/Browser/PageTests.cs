using System.Diagnostics;
using Deque.AxeCore.Playwright;
using DocPipeline.EndToEnd.Tests.Machine;
using Microsoft.Playwright;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>Pages as people with little sight, with a keyboard, a telephone or a printer have them. Screenshots are left in .local/screenshots.</summary>
public sealed class PageTests(ReviewMachine review) : IClassFixture<ReviewMachine>
{
    [Fact]
    public async Task Enlarged_to_twice_its_size_no_field_that_one_comes_to_lies_under_the_page()
    {
        var id = await review.HandInInvoiceAsync("ZOOM-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        // As a window of 1440 by 900 is at 200 %.
        await person.Page.SetViewportSizeAsync(720, 450);
        await person.OpenAsync(id);
        var hidden = new List<string>();
        foreach (var key in (string[])["Shift", "Enter", "Enter", "Tab", "Tab", "Shift+Tab", "Shift+Tab"])
        {
            await person.PressAsync(key);
            if (!await person.Page.EvaluateAsync<bool>("() => { const a = document.activeElement.getBoundingClientRect(); return document.elementFromPoint(a.x + 4, a.y + 4) === document.activeElement; }"))
            {
                hidden.Add($"{await person.FocusAsync()} after {key}");
            }
        }

        await person.ScreenshotAsync("workbench-enlarged");
        Assert.Empty(hidden);
    }

    [Fact]
    public async Task A_page_that_is_turned_can_be_scrolled_to_each_of_its_corners()
    {
        var id = await review.HandInInvoiceAsync("TURN-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        await person.Page.ClickAsync("[data-zoom=fit]");
        for (var turns = 1; turns <= 4; turns++)
        {
            await person.Page.ClickAsync("[data-turn]");
            Assert.True(
                await person.Page.EvaluateAsync<bool>(
                    "() => { const stage = document.querySelector('.stage'); stage.scrollTo(0, 0); const [a, b] = [stage, document.querySelector('.sheet')].map(e => e.getBoundingClientRect()); return b.left >= a.left - 1 && b.top >= a.top - 1; }"),
                $"After {turns} quarter turns a part of the page cannot be reached.");
        }
    }

    [Fact]
    public void Confidences_are_never_rounded_up_to_certainty() =>
        Assert.Equal(["99 %", "100 %", "29 %", "0 %"], ((double[])[0.9999, 1, 0.29, 0]).Select(Server.Web.WorkbenchField.Percent));

    [Fact]
    public async Task A_claim_is_printed_fields_first_and_then_each_page_that_carries_a_value_which_nobody_fetches_to_look_at_it()
    {
        var id = await HandInAsync("packet.pdf", "printed.pdf");
        await using var person = await review.SignInAsync("reviewer");
        var fetched = new List<string>();
        person.Page.Request += (_, request) =>
        {
            if (request.Url.Contains($"/review/{id}/pages/", StringComparison.Ordinal))
            {
                fetched.Add(request.Url.Split('/')[^2]);
            }
        };
        await person.OpenAsync(id);
        await person.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Single(fetched.Distinct());
        var pages = (await review.Machine.ListAsync($"SELECT DISTINCT page FROM docpipeline.claim_fields_v1 WHERE submission_id = '{id}' AND page IS NOT NULL ORDER BY page")).ToList();
        Assert.True(pages.Count > 1, "The packet should carry values on several pages.");

        var path = Path.Combine(Chrome.Screenshots, "printed.pdf");
        await person.Page.PdfAsync(new() { Path = path, PrintBackground = true, Format = "Letter" });
        var pictures = await PicturesAsync(path);
        await person.Page.EmulateMediaAsync(new() { Media = Media.Print });
        // A sheet of letter paper.
        await person.Page.SetViewportSizeAsync(816, 1056);

        Assert.Equal(pages, fetched.Distinct().Order());
        Assert.Equal(pages.Count, pictures.Count);
        Assert.Equal(pages.Count, pictures.Distinct().Count());
        Assert.DoesNotContain(1, pictures);
        Assert.Equal(pages, await person.Page.Locator(".paper figure:visible").EvaluateAllAsync<string[]>("figures => figures.map(figure => figure.dataset.page)"));
        Assert.Equal(
            await review.Machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.claim_fields_v1 WHERE submission_id = '{id}' AND page IS NOT NULL"),
            await person.Page.Locator(".paper rect:visible").CountAsync());
        Assert.True(await person.Page.Locator("#f-total_amount").IsVisibleAsync());
        Assert.False(await person.Page.Locator("#picture").IsVisibleAsync());
        Assert.False(await person.Page.Locator("#approve").IsVisibleAsync());
        Assert.False(await person.Page.Locator(".bar").IsVisibleAsync());
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task A_value_that_is_taken_from_another_page_is_printed_with_its_new_place()
    {
        var id = await HandInAsync("packet.pdf", "moved.pdf");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        var before = await PageOfAsync();

        await person.Page.FocusAsync("#f-date_of_loss");
        await person.PressAsync("2");

        Assert.Equal(("1", "3"), (before, await PageOfAsync()));
        // From a page that carried no value so far.
        await person.Page.ClickAsync(".strip [data-page='2']");
        await person.Page.ClickAsync("[data-zoom=fit]");
        await person.WorkbenchAsync();
        var stage = (await person.Page.Locator(".stage").BoundingBoxAsync())!;
        await person.Page.Mouse.MoveAsync(stage.X + 5, stage.Y + 5);
        await person.Page.Mouse.DownAsync();
        await person.Page.Mouse.MoveAsync(stage.X + stage.Width - 30, stage.Y + stage.Height - 30, new() { Steps = 4 });
        await person.Page.Mouse.UpAsync();
        await person.Page.WaitForFunctionAsync("() => document.querySelector('.paper rect[data-field=date_of_loss]').dataset.page === '2'");
        Assert.Equal("2", await PageOfAsync());
        Assert.Equal(["1", "2", "3", "4", "5"], await person.Page.Locator(".paper figure").EvaluateAllAsync<string[]>("figures => figures.map(figure => figure.dataset.page)"));
        Assert.Empty(person.Complaints);

        Task<string> PageOfAsync() => person.Page.EvaluateAsync<string>("() => document.querySelector('.paper rect[data-field=date_of_loss]').closest('figure').dataset.page");
    }

    [Theory]
    [InlineData("queue", 7)]
    [InlineData("status", 4)]
    public async Task On_a_small_telephone_a_list_is_read_without_scrolling_sideways_and_is_still_a_table(string page, int columns)
    {
        await review.HandInInvoiceAsync($"SMALL-{columns}-1");
        await review.HandInLargeClaimAsync($"SMALL-{columns}-2");
        await using var person = await review.Chrome.SignInAsync(review.Served.Address, "a-admin", review.Served.Passwords["admin"], $"/{page}", ColorScheme.Light, width: 360);
        await person.ScreenshotAsync($"{page}-small", whole: true);

        var wide = await person.Page.EvaluateAsync<string[]>("() => [document.documentElement, ...document.querySelectorAll('.scroll, .scroll *')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && !e.closest('thead')).map(e => e.outerHTML.slice(0, 80))");
        var written = await Task.WhenAll(((string[])["table", "thead th", "tbody th", "tr", "td"]).Select(part => person.Page.Locator(part).CountAsync()));
        var session = await person.Page.Context.NewCDPSessionAsync(person.Page);
        var tree = (await session.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray()
            .Where(node => node.TryGetProperty("role", out _)).GroupBy(node => node.GetProperty("role").GetProperty("value").GetString()!).ToDictionary(role => role.Key, role => role.Count());

        Assert.Empty(wide);
        Assert.True(await person.Page.Locator("table.cards").EvaluateAsync<bool>("table => [...table.querySelectorAll('td, th')].every(cell => cell.closest('thead') || getComputedStyle(cell).display !== 'table-cell')"), "The rows are no cards.");
        Assert.Equal(columns, await person.Page.Locator("table.cards thead th").CountAsync());
        Assert.Equal<IEnumerable<int>>(written, [tree["table"], tree["columnheader"], tree["rowheader"], tree["row"], tree.GetValueOrDefault("cell") + tree.GetValueOrDefault("gridcell")]);
        Assert.Empty((await person.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
    }

    [Fact]
    public async Task From_the_page_about_the_API_one_gets_back_to_the_queue()
    {
        await using var person = await review.SignInAsync("reader", "/api/v1/docs");

        await person.Page.ClickAsync("header nav >> text=Queue");

        await person.Page.WaitForURLAsync("**/queue");
        Assert.Empty(person.Complaints);
    }

    private async Task<string> HandInAsync(string sample, string name)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(ServerMachine.Samples, sample), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(review.Machine.Bucket, name), [.. bytes, .. System.Text.Encoding.UTF8.GetBytes($"\n% {name}\n")], TestContext.Current.CancellationToken);
        await review.UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE key = '{name}' AND state = 'needs_review')", $"{name} waits for a person");
        return await review.Machine.QueryAsync<string>($"SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = '{name}'");
    }

    /// <summary>The sheet of each picture that is in a PDF file.</summary>
    private static async Task<IReadOnlyList<int>> PicturesAsync(string path)
    {
        using var program = Process.Start(new ProcessStartInfo("pdfimages", ["-list", path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var listed = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. listed.Split('\n').Skip(2).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 3 && words[2] == "image").Select(words => int.Parse(words[0]))];
    }
}
