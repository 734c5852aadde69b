using Microsoft.Playwright;

namespace DocPipeline.Proof.Machines;

/// <summary>The machine's own Chromium, without a window.</summary>
internal static class Chromium
{
    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no Chromium on this machine. ./test installs it; by hand: apt-get install chromium");
        // Without a sandbox of its own: root has none, and the pages are ours.
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }
}
