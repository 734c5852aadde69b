using DocPipeline.Durable;
using DocPipeline.Migrations;
using DocPipeline.Testing;
using Npgsql;

namespace DocPipeline.Functions.Tests.Files;

public sealed class PostgresRolesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_migrates_the_app_works_reports_read_and_nobody_can_do_more()
    {
        await using var server = await TestDatabase.CreateAsync();
        var suffix = Guid.NewGuid().ToString("N");
        var administrator = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        string[] names = [$"database=roles_{suffix}", $"owner=owner_{suffix}", $"app=app_{suffix}", $"reports=reports_{suffix}", "owner_password=o'1", "app_password=a", "reports_password=r"];
        string[] arguments = ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", .. names.SelectMany(name => new[] { "--set", name }), "--file", "infra/postgres/roles.sql"];
        (string, string)[] connection = [("PGHOST", administrator.Host!), ("PGPORT", $"{administrator.Port}"), ("PGUSER", administrator.Username!), ("PGPASSWORD", administrator.Password ?? ""), ("PGDATABASE", "postgres")];
        try
        {
            // Twice: it may be repeated.
            Assert.Equal((0, ""), await Programs.RunAsync(Psql(), arguments, connection));
            Assert.Equal((0, ""), await Programs.RunAsync(Psql(), arguments, connection));

            await using (var owner = As("owner", "o'1"))
            {
                Assert.NotEmpty(await PipelineSchema.MigrateAsync(owner, Cancelled));
                Assert.NotEmpty(await DurableSchema.MigrateAsync(owner, Cancelled));
                await RefusedAsync(owner, "CREATE ROLE nobody_" + suffix);
            }

            await using (var app = As("app", "a"))
            {
                await RunAsync(app, "SELECT count(*) FROM docpipeline.submission");
                await RefusedAsync(app, "CREATE TABLE docpipeline.mine ()");
                await RefusedAsync(app, "INSERT INTO docpipeline.outbox (topic) VALUES ('forged')");
            }

            await using (var reports = As("reports", "r"))
            {
                await RunAsync(reports, "SELECT count(*) FROM docpipeline.claims_v1");
                await RefusedAsync(reports, "SELECT count(*) FROM docpipeline.submission");
            }
        }
        finally
        {
            await RunAsync(server.Owner, $"DROP DATABASE IF EXISTS roles_{suffix} WITH (FORCE)");
            await RunAsync(server.Owner, $"DROP ROLE IF EXISTS owner_{suffix}, app_{suffix}, reports_{suffix}");
        }

        NpgsqlDataSource As(string role, string password) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = $"roles_{suffix}",
            Username = $"{role}_{suffix}",
            Password = password,
            Pooling = false,
        });
    }

    private static string Psql() => Programs.IsHere("psql") ? "psql" : Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/psql";

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static async Task RefusedAsync(NpgsqlDataSource database, string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(database, sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
