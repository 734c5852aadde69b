using System.Reflection;
using System.Text.Json;
using DocPipeline.Functions.Tests.Files;
using DocPipeline.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DocPipeline.Functions.Tests.Shell;

/// <summary>The shell names nothing that the solution does not have, and has nothing in it that belongs into the solution.</summary>
public sealed class NamesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "DocPipeline.Functions");

    private static IEnumerable<(string File, SyntaxNode Root)> Sources => Directory.EnumerateFiles(Folder, "*.cs")
        .Select(file => (Path.GetFileName(file), CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()));

    private static IReadOnlyDictionary<string, MethodInfo> Functions { get; } = typeof(Activities).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Activities).Namespace)
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(FunctionAttribute)))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    [Fact]
    public void Every_activity_of_the_solution_has_its_function_and_every_activity_function_its_activity()
    {
        var solution = typeof(DocumentPipeline).Assembly.GetTypes().SelectMany(Named).ToDictionary(activity => activity.Name, activity => activity.Types);
        var shell = Functions.Where(function => function.Value.GetParameters()[0].IsDefined(typeof(ActivityTriggerAttribute))).ToDictionary(
            function => function.Key,
            function => (function.Value.GetParameters()[0].ParameterType, function.Value.ReturnType));

        Assert.Equal(solution.Keys.Order(StringComparer.Ordinal), shell.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, types) in solution)
        {
            Assert.Equal(
                (typeof(StepCall<>).MakeGenericType(types[0]), typeof(Task<>).MakeGenericType(typeof(StepResult<>).MakeGenericType(types[1]))),
                shell[name]);
        }
    }

    [Fact]
    public void The_orchestration_has_the_name_and_version_of_the_workflow()
    {
        var orchestration = Assert.Single(Functions, function => function.Value.GetParameters()[0].IsDefined(typeof(OrchestrationTriggerAttribute)));

        Assert.Equal(DocumentPipeline.Name.Name, orchestration.Key);
        using var host = JsonDocument.Parse(Repository.Read("host.json"));
        Assert.Equal(DocumentPipeline.Name.Version.ToString(), host.RootElement.GetProperty("extensions").GetProperty("durableTask").GetProperty("defaultVersion").GetString());
    }

    [Fact]
    public void Names_of_functions_stand_in_their_attributes_and_nowhere_else()
    {
        var literals = Sources.SelectMany(source => source.Root.DescendantNodes().OfType<LiteralExpressionSyntax>())
            .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && Functions.ContainsKey(literal.Token.ValueText));

        // A route may be called as its function is.
        Assert.All(literals, literal => Assert.Contains(literal.FirstAncestorOrSelf<AttributeSyntax>()?.Name.ToString() ?? $"{literal} outside of an attribute", new[] { "Function", "HttpTrigger" }));
        Assert.DoesNotContain(Sources, source => source.Root.ToString().Contains("\"review-decided\"", StringComparison.Ordinal));
    }

    [Fact]
    public void The_shell_can_be_read_in_ten_minutes()
    {
        var lines = Directory.EnumerateFiles(Folder, "*.cs").SelectMany(File.ReadLines).Select(line => line.Trim())
            .Count(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal));

        Assert.InRange(lines, 1, 399);
    }

    [Fact]
    public void It_stays_outside_of_the_solution_and_takes_the_host_file_from_the_root()
    {
        Assert.DoesNotContain("DocPipeline.Functions.csproj", Repository.Read("DocPipeline.sln"), StringComparison.Ordinal);
        Assert.Contains("""<None Include="../../host.json" Link="host.json" CopyToOutputDirectory="PreserveNewest" CopyToPublishDirectory="PreserveNewest" />""", File.ReadAllText(Path.Combine(Folder, "DocPipeline.Functions.csproj")), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, Type[] Types)> Named(Type type) => type.GetMembers(BindingFlags.Public | BindingFlags.Static)
        .Select(member => member switch
        {
            PropertyInfo property when IsActivity(property.PropertyType) => property.GetValue(null),
            FieldInfo field when IsActivity(field.FieldType) => field.GetValue(null),
            _ => null,
        })
        .OfType<object>()
        .Select(activity => ((string)activity.GetType().GetProperty("Name")!.GetValue(activity)!, activity.GetType().GetGenericArguments()));

    private static bool IsActivity(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Activity<,>);
}
