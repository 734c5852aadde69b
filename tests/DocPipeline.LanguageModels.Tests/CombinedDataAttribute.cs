using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace DocPipeline.LanguageModels.Tests;

/// <summary>Each provider with each of these numbers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CombinedDataAttribute(params int[] numbers) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. from provider in new[] { "anthropic", "openai" } from number in numbers select new TheoryDataRow<string, int>(provider, number)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
