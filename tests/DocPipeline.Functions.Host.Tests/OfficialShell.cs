using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using DocPipeline.Functions.Tests.Model;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Testing;
using DocPipeline.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DocPipeline.Functions.Host.Tests;

/// <summary>The shell's services and functions, the framework's host and client, a real database, a folder for blobs. The platform's triggers are calls.</summary>
internal sealed class OfficialShell : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-functions-");
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private DurableTaskTestHost _host = null!;

    private OfficialShell(TestDatabase database)
    {
        _database = database;
        var worker = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c role=docpipeline_worker" };
        _services = new ServiceCollection()
            .AddLogging()
            .AddShell(new ShellSettings(worker.ConnectionString, _folder.FullName, "claims", 1, 1, StuckMinutes: 0, FourEyesAbove: 0))
            .AddSingleton<Activities>().AddSingleton<Doors>().AddSingleton<Reconciler>()
            .BuildServiceProvider();
    }

    /// <summary>Activities that fail for good instead of running.</summary>
    public HashSet<string> Broken { get; } = [];

    private Doors Doors => _services.GetRequiredService<Doors>();

    public static async Task<OfficialShell> StartAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await PipelineSchema.MigrateAsync(database.Owner);
        var shell = new OfficialShell(database);
        shell._host = await OfficialHost.StartAsync(registry =>
        {
            registry.AddOrchestratorFunc<Submission, SubmissionOutcome>(DocumentPipeline.Name.Name, (context, submission) => Orchestrations.RunAsync(context, submission));
            foreach (var function in typeof(Activities).GetMethods().Where(method => method.IsDefined(typeof(FunctionAttribute))))
            {
                var name = function.GetCustomAttribute<FunctionAttribute>()!.Name;
                registry.AddActivityFunc<JsonElement, object>(name, (_, input) => shell.CallAsync(name, function, input));
            }
        });
        return shell;
    }

    public async Task<string> DropAsync(string name, string text)
    {
        await Doors.BlobAsync(Bytes(text), name, new Invocation(), _host.Client, CancellationToken.None);
        return await IdOfAsync(name);
    }

    /// <summary>Without its workflow, as after a crash between commit and start.</summary>
    public async Task<string> TakeInAsync(string name, string text)
    {
        await _services.GetRequiredService<SubmissionIntake>().AcceptAsync(new("blob:claims", name, "blob:claims", name, Version: null), Bytes(text), CancellationToken.None);
        return await IdOfAsync(name);
    }

    public Task ReconcileAsync() => _services.GetRequiredService<Reconciler>().RunAsync(new TimerInfo(), _host.Client, CancellationToken.None);

    public async Task<HttpStatusCode> DecideAsync(string id, string body) =>
        (await Doors.DecideAsync(new Request(body, "someone"), Guid.Parse(id), _host.Client, CancellationToken.None)).StatusCode;

    public async Task<HttpStatusCode> ReplayAsync(string id) => (await Doors.ReplayAsync(new Request(""), Guid.Parse(id), _host.Client, CancellationToken.None)).StatusCode;

    public async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    public Task UntilAsync(string id, params string[] states) =>
        Eventually.IsTrueAsync(async () => Array.IndexOf(states, await StateAsync(id)) >= 0, $"{id} is {string.Join(" or ", states)}", TimeSpan.FromMinutes(1));

    public async Task<string> StateAsync(string id) => (await ScalarAsync($"SELECT state FROM docpipeline.submission WHERE id = '{id}'"))!;

    public Task<string?> HistoryAsync(string id) => ScalarAsync($"SELECT string_agg(to_state, ' ' ORDER BY seq) FROM docpipeline.audit WHERE submission_id = '{id}'");

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<string> IdOfAsync(string name) => (await ScalarAsync($"SELECT id::text FROM docpipeline.submission WHERE key = '{name}' ORDER BY received_at DESC LIMIT 1"))!;

    private async Task<string?> ScalarAsync(string sql)
    {
        await using var command = _database.Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }

    private async Task<object> CallAsync(string name, MethodInfo function, JsonElement input)
    {
        if (Broken.Contains(name))
        {
            var failed = new ActivityFailure(FailureKind.Bug, "broken", "It is broken by the test.", Detail: null);
            return Activator.CreateInstance(function.ReturnType.GetGenericArguments()[0], null, failed, null)!;
        }

        var call = input.Deserialize(function.GetParameters()[0].ParameterType);
        var result = (Task)function.Invoke(_services.GetRequiredService<Activities>(), [call, CancellationToken.None])!;
        await result;
        return result.GetType().GetProperty("Result")!.GetValue(result)!;
    }
}
