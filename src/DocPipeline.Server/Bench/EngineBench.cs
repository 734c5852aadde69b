using DocPipeline.Durable;
using DocPipeline.Durable.Operating;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DocPipeline.Server.Bench;

/// <summary>How many workflows of steps that do nothing the engine finishes in a second: what durability costs, and nothing else.</summary>
/// <param name="owner">Connection of a role that may create databases. The bench makes one of its own and drops it at the end.</param>
internal sealed class EngineBench(string owner)
{
    private const int StartAtOnce = 200;

    private static readonly Activity<int, int> Nothing = new("nothing");

    public async Task<BenchResult> RunAsync(int workflows, int steps, CancellationToken cancellationToken)
    {
        var name = "docpipeline_bench_" + Guid.NewGuid().ToString("N");
        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await ExecuteAsync(server, $"CREATE DATABASE {name}", cancellationToken);
        try
        {
            return await MeasureAsync(new NpgsqlConnectionStringBuilder(owner) { Database = name }.ConnectionString, workflows, steps, cancellationToken);
        }
        finally
        {
            await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private static async Task<BenchResult> MeasureAsync(string connection, int workflows, int steps, CancellationToken cancellationToken)
    {
        await using var database = DurableSchema.Connect(connection);
        await DurableSchema.MigrateAsync(database, cancellationToken);
        var workflow = new WorkflowName<int, int>("bench", 1);
        var registry = new DurableBuilder().AddWorkflow(workflow, static () => new Steps()).AddActivity(Nothing, new DoNothing());
        var options = new DurableOptions();
        await using var engine = new DurableEngine(database, registry, options, NullLogger<DurableEngine>.Instance);
        await StartAllAsync(database, new DurableClient(options.Json), workflow, workflows, steps, cancellationToken);

        var started = TimeProvider.System.GetTimestamp();
        await engine.StartAsync(cancellationToken);
        var operations = new DurableOperator(database, options);
        while (true)
        {
            var counts = await operations.CountAsync(cancellationToken);
            if (counts.GetValueOrDefault("completed") + counts.GetValueOrDefault("dead") + counts.GetValueOrDefault("parked") == workflows)
            {
                return new(workflows, workflows * steps, TimeProvider.System.GetElapsedTime(started), (int)(workflows - counts.GetValueOrDefault("completed")));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task StartAllAsync(
        NpgsqlDataSource database, DurableClient client, WorkflowName<int, int> workflow, int workflows, int steps, CancellationToken cancellationToken)
    {
        foreach (var numbers in Enumerable.Range(0, workflows).Chunk(StartAtOnce))
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            foreach (var number in numbers)
            {
                await client.StartAsync(workflow, $"bench-{number}", steps, transaction, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource server, string statement, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Steps : IWorkflow<int, int>
    {
        public async Task<int> RunAsync(IWorkflowContext context, int input)
        {
            var last = 0;
            for (var step = 1; step <= input; step++)
            {
                last = await context.CallAsync(Nothing, step);
            }

            return last;
        }
    }

    private sealed class DoNothing : IActivity<int, int>
    {
        public Task<int> RunAsync(int input, ActivityContext context, CancellationToken cancellationToken) => Task.FromResult(input);
    }
}
