using DocPipeline.EndToEnd.Tests;
using DocPipeline.EndToEnd.Tests.Browser;
using DocPipeline.EndToEnd.Tests.Proof;
using DocPipeline.EndToEnd.Tests.Providers;
using DocPipeline.EndToEnd.Tests.Webhooks;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace DocPipeline.EndToEnd.Tests;

/// <summary>Classes that take minutes begin first: begun last, one of them is waited for while the other core has nothing to do.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Long = [typeof(DeliveryTests), typeof(ReviewTests), typeof(AccessibilityTests), typeof(HostileTests), typeof(CascadeServedTests), typeof(WitnessServedTests)];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Array.Exists(Long, type => collection.TestCollectionDisplayName.Contains(type.FullName!, StringComparison.Ordinal)))];
}
