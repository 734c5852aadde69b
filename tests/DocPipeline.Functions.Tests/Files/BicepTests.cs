using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace DocPipeline.Functions.Tests.Files;

/// <summary>What can be said of infra/azure without a subscription: that its compiler takes it, that it asks for functions that exist, that no secret is spelled out.</summary>
public sealed partial class BicepTests
{
    /// <summary>From a package that the project names; null where it does not run.</summary>
    private static readonly string? Compiler = RuntimeInformation.OSArchitecture == Architecture.X64
        ? typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "Bicep")?.Value : null;

    private static readonly string Text = LineComment().Replace(Repository.Read("infra", "azure", "main.bicep"), "");

    [Fact]
    public async Task The_compiler_understands_the_template_and_warns_of_nothing()
    {
        Assert.SkipWhen(Compiler is null, "The compiler of Bicep is there for Linux on x64 only.");

        Assert.Equal((0, ""), await LintAsync(Path.Combine(Repository.Root, "infra", "azure", "main.bicep")));
    }

    [Fact]
    public async Task The_compiler_complains_about_a_property_that_the_platform_does_not_know()
    {
        Assert.SkipWhen(Compiler is null, "The compiler of Bicep is there for Linux on x64 only.");
        var folder = Directory.CreateTempSubdirectory("docpipeline-bicep-");
        var wrong = Path.Combine(folder.FullName, "main.bicep");
        await File.WriteAllTextAsync(wrong, Repository.Read("infra", "azure", "main.bicep").Replace("allowSharedKeyAccess:", "allowSharedKeys:", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Contains("allowSharedKeys", (await LintAsync(wrong)).Said, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Alerts_ask_for_functions_that_exist()
    {
        var functions = typeof(Activities).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes(typeof(FunctionAttribute), inherit: false)).Select(attribute => ((FunctionAttribute)attribute).Name).ToHashSet();
        var asked = Query().Matches(Text).SelectMany(query => Quoted().Matches(query.Value)).Select(match => match.Groups[1].Value).Where(name => name.Contains('-') && !name.StartsWith("webjobs", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(functions));
    }

    [Fact]
    public void Settings_name_no_secret() => Assert.DoesNotMatch(@"(?i)(password|accountkey|sharedaccess)\s*=\s*[^;'$]", Text);

    private static Task<(int Code, string Said)> LintAsync(string file) => Programs.RunAsync(Compiler!, ["lint", file], ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"));

    [GeneratedRegex(@"(?m)(?<!:)//.*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineComment();

    [GeneratedRegex(@"query: '[^\n]*'", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Query();

    [GeneratedRegex("\"([a-z-]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
