using System.Reflection;
using System.Text;
using System.Text.Json;
using DocPipeline.Functions.Tests.Model;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DocPipeline.Functions.Tests.Shell;

/// <summary>The shell as it is deployed, with the model in place of the framework: its services, its functions, a real database, a folder for blobs.</summary>
internal sealed class ShellHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-functions-");
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private ShellHost(TestDatabase database, Func<ShellSettings, ShellSettings> change)
    {
        _database = database;
        var worker = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c role=docpipeline_worker" };
        _services = new ServiceCollection()
            .AddLogging()
            .AddShell(change(new ShellSettings(worker.ConnectionString, _folder.FullName, "claims", 1, 1, StuckMinutes: 0, FourEyesAbove: 0)))
            .AddSingleton<Activities>().AddSingleton<Doors>().AddSingleton<Reconciler>()
            .BuildServiceProvider();
        Hub.AddOrchestrator<Submission, SubmissionOutcome>(DocumentPipeline.Name.Name, Orchestrations.RunAsync);
        foreach (var function in typeof(Activities).GetMethods().Where(method => method.IsDefined(typeof(FunctionAttribute))))
        {
            Hub.AddActivity(function.GetCustomAttribute<FunctionAttribute>()!.Name, input => CallAsync(function, input));
        }

        Client = new HubClient(Hub);
    }

    public TaskHub Hub { get; } = new();

    public HubClient Client { get; }

    /// <summary>Activities that fail with this instead of running.</summary>
    public Dictionary<string, Exception> Broken { get; } = [];

    /// <summary>Every activity runs again, as after a crash between the commit of its effect and the record of its step.</summary>
    public bool RunsEachTwice { get; set; }

    /// <param name="change">Of the settings.</param>
    public static async Task<ShellHost> CreateAsync(Func<ShellSettings, ShellSettings>? change = null)
    {
        var database = await TestDatabase.CreateAsync();
        await PipelineSchema.MigrateAsync(database.Owner);
        return new ShellHost(database, change ?? (settings => settings));
    }

    /// <summary>A blob comes; its submission, once its workflow has done what it can.</summary>
    public async Task<string> DropAsync(string name, string text)
    {
        await _services.GetRequiredService<Doors>().BlobAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, new Invocation(), Client, CancellationToken.None);
        var id = await IdOfAsync(name);
        await Hub.RunAsync(id, untilIdle: true);
        return id;
    }

    public async Task<string> IdOfAsync(string name) => (await ScalarAsync($"SELECT id::text FROM docpipeline.submission WHERE key = '{name}' ORDER BY received_at DESC LIMIT 1"))!;

    public async Task<string> StateAsync(string id) => (await ScalarAsync($"SELECT state FROM docpipeline.submission WHERE id = '{id}'"))!;

    public Task<HttpResponseData> DecideAsync(string id, string body, string? person) =>
        _services.GetRequiredService<Doors>().DecideAsync(new Request(body, person), Guid.Parse(id), Client, CancellationToken.None);

    public Task<HttpResponseData> ReplayAsync(string id) => _services.GetRequiredService<Doors>().ReplayAsync(new Request(""), Guid.Parse(id), Client, CancellationToken.None);

    public Task<HttpResponseData> TellS3Async(string message) => _services.GetRequiredService<Doors>().S3Async(new Request(message), Client, CancellationToken.None);

    public Task<HttpResponseData> TellEventGridAsync(string message, string method = "POST") =>
        _services.GetRequiredService<Doors>().EventGridAsync(new Request(message, method: method), Client, CancellationToken.None);

    public Task ReconcileAsync() => _services.GetRequiredService<Reconciler>().RunAsync(new TimerInfo(), Client, CancellationToken.None);

    public async Task ExecuteAsync(string statement)
    {
        await using var command = _database.Owner.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<string?> ScalarAsync(string sql)
    {
        await using var command = _database.Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<string> CallAsync(MethodInfo function, string input)
    {
        if (Broken.TryGetValue(function.GetCustomAttribute<FunctionAttribute>()!.Name, out var exception))
        {
            throw exception;
        }

        if (RunsEachTwice)
        {
            await RunAsync(function, input);
        }

        return await RunAsync(function, input);
    }

    private async Task<string> RunAsync(MethodInfo function, string input)
    {
        var call = JsonSerializer.Deserialize(input, function.GetParameters()[0].ParameterType);
        var result = (Task)function.Invoke(_services.GetRequiredService<Activities>(), [call, CancellationToken.None])!;
        await result;
        var returned = result.GetType().GetProperty("Result")!.GetValue(result)!;
        return JsonSerializer.Serialize(returned, returned.GetType());
    }
}
