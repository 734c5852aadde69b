using System.Text.RegularExpressions;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Access;

/// <summary>A running server with one account of each role, for all tests of a class.</summary>
public sealed partial class ServedMachine : IAsyncLifetime
{
    private ServerProgram? _program;
    private HttpClient? _page;

    public ServerMachine Machine { get; } = new();

    public Uri Address => _page!.BaseAddress!;

    /// <summary>What the server said at its first start.</summary>
    public string Said => _program!.Output;

    public string AdminPassword { get; private set; } = "";

    /// <summary>The passwords of the accounts <c>a-reader</c>, <c>a-reviewer</c> ... by role.</summary>
    public Dictionary<string, string> Passwords { get; } = [];

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        (_program, _page) = await Machine.ServeAsync();
        await Testing.Eventually.IsTrueAsync(() => Task.FromResult(FirstPassword().IsMatch(Said)), "the first admin's password is said", TimeSpan.FromSeconds(30));
        AdminPassword = FirstPassword().Match(Said).Groups["password"].Value;
        foreach (var role in (string[])["reader", "reviewer", "supervisor", "admin"])
        {
            Passwords[role] = await AddAsync("a-" + role, role);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _page?.Dispose();
        await (_program?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Machine.DisposeAsync();
    }

    /// <returns>The new account's password.</returns>
    public async Task<string> AddAsync(string name, string role)
    {
        var added = await Machine.RunAsync("account", "add", name, "--role", role);
        Assert.True(added.ExitCode == 0, added.Errors);
        return added.Output.Trim();
    }

    public Task<Visitor> SignedInAsync(string role) => Visitor.SignedInAsync(Address, "a-" + role, Passwords[role]);

    [GeneratedRegex("admin, password (?<password>[a-z0-9-]+) ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstPassword();
}
