using System.Reflection;

namespace DocPipeline.Aws.Tests;

public sealed class ArrowsTests
{
    [Fact]
    public void The_adapters_know_the_pipeline_and_nothing_else_of_ours() => Assert.DoesNotContain(
        Assembly.Load("DocPipeline.Aws").GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("DocPipeline.", StringComparison.Ordinal));
}
