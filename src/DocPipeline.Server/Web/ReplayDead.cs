using DocPipeline.Documents;
using DocPipeline.Durable.Operating;
using DocPipeline.Migrations;
using DocPipeline.Server.Hosting;
using DocPipeline.Store;
using Npgsql;

namespace DocPipeline.Server.Web;

/// <summary>Has a dead document done again from the step that failed, on record as the person who asked for it.</summary>
internal sealed class ReplayDead(NpgsqlDataSource database, ServerSettings settings)
{
    /// <summary>False if it is not dead any more: nothing was changed.</summary>
    public Task<bool> RunAsync(SubmissionId id, string by, CancellationToken cancellationToken)
    {
        var options = Engine.Options(settings, async (transaction, instance, token) =>
        {
            await using (var record = new NpgsqlCommand(PipelineSchema.Sql["Review/record_replay.sql"], transaction.Connection, transaction)
            {
                Parameters = { new() { Value = id.Value }, new() { Value = by } },
            })
            {
                await record.ExecuteNonQueryAsync(token);
            }

            await DeadLetters.MarkReplayedAsync(transaction, instance, by, token);
        });
        return new DurableOperator(database, options).ReplayAsync(id.ToString(), cancellationToken);
    }
}
