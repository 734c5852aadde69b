using System.Collections.Concurrent;
using DocPipeline.Durable.Operating;
using DocPipeline.Testing;
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
    public async Task A_schema_that_does_not_fit_is_said_once_and_is_the_engines_problem_until_it_fits()
    {
        await using var harness = await Harness.CreateAsync();
        var (worker, log) = (harness.Worker(), new ErrorLog());
        await using var services = new ServiceCollection()
            .AddSingleton<ILogger<DurableEngine>>(log)
            .AddDurableEngine(_ => worker, _ => Harness.Quick, (_, builder) => builder
                .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input))
                .Activity(AddOne, input => input + 1))
            .BuildServiceProvider();
        var engine = services.GetRequiredService<DurableEngine>();
        const string RolledBack = "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()";
        await harness.ExecuteAsync("ALTER TABLE durable.step RENAME TO step_away");
        var before = await harness.ScalarAsync<long>(RolledBack);

        await engine.StartAsync(TestContext.Current.CancellationToken);
        await harness.StartAsync(Sum, "one", 1);
        await Eventually.IsTrueAsync(async () => await harness.ScalarAsync<long>(RolledBack) > before + 5, "the engine has asked again and again");

        Assert.Contains("durable.step", engine.Problem, StringComparison.Ordinal);
        Assert.Contains("durable.step", Assert.Single(log.Errors), StringComparison.Ordinal);
        await harness.ExecuteAsync("ALTER TABLE durable.step_away RENAME TO step");
        Assert.Equal(2, await harness.OutputAsync<int>("one"));
        await Eventually.IsTrueAsync(() => Task.FromResult(engine.Problem is null), "the problem is forgotten");
        await engine.StopAsync(TestContext.Current.CancellationToken);
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

    private sealed class ErrorLog : ILogger<DurableEngine>
    {
        private readonly ConcurrentQueue<string> _errors = [];

        public IEnumerable<string> Errors => _errors;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _errors.Enqueue(formatter(state, exception));
            }
        }
    }
}
