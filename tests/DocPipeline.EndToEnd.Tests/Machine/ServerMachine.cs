using DocPipeline.Testing;
using Npgsql;

namespace DocPipeline.EndToEnd.Tests.Machine;

/// <summary>A machine of its own for a test: a migrated database, a worker's login, empty folders for bucket and blobs.</summary>
public sealed class ServerMachine : IAsyncLifetime
{
    /// <summary>Migrated by the command, once; each test has a copy. It goes with the server of the test run.</summary>
    private static readonly Lazy<Task<string>> Template = new(MigrateAsync);

    private readonly string _role = "test_app_" + Guid.NewGuid().ToString("N");
    private TestDatabase _database = null!;

    public static string Repository { get; } = FindRepository();

    public static string Samples { get; } = Path.Combine(Repository, "samples");

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("docpipeline-e2e-");

    /// <summary>Where the blob folder keeps the bytes of a content.</summary>
    public string Original(string content) => Path.Combine(Settings["DOCPIPELINE_BLOBS"]!, content[..2], content, "original");

    public string Bucket => Path.Combine(Folder.FullName, "bucket");

    public NpgsqlDataSource Owner => _database.Owner;

    /// <summary>What <c>./run</c> sets; a test may add or change.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(template: await Template.Value);
        Settings["DOCPIPELINE_OWNER_DATABASE"] = _database.ConnectionString;
        Settings["DOCPIPELINE_BUCKET"] = Bucket;
        Settings["DOCPIPELINE_BLOBS"] = Path.Combine(Folder.FullName, "blobs");
        Settings["DOCPIPELINE_PORT"] = "0";
        Settings["DOCPIPELINE_LIST_SECONDS"] = "1";
        await ExecuteAsync($"CREATE ROLE {_role} LOGIN PASSWORD 'app' IN ROLE docpipeline_worker");
        Settings["DOCPIPELINE_DATABASE"] = _database.ConnectionStringAs(_role, "app");
    }

    public async ValueTask DisposeAsync()
    {
        if (Settings.ContainsKey("DOCPIPELINE_DATABASE"))
        {
            await ExecuteAsync($"DROP ROLE IF EXISTS {_role}");
        }

        await _database.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    public async Task<Finished> RunAsync(params string[] arguments)
    {
        await using var program = Start(arguments);
        return await program.EndAsync();
    }

    public ServerProgram Start(params string[] arguments) => ServerProgram.Start(Settings, arguments);

    /// <summary>Starts the server and waits for its port.</summary>
    /// <param name="settings">Instead of <see cref="Settings"/>.</param>
    public async Task<(ServerProgram Program, HttpClient Page)> ServeAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        const string Announcement = "Queue and workbench:     ";
        var program = ServerProgram.Start(settings ?? Settings, "serve");
        await Eventually.IsTrueAsync(() => Task.FromResult(program.Output.Contains(Announcement, StringComparison.Ordinal)), "the server says where its page is", TimeSpan.FromSeconds(60));
        var address = program.Output.Split('\n').First(line => line.StartsWith(Announcement, StringComparison.Ordinal))[Announcement.Length..];
        return (program, new HttpClient { BaseAddress = new Uri(address) });
    }

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<IReadOnlyList<string>> ListAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i).ToString())));
        }

        return rows;
    }

    public async Task ExecuteAsync(string statement)
    {
        await using var command = Owner.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> MigrateAsync()
    {
        var template = await TestDatabase.CreateAsync();
        await template.Owner.DisposeAsync();
        await using var program = ServerProgram.Start(
            new Dictionary<string, string?> { ["DOCPIPELINE_OWNER_DATABASE"] = template.ConnectionString, ["DOCPIPELINE_DATABASE"] = template.ConnectionString }, "migrate");
        var migrated = await program.EndAsync();
        Assert.True(migrated.ExitCode == 0, migrated.Errors);
        return template.Name;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DocPipeline.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests lie outside of the repository.");
    }
}
