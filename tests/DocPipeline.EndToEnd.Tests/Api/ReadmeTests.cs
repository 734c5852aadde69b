using System.Diagnostics;
using System.Text.RegularExpressions;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>The commands of the README do what they say, as they stand there.</summary>
public sealed partial class ReadmeTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    [Fact]
    public async Task Every_command_of_the_query_section_works()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(ServerMachine.Repository, "README.md"), TestContext.Current.CancellationToken);
        var query = readme[readme.IndexOf("### Query", StringComparison.Ordinal)..readme.IndexOf("## Settings", StringComparison.Ordinal)];
        var commands = Block().Matches(query).Select(match => match.Groups["commands"].Value).ToList();
        Assert.Equal(2, commands.Count);
        var folder = machine.Machine.Folder.CreateSubdirectory("readme");
        File.Copy(Path.Combine(ServerMachine.Samples, "claim-form-blank.pdf"), Path.Combine(folder.FullName, "claim.pdf"));
        // The reader's ./run, and the port that this server has.
        var script = $"run() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "DocPipeline.Server.dll")}' \"$@\"; }}\n" + string.Join('\n', commands)
            .Replace("./run ", "run ", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8090", machine.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = folder.FullName, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in machine.Machine.Settings)
        {
            start.Environment[name] = value;
        }

        using var bash = Process.Start(start)!;
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(bash.ExitCode == 0, await errors + await output);
        foreach (var expected in new[] { "\"claim_number\":\"CL-2", "\"type\":\"submission.", "\"is_new\":true", "whsec_", " owed, 0 dead" })
        {
            Assert.Contains(expected, await output, StringComparison.Ordinal);
        }

        Assert.True(new FileInfo(Path.Combine(folder.FullName, "claims.xlsx")).Length > 10_000);
    }

    [GeneratedRegex("```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
