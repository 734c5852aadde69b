using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Access;

/// <summary>Nobody can lock everybody out.</summary>
public sealed class LastAdminTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    [Fact]
    public async Task Of_two_admins_who_are_closed_or_demoted_at_once_one_remains()
    {
        await machine.RunAsync("account", "add", "one", "--role", "admin");
        await machine.RunAsync("account", "add", "two", "--role", "admin");

        var ends = await Task.WhenAll(machine.RunAsync("account", "close", "one"), machine.RunAsync("account", "role", "two", "--role", "reader"));

        Assert.Equal([0, 1], ends.Select(end => end.ExitCode).Order());
        Assert.Equal(1L, await machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.account WHERE role = 'admin' AND closed_at IS NULL"));
        Assert.Contains("is the last open admin", string.Concat(ends.Select(end => end.Errors)), StringComparison.Ordinal);
    }
}
