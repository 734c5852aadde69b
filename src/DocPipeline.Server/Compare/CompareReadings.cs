using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Pages.Ocr;
using DocPipeline.Providers;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Providers;
using DocPipeline.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Server.Compare;

/// <summary>
/// Reads a share of the files whose claim is stored a second time with other settings, and notes what differs. It works beside the workflow: it reads the original and what the
/// live way left, keeps what it derives in a folder of its own that vanishes, spends from a purse of its own, and goes on only while the readers rest.
/// </summary>
internal sealed partial class CompareReadings(
    NpgsqlDataSource database, IBlobs blobs, PageReader livePages, OcrPool readers, ServerSettings live, TimeProvider time, ILogger<CompareReadings> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Challenger.Of(live) is not { } challenger)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await DrawAsync(challenger, stoppingToken);
                while (readers.IsAtRest && await TakeAsync(challenger, stoppingToken) is var (submission, content, result))
                {
                    await CompareAsync(challenger, submission, content, result, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A service that throws takes the host down, and documents matter more than comparisons of them.
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CompareAsync(Challenger challenger, SubmissionId submission, ContentHash content, string? result, CancellationToken cancellationToken)
    {
        if (result is null || await blobs.ReadDerivedAsync(content, result, cancellationToken) is not { } stored)
        {
            await FailAsync(challenger, submission, "What the live way read is not there any more.");
            return;
        }

        var claim = JsonSerializer.Deserialize<ResolvedClaim>(stored, ClaimJson.Options) ?? throw new InvalidDataException($"{result} is empty.");
        var ledger = new PostgresCallLedger(
            database, ProviderServices.PricesOf(challenger.Settings), ProviderServices.BudgetOf(challenger.Settings), time, Purses.Comparisons);
        await using var reading = new Reading(challenger.Settings, ledger: ledger);
        var (_, read, failure) = await reading.ReadAsync(await blobs.PathOfAsync(content, cancellationToken), cancellationToken);
        if (read is null)
        {
            await FailAsync(challenger, submission, failure ?? "It was not read.");
            return;
        }

        var compared = ReadingsCompared.Of(await livePages.ReadPagesAsync(content, cancellationToken), claim, read.Pages, read.Claim);
        await using var record = Command("Compare/Sql/record.sql", submission.Value, challenger.Name, compared.Pages, compared.WordsLive, compared.WordsOther, compared.WordsSame, compared.FieldsSame);
        record.Parameters.Add(new() { Value = JsonSerializer.Serialize(compared.Differences, ClaimJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await record.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task DrawAsync(Challenger challenger, CancellationToken cancellationToken)
    {
        await using var draw = Command("Compare/Sql/draw.sql", challenger.Name, live.CompareShare);
        await draw.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<(SubmissionId Submission, ContentHash Content, string? Result)?> TakeAsync(Challenger challenger, CancellationToken cancellationToken)
    {
        await using var take = Command("Compare/Sql/take.sql", challenger.Name);
        await using var row = await take.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (new(row.GetGuid(0)), new(row.GetString(1)), row.IsDBNull(2) ? null : row.GetString(2)) : null;
    }

    private async Task FailAsync(Challenger challenger, SubmissionId submission, string problem)
    {
        await using var fail = Command("Compare/Sql/fail.sql", submission.Value, challenger.Name, problem[..Math.Min(problem.Length, 500)]);
        await fail.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(Databases.Sql[sql]);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    [LoggerMessage(95, LogLevel.Warning, "Two ways of reading could not be compared; tried again later.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
