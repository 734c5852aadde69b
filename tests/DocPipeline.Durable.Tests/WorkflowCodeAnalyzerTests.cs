using System.Collections.Immutable;
using DocPipeline.Analyzers;
using DocPipeline.Workflow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DocPipeline.Durable.Tests;

public sealed class WorkflowCodeAnalyzerTests
{
    [Theory]
    [InlineData("var now = DateTimeOffset.UtcNow;")]
    [InlineData("var now = TimeProvider.System.GetUtcNow();")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("var n = new Random(1).Next();")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Run(() => 1);")]
    [InlineData("await Task.Yield();")]
    [InlineData("await context.SleepUntilAsync(context.Now).ConfigureAwait(false);")]
    [InlineData("await Task.WhenAny(context.SleepUntilAsync(context.Now));")]
    [InlineData("var text = System.IO.File.ReadAllText(\"x\");")]
    [InlineData("using var http = new System.Net.Http.HttpClient();")]
    [InlineData("System.Threading.Thread.Sleep(1);")]
    [InlineData("var home = Environment.GetEnvironmentVariable(\"HOME\");")]
    [InlineData("Func<Guid> make = Guid.NewGuid;")]
    public async Task What_a_replay_could_not_repeat_is_an_error_in_workflow_code(string statement)
    {
        var errors = await AnalyzeAsync($$"""
            public sealed class Pipeline : IWorkflow<int, int>
            {
                public async Task<int> RunAsync(IWorkflowContext context, int input) { {{statement}} await context.SleepUntilAsync(context.Now); return input; }
            }
            """);

        Assert.All(errors, error => Assert.Equal((WorkflowCodeAnalyzer.Id, DiagnosticSeverity.Error), (error.Id, error.Severity)));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task Helpers_that_take_the_context_are_workflow_code_too()
    {
        Assert.Single(await AnalyzeAsync("public static class Help { public static Guid Id(IWorkflowContext context) => Guid.NewGuid(); }"));
        Assert.Single(await AnalyzeAsync("public static class Help { public static Func<IWorkflowContext, Guid> Make() => context => Guid.NewGuid(); }"));
    }

    [Fact]
    public async Task Deterministic_workflow_code_and_everything_else_are_left_alone()
    {
        Assert.Empty(await AnalyzeAsync("""
            public sealed class Pipeline : IWorkflow<int, int>
            {
                private static readonly Activity<int, int> Add = new("Add");
                public async Task<int> RunAsync(IWorkflowContext context, int input)
                {
                    var both = await Task.WhenAll(context.CallAsync(Add, input), context.CallAsync(Add, 2));
                    var late = context.Now + TimeSpan.FromDays(1) > new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
                    return late ? both.Sum() : await Task.FromResult(Math.Max(input, both[0]));
                }
            }

            public sealed class Worker { public Guid Id() => Guid.NewGuid(); public Task Wait() => Task.Delay(1); }
            """));
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(IWorkflowContext).Assembly.Location).Distinct(StringComparer.Ordinal)
            .Select(path => MetadataReference.CreateFromFile(path));
        var usings = "using System; using System.Linq; using System.Threading.Tasks; using DocPipeline.Workflow;\n";
        var compilation = CSharpCompilation.Create(
            "Snippet", [CSharpSyntaxTree.ParseText(usings + code, cancellationToken: TestContext.Current.CancellationToken)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(found => found.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new WorkflowCodeAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}
