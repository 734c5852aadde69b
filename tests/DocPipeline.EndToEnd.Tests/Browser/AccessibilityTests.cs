using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using DocPipeline.EndToEnd.Tests.Machine;
using Microsoft.Playwright;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>Every page by axe's rules, in the light, in the dark and on a telephone. Screenshots are left in .local/screenshots.</summary>
public sealed class AccessibilityTests(ReviewMachine review) : IClassFixture<ReviewMachine>
{
    /// <summary>Axe leaves out the size of targets (WCAG 2.2, 2.5.8) unless it is asked for.</summary>
    private static readonly AxeRunOptions Rules = new() { Rules = new() { ["target-size"] = new() { Enabled = true } } };

    [Fact]
    public async Task No_page_breaks_a_rule_of_accessibility_in_light_dark_or_on_a_telephone()
    {
        var ids = await DocumentsAsync();
        var wrong = new List<string>();
        foreach (var (name, colours, width) in (ValueTuple<string, ColorScheme, int>[])[("light", ColorScheme.Light, 1440), ("dark", ColorScheme.Dark, 1440), ("narrow", ColorScheme.Light, 390)])
        {
            await using var person = await review.Chrome.SignInAsync(review.Served.Address, "a-admin", review.Served.Passwords["admin"], "/queue", colours, width);
            foreach (var (path, page) in Pages(ids))
            {
                await person.Page.GotoAsync(path);
                if (path.StartsWith("/review/", StringComparison.Ordinal))
                {
                    await person.WorkbenchAsync();
                }

                if (page == "workbench-documents")
                {
                    await person.PressAsync("F4");
                }

                await person.ScreenshotAsync($"{page}-{name}");
                var result = await person.Page.RunAxe(Rules);
                wrong.AddRange(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{page} ({name}): {violation.Id}: {violation.Help}: {node.Html}")));
                var tooWide = await person.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > window.innerWidth + 1");
                if (tooWide)
                {
                    wrong.Add($"{page} ({name}) is wider than the screen.");
                }
            }

            wrong.AddRange(person.Complaints.Select(complaint => $"{name}: {complaint}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public async Task The_keys_and_the_door_break_no_rule_of_accessibility_either()
    {
        var id = await review.HandInInvoiceAsync("DIALOG-1");
        await using var person = await review.SignInAsync("reviewer", $"/review/{id}");
        await person.WorkbenchAsync();
        await person.Page.ClickAsync("#help-button");
        var dialog = await person.Page.RunAxe(Rules);
        await person.ScreenshotAsync("keys");
        await person.PressAsync("Escape");
        await person.Page.ClickAsync("text=Sign out");
        await person.Page.WaitForURLAsync("**/sign-in");
        var door = await person.Page.RunAxe(Rules);
        await person.ScreenshotAsync("sign-in");

        Assert.Empty(dialog.Violations.Concat(door.Violations).Select(violation => $"{violation.Id}: {violation.Help}"));
        Assert.Empty(person.Complaints);
    }

    private static IEnumerable<(string Path, string Name)> Pages(IReadOnlyDictionary<string, string> ids) =>
    [
        ("/queue", "queue"),
        ($"/review/{ids["packet.pdf"]}", "workbench-packet"),
        ($"/review/{ids["packet.pdf"]}", "workbench-documents"),
        ($"/review/{ids["CL-2417.txt"]}", "workbench-invoice"),
        ($"/review/{ids["claim-form-blank.pdf"]}", "workbench-blank"),
        ($"/review/{ids["cl-2418.txt"]}", "workbench-sample"),
        ("/dashboard", "dashboard"),
        ("/status", "status"),
        ("/accounts", "accounts"),
        ("/account", "account"),
        ("/problem", "problem"),
        ("/api/v1/docs", "api"),
    ];

    /// <summary>Documents of every look, by file: a packet with findings, an invoice with three fields to check, an empty form.</summary>
    private async Task<IReadOnlyDictionary<string, string>> DocumentsAsync()
    {
        foreach (var sample in (string[])["packet.pdf", "claim-form-blank.pdf"])
        {
            File.Copy(Path.Combine(ServerMachine.Samples, sample), Path.Combine(review.Machine.Bucket, sample), overwrite: true);
        }

        await review.HandInInvoiceAsync("CL-2417");
        await review.HandInSampleAsync("cl-2418");
        await review.UntilAsync("SELECT count(*) = 2 FROM docpipeline.submissions_v1 WHERE key IN ('packet.pdf', 'claim-form-blank.pdf') AND state = 'needs_review'", "the samples wait for a person");
        return (await review.Machine.ListAsync("SELECT key, submission_id FROM docpipeline.submissions_v1")).Select(row => row.Split('|')).ToDictionary(row => row[0], row => row[1]);
    }

    /// <summary>A sample under another name; one line more, for the same bytes would be a duplicate.</summary>
}
