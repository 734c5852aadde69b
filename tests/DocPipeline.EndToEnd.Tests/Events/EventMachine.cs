using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing.Stores;

namespace DocPipeline.EndToEnd.Tests.Events;

/// <summary>A running server with a bucket of S3 and a container of Blob Storage, each set up as the README says.</summary>
public sealed class EventMachine : IAsyncLifetime
{
    public const string Container = "claims";
    public const string Topic = "arn:aws:sns:eu-central-1:123456789012:claims";

    private ServerProgram? _program;

    public ServerMachine Machine { get; } = new();

    public S3Rver S3 { get; private set; } = null!;

    public Azurite Blobs { get; private set; } = null!;

    public string Bucket { get; private set; } = "";

    /// <summary>With no key.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>A key with the scope <c>events</c>.</summary>
    public string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        S3 = await S3Rver.StartAsync();
        Bucket = S3.Create();
        Blobs = await Azurite.StartAsync();
        await Blobs.CreateAsync(Container);
        Machine.Settings["AWS_ACCESS_KEY_ID"] = S3Rver.AccessKey;
        Machine.Settings["AWS_SECRET_ACCESS_KEY"] = S3Rver.SecretKey;
        Machine.Settings["DOCPIPELINE_S3_BUCKET"] = Bucket;
        Machine.Settings["DOCPIPELINE_S3_PREFIX"] = "in/";
        Machine.Settings["DOCPIPELINE_S3_ENDPOINT"] = S3.Address.ToString();
        Machine.Settings["DOCPIPELINE_S3_TOPICS"] = Topic;
        Machine.Settings["DOCPIPELINE_BLOB_CONTAINER"] = Blobs.Container(Container).ToString();
        Machine.Settings["DOCPIPELINE_BLOB_KEY"] = Azurite.Key;
        // Longer than the tests: what they tell of is not to be found by a listing first.
        Machine.Settings["DOCPIPELINE_OBJECT_LIST_SECONDS"] = "3600";
        await StartAsync();
        Key = await KeyAsync("events");
    }

    public async Task<string> KeyAsync(string scope)
    {
        var created = await Machine.RunAsync("apikey", "create", "tells of objects", "--scope", scope);
        Assert.True(created.ExitCode == 0, created.Errors);
        return created.Output.Trim();
    }

    /// <summary>Kills the server as a power cut would.</summary>
    public async Task KillAsync()
    {
        Testing.Signals.Send("KILL", _program!.ProcessId);
        await _program.EndAsync();
    }

    public async Task StartAsync()
    {
        Client?.Dispose();
        await (_program?.DisposeAsync() ?? ValueTask.CompletedTask);
        (_program, Client) = await Machine.ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await (_program?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (S3?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Blobs?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Machine.DisposeAsync();
    }
}
