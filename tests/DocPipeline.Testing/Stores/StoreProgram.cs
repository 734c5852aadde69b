using System.Diagnostics;

namespace DocPipeline.Testing.Stores;

/// <summary>An object store that is a program of node, on a port of its own of the loopback, gone with the test.</summary>
public sealed class StoreProgram : IAsyncDisposable
{
    /// <summary>Set by <c>./test</c>: the folder that the programs of <c>package.json</c> are installed in.</summary>
    public const string FolderVariable = "DOCPIPELINE_TEST_STORES";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private StoreProgram(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <param name="script">Below <c>node_modules</c>.</param>
    /// <param name="announcement">What it prints before its host and port.</param>
    public static async Task<StoreProgram> StartAsync(string script, string announcement, params string[] arguments)
    {
        var modules = Path.Combine(Folder(), "node_modules");
        // s3rver makes the tokens of its listings with DES, which OpenSSL counts as a thing of the past.
        var process = Process.Start(new ProcessStartInfo("node", ["--openssl-legacy-provider", Path.Combine(modules, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        var store = new StoreProgram(process);
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.IndexOf(announcement, StringComparison.Ordinal) is >= 0 and var place)
            {
                var host = line[(place + announcement.Length)..].Trim();
                store.Address = new Uri(host.StartsWith("http", StringComparison.Ordinal) ? host : "http://" + host);
                // A pipe that nobody empties stops it.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return store;
            }
        }

        throw new InvalidOperationException($"{script} has ended: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } named)
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DocPipeline.sln")))
        {
            folder = folder.Parent;
        }

        var installed = Path.Combine(folder?.FullName ?? "", ".local", "stores");
        return Directory.Exists(installed) ? installed : throw new InvalidOperationException($"{FolderVariable} is not set. Run the tests with ./test, which installs the stores.");
    }
}
