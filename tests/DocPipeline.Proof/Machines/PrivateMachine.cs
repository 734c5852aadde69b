using System.Diagnostics;
using DocPipeline.Testing;
using Npgsql;

namespace DocPipeline.Proof.Machines;

/// <summary>A migrated database, a bucket and a blob folder that nobody else uses, and the server's program on them.</summary>
internal sealed class PrivateMachine : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-proof-");

    private PrivateMachine(TestDatabase database)
    {
        _database = database;
        Settings = new()
        {
            ["DOCPIPELINE_DATABASE"] = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c role=docpipeline_worker" }.ConnectionString,
            ["DOCPIPELINE_OWNER_DATABASE"] = database.ConnectionString,
            ["DOCPIPELINE_BUCKET"] = Bucket,
            ["DOCPIPELINE_BLOBS"] = Path.Combine(_folder.FullName, "blobs"),
            ["DOCPIPELINE_PORT"] = "0",
            // Temporary files of a killed server stay here and can be counted.
            ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_folder.FullName, "tmp")).FullName,
        };
    }

    public Dictionary<string, string> Settings { get; }

    public NpgsqlDataSource Owner => _database.Owner;

    public string Bucket => Path.Combine(_folder.FullName, "bucket");

    public string Log => Path.Combine(_folder.FullName, "server.log");

    public static async Task<PrivateMachine> CreateAsync(CancellationToken cancellationToken)
    {
        var machine = new PrivateMachine(await TestDatabase.CreateAsync());
        Directory.CreateDirectory(machine.Bucket);
        await machine.RunAsync(["migrate", "--quiet"], cancellationToken);
        return machine;
    }

    public ServerProcess Start(params string[] arguments) => ServerProcess.Start(Settings, Log, arguments);

    /// <summary>Starts the server and waits until it is up.</summary>
    public async Task<ServerProcess> ServeAsync(CancellationToken cancellationToken)
    {
        var server = Start("serve");
        var ended = server.EndAsync(cancellationToken);
        return await Task.WhenAny(server.IsUp, ended) != ended
            ? server
            : throw new InvalidOperationException($"The server ended with code {await ended}. {LastWords()}");
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with a code that is not among <paramref name="codes"/> (0).</exception>
    public async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, params int[] codes)
    {
        await using var command = Start([.. arguments]);
        var code = await command.EndAsync(cancellationToken);
        if (code != 0 && !codes.Contains(code))
        {
            throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with code {code}. {LastWords()}");
        }
    }

    /// <summary>
    /// Moves a file into the bucket, as a program does that wrote it elsewhere: it is complete and old, so the time for which the
    /// server lets a file settle is over when it comes.
    /// </summary>
    public void Drop(string file, string? name = null)
    {
        var copy = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.Copy(file, copy);
        File.SetLastWriteTimeUtc(copy, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5));
        File.Move(copy, Path.Combine(Bucket, name ?? Path.GetFileName(file)));
    }

    /// <summary>Submissions that have ended or wait for a person, and all of them.</summary>
    public async Task<(long Ended, long All)> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = Owner.CreateCommand("SELECT count(*) FILTER (WHERE state <> 'processing'), count(*) FROM docpipeline.submission");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Waits until so many submissions have ended. False: nothing ended for as long as <paramref name="patience"/>.</summary>
    public async Task<bool> AllEndedAsync(int count, TimeSpan patience, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var before = -1L;
        while (await CountAsync(cancellationToken) is var now && (now.Ended < count || now.Ended < now.All))
        {
            if (now.Ended != before)
            {
                before = now.Ended;
                clock.Restart();
            }

            if (clock.Elapsed > patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellationToken);
        }

        return true;
    }

    public async Task<IReadOnlyList<string>> ListAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        }

        return rows;
    }

    /// <summary>Files that a killed server left behind in its own folders.</summary>
    public int Leftovers() => new[] { "tmp", Path.Combine("blobs", "incoming") }
        .Select(name => Path.Combine(_folder.FullName, name))
        .Where(Directory.Exists)
        .Sum(folder => Directory.EnumerateFileSystemEntries(folder).Count(entry => !Path.GetFileName(entry).StartsWith("clr-debug", StringComparison.Ordinal) && !Path.GetFileName(entry).StartsWith("dotnet-diagnostic", StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string LastWords() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(15)) : "";
}
