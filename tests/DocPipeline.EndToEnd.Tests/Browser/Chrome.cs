using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Machines;
using Microsoft.Playwright;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>The machine's own Chromium, without a window. One for all tests of a class; each person has a context of its own, as in a browser of their own.</summary>
public sealed class Chrome : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chrome(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Where screenshots are left for people to look at.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(ServerMachine.Repository, ".local", "screenshots")).FullName;

    public static async Task<Chrome> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await Chromium.LaunchAsync(playwright));
    }

    /// <summary>A person who has signed in and sees <paramref name="path"/>. What the browser complains about (a blocked script, a failed load) is an error of the test.</summary>
    public async Task<Person> SignInAsync(Uri server, string name, string password, string path = "/", ColorScheme colours = ColorScheme.Light, int width = 1440)
    {
        var person = await VisitAsync(server, path, colours, width);
        await person.Page.FillAsync("[name=name]", name);
        await person.Page.FillAsync("[name=password]", password);
        await person.PressAsync("Enter");
        await person.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return person;
    }

    /// <summary>A person in front of the sign-in page, on the way to <paramref name="path"/>.</summary>
    public async Task<Person> VisitAsync(Uri server, string path, ColorScheme colours = ColorScheme.Light, int width = 1440)
    {
        var context = await _browser.NewContextAsync(new() { BaseURL = server.ToString(), ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(90_000);
        context.SetDefaultNavigationTimeout(90_000);
        var page = await context.NewPageAsync();
        var person = new Person(context, page);
        await page.GotoAsync($"/sign-in?to={Uri.EscapeDataString(path)}");
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        await Person.NoLongerThanAWhileAsync(_browser.CloseAsync());
        _playwright.Dispose();
    }
}

/// <summary>Somebody in front of the pages.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Person(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("409 (Conflict)", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser did not like.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a document's workbench and waits until its picture and its keys are there.</summary>
    public async Task OpenAsync(string id)
    {
        await Page.GotoAsync($"/review/{id}");
        await WorkbenchAsync();
    }

    public async Task WorkbenchAsync()
    {
        await Page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        await Page.WaitForFunctionAsync("() => { const picture = document.getElementById('picture'); return !picture || picture.complete && picture.naturalWidth > 0; }");
    }

    /// <summary>The name of the field that has the focus, or the id of the element.</summary>
    public async Task<string> FocusAsync() => await Page.EvaluateAsync<string>("() => document.activeElement.id");

    public Task ScreenshotAsync(string name, bool whole = false) => Page.ScreenshotAsync(new() { Path = Path.Combine(Chrome.Screenshots, name + ".png"), FullPage = whole });

    /// <summary>Presses a key, which may leave the page.</summary>
    public Task PressAsync(string key) => NoLongerThanAWhileAsync(Page.Keyboard.PressAsync(key));

    public async ValueTask DisposeAsync() => await NoLongerThanAWhileAsync(_context.CloseAsync());

    /// <summary>Chromium sometimes never answers to a key with which it leaves a page, nor closes that page. What the key did is looked at afterwards in any case.</summary>
    internal static async Task NoLongerThanAWhileAsync(Task work)
    {
        if (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System)) == work)
        {
            await work;
        }
    }
}
