using Npgsql;

namespace DocPipeline.Testing;

/// <summary>
/// A database of its own for one test (class) on the private Postgres that <c>./test</c> started. Dropped on disposal.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Set by <c>./test</c>: connection string of a superuser on a private server.</summary>
    public const string ServerVariable = "DOCPIPELINE_TEST_POSTGRES";

    private readonly string _server;

    private TestDatabase(string server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        Owner = NpgsqlDataSource.Create(ConnectionString);
    }

    public string Name { get; }

    /// <summary>As the superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections as the superuser.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <param name="server">Connection string of a superuser; null: the server of the test run.</param>
    /// <param name="template">Name of a database that is copied, to which nobody is connected; null: an empty one.</param>
    public static async Task<TestDatabase> CreateAsync(string? server = null, string? template = null)
    {
        server ??= Environment.GetEnvironmentVariable(ServerVariable)
            ?? throw new InvalidOperationException($"{ServerVariable} is not set. Run the tests with ./test, which starts a private Postgres.");
        var database = new TestDatabase(server, "test_" + Guid.NewGuid().ToString("N"));
        await database.OnServerAsync($"CREATE DATABASE {database.Name}{(template is null ? "" : $" TEMPLATE {template}")}");
        return database;
    }

    /// <summary>The same database as another role.</summary>
    public string ConnectionStringAs(string role, string password) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Username = role, Password = password }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await OnServerAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }

    private async Task OnServerAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
