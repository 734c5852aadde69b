using System.Data;
using System.Text.Json;
using DocPipeline.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Providers;

/// <summary>The ledger in the database: <c>docpipeline.provider_call</c>. Any number of processes share one, and its budgets.</summary>
/// <param name="database">Connections with the rights of a worker.</param>
/// <param name="purse">One of <see cref="Purses"/>: each has its own budgets.</param>
public sealed class PostgresCallLedger(NpgsqlDataSource database, PriceList prices, Budget budget, TimeProvider time, string purse = Purses.Claims) : ICallLedger
{
    public async Task<Guid> BeginAsync(string provider, ProviderCall request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var wanted = prices.Of(request.Expected, day);
        var id = Guid.CreateVersion7(now);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(PipelineSchema.Sql["Providers/lock_day.sql"]) { Parameters = { new() { Value = day }, new() { Value = purse } } },
                new(PipelineSchema.Sql["Providers/begin_call.sql"])
                {
                    Parameters =
                    {
                        new() { Value = id },
                        new() { Value = provider },
                        new() { Value = request.Step },
                        new() { Value = request.Content.Value },
                        new() { Value = request.Submission is { } submission ? Guid.Parse(submission) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                        new() { Value = now.UtcDateTime },
                        new() { Value = day },
                        new() { Value = wanted.Usd },
                        new() { Value = wanted.IsPriced },
                        new() { Value = prices.Version },
                        new() { Value = budget.UsdPerDocument },
                        new() { Value = budget.UsdPerDay },
                        new() { Value = purse },
                        new() { Value = budget.Counted(wanted) },
                    },
                },
            },
        };
        decimal document, today;
        bool begun;
        await using (var row = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            (document, today, begun) = (row.GetDecimal(0), row.GetDecimal(1), row.GetBoolean(2));
        }

        await transaction.CommitAsync(cancellationToken);
        return begun
            ? id
            : throw new ProviderRefusal(RefusalKind.QuotaExhausted, provider, budget.Broken(document, today, budget.Counted(wanted)) ?? throw new InvalidOperationException("The database and the budget do not agree on what is left."));
    }

    public async Task EndAsync(Guid id, CallEnd result)
    {
        var now = time.GetUtcNow();
        var cost = prices.Of(result.Usage, DateOnly.FromDateTime(now.UtcDateTime));
        await using var command = database.CreateCommand(PipelineSchema.Sql["Providers/end_call.sql"]);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = result.Outcome });
        command.Parameters.Add(new() { Value = (object?)Short(result.Problem) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)result.Usage?.Model ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(result.Usage?.Units ?? new Dictionary<string, decimal>()), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = cost.Usd });
        command.Parameters.Add(new() { Value = cost.IsPriced });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.Parameters.Add(new() { Value = budget.Counted(cost) });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>A service may say as much as it likes, with characters that text in Postgres must not have.</summary>
    private static string? Short(string? problem) => problem?.Replace('\0', ' ') is { } clean ? clean[..Math.Min(clean.Length, 500)] : null;
}
