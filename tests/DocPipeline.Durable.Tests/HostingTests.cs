using DocPipeline.Durable.Operating;
using DocPipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

/// <summary>The engine as a host sees it.</summary>
public sealed class HostingTests
{
    private sealed record Increment(int By);

    [Fact]
    public async Task A_host_starts_the_engine_that_it_was_given_and_hands_out_client_and_operator()
    {
        await using var harness = await Harness.CreateAsync();
        var worker = harness.Worker();
        await using var services = new ServiceCollection()
            .AddSingleton<ILogger<DurableEngine>>(NullLogger<DurableEngine>.Instance)
            .AddSingleton(new Increment(By: 41))
            .AddDurableEngine(_ => worker, _ => Harness.Quick, (provider, builder) => builder
                .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input))
                .Activity(AddOne, input => input + provider.GetRequiredService<Increment>().By))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var hosted = Assert.Single(services.GetServices<IHostedService>());
        Assert.Same(services.GetRequiredService<DurableEngine>(), hosted);

        await hosted.StartAsync(TestContext.Current.CancellationToken);
        await harness.StartAsync(Sum, "one", 1, services.GetRequiredService<IWorkflowClient>());
        Assert.Equal(42, await harness.OutputAsync<int>("one"));
        await hosted.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("completed", (await services.GetRequiredService<DurableOperator>().ShowAsync("one", TestContext.Current.CancellationToken))?.Status);
        Assert.Equal(0, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.worker"));
    }

    [Fact]
    public async Task Settings_out_of_range_are_named_when_the_engine_is_made()
    {
        await using var harness = await Harness.CreateAsync();
        var worker = harness.Worker();
        await using var services = new ServiceCollection()
            .AddSingleton<ILogger<DurableEngine>>(NullLogger<DurableEngine>.Instance)
            .AddDurableEngine(_ => worker, _ => new DurableOptions { MaxActivities = 0, MaxSteps = 0 }, (_, _) => { })
            .BuildServiceProvider();

        var refused = Assert.Throws<InvalidOperationException>(() => services.GetServices<IHostedService>());

        Assert.Contains("MaxActivities", refused.Message, StringComparison.Ordinal);
        Assert.Contains("MaxSteps", refused.Message, StringComparison.Ordinal);
    }
}
