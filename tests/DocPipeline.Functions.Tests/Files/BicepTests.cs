using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace DocPipeline.Functions.Tests.Files;

/// <summary>What can be said of infra/azure without its compiler: that brackets close, that every name is declared and used, that no secret is spelled out.</summary>
public sealed partial class BicepTests
{
    private static readonly string Text = LineComment().Replace(Repository.Read("infra", "azure", "main.bicep"), "");

    [Fact]
    public void Brackets_close_in_their_order()
    {
        var open = new Stack<char>();
        foreach (var bracket in StringText().Replace(Text, "''").Where("()[]{}".Contains))
        {
            if ("([{".Contains(bracket))
            {
                open.Push(bracket);
            }
            else
            {
                Assert.True(open.TryPop(out var opened) && $"{opened}{bracket}" is "()" or "[]" or "{}", $"A '{bracket}' closes nothing.");
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void Parameters_and_variables_are_used()
    {
        var declared = Declaration().Matches(Text).Select(match => match.Groups[1].Value);

        Assert.All(declared, name => Assert.True(Regex.Count(Text, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1)) > 1, $"{name} is not used."));
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

    [GeneratedRegex(@"(?m)(?<!:)//.*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineComment();

    [GeneratedRegex(@"'(?:[^'\\\n]|\\.)*'", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StringText();

    [GeneratedRegex(@"(?m)^(?:param|var) (\w+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"query: '[^\n]*'", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Query();

    [GeneratedRegex("\"([a-z-]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
