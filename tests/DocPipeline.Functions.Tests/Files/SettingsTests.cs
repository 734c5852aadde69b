using System.Text.Json;
using System.Text.RegularExpressions;

namespace DocPipeline.Functions.Tests.Files;

/// <summary>A setting that is written about is there, and one that is there is written about.</summary>
public sealed partial class SettingsTests
{
    private static readonly HashSet<string> Server = Keys("Hosting", "ServerSettings.cs");

    /// <summary>Those of the sign-in service are described where it is.</summary>
    private static readonly HashSet<string> OpenId = Keys("Access", "OpenId", "OpenIdSettings.cs");

    private static readonly HashSet<string> Shell = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "DocPipeline.Functions"), "*.cs").SelectMany(file => Names(File.ReadAllText(file)))];

    [Fact]
    public void Settings_of_the_shell_are_those_of_its_readme_and_of_the_sample()
    {
        var readme = TableRow().Matches(Repository.Read("src", "DocPipeline.Functions", "README.md")).Select(match => match.Groups[1].Value).ToHashSet();
        var sample = JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("Values").EnumerateObject().Select(value => value.Name).ToHashSet();

        Assert.Equal(readme.Order(StringComparer.Ordinal), sample.Order(StringComparer.Ordinal));
        Assert.Equal(Shell.Order(StringComparer.Ordinal), readme.Where(name => name.StartsWith("DOCPIPELINE_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_of_the_server_are_those_of_the_readme()
    {
        // Set by ./run for its own measurements.
        var readme = TableRow().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).Where(name => name.StartsWith("DOCPIPELINE_", StringComparison.Ordinal));

        Assert.Equal(Server.Except(["DOCPIPELINE_SAMPLES"]).Order(StringComparer.Ordinal), readme.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_of_the_sign_in_service_are_those_of_its_readme()
    {
        var readme = TableRow().Matches(Repository.Read("src", "DocPipeline.Server", "Access", "README.md")).Select(match => match.Groups[1].Value).Where(name => name.StartsWith("DOCPIPELINE_", StringComparison.Ordinal));

        Assert.Equal(OpenId.Order(StringComparer.Ordinal), readme.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_is_deployed_sets_only_what_is_read()
    {
        var infra = Path.Combine(Repository.Root, "infra");
        var unknown =
            from file in Directory.Exists(infra) ? Directory.EnumerateFiles(infra, "*", SearchOption.AllDirectories) : []
            where !file.Contains(".terraform", StringComparison.Ordinal)
            from name in Names(File.ReadAllText(file))
            where !Server.Contains(name) && !OpenId.Contains(name) && !Shell.Contains(name)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {name}";

        Assert.Empty(unknown.Distinct());
    }

    private static HashSet<string> Keys(params string[] file) => [.. KeyName().Matches(Repository.Read(["src", "DocPipeline.Server", .. file])).Select(match => "DOCPIPELINE_" + match.Groups[1].Value)];

    // What follows two underscores belongs to a binding: DOCPIPELINE_STORAGE__blobServiceUri.
    private static IEnumerable<string> Names(string text) => Name().Matches(text).Select(match => match.Value.Split("__")[0]);

    [GeneratedRegex(@"DOCPIPELINE_[A-Z]+[0-9]?(?:_[A-Z]+)*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("""ConfigurationKeyName\("([A-Z0-9_]+)"\)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyName();

    [GeneratedRegex(@"^\| `([A-Za-z0-9_]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableRow();
}
