using DocPipeline.Durable;
using DocPipeline.Migrations;
using DocPipeline.Pages.Ocr;
using DocPipeline.Postgres;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>One thing that has to be in order before documents can be read.</summary>
/// <param name="Problem">What is wrong, for an operator; null if nothing is.</param>
internal sealed record Check(string Name, string? Problem);

/// <summary>Whether this process can do its work now.</summary>
internal sealed class Readiness(NpgsqlDataSource database, DurableEngine engine, OcrPool ocr)
{
    private static readonly EmbeddedText[] Schemas = [PipelineSchema.Sql, new(typeof(DurableSchema).Assembly)];

    public async Task<IReadOnlyList<Check>> CheckAsync(CancellationToken cancellationToken) =>
    [
        await RunAsync("database and migrations", CheckMigrationsAsync, cancellationToken),
        new("workflow engine", engine.Problem),
        await RunAsync("ocr worker", ocr.CheckAsync, cancellationToken),
    ];

    private static async Task<Check> RunAsync(string name, Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        try
        {
            await check(cancellationToken);
            return new(name, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new(name, FailureClassifier.SentenceOf(exception));
        }
    }

    /// <summary>Migrations that this version needs and the database lacks; null if none.</summary>
    public static async Task<string?> FindMissingMigrationsAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Databases.Sql["Hosting/missing_migrations.sql"]);
        command.Parameters.Add(new() { Value = Schemas.SelectMany(schema => schema.Below("Migrations/")).ToArray() });
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) as string;
        }
        catch (PostgresException unmigrated) when (unmigrated.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege)
        {
            return "everything";
        }
    }

    private async Task CheckMigrationsAsync(CancellationToken cancellationToken)
    {
        if (await FindMissingMigrationsAsync(database, cancellationToken) is { } missing)
        {
            throw new InvalidOperationException($"The database lacks {missing}. Run: ./run migrate");
        }
    }
}
