using DocPipeline.Documents;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Durable.FaultWorker.Scripts;

/// <summary>The activities of <see cref="Script"/>: one for each <see cref="Deed"/>.</summary>
/// <param name="ledger">Told of every attempt before it does anything.</param>
/// <param name="aside">A way to the database beside the engine's, for what an activity does behind its back.</param>
internal sealed class Activities(Ledger ledger, NpgsqlDataSource aside) : IActivity<Call, string>
{
    public static Activity<Call, string> Of(Deed deed) => new(deed.ToString());

    public static DurableBuilder Register(DurableBuilder builder, Ledger ledger, NpgsqlDataSource aside, Func<bool> isBroken)
    {
        builder.AddWorkflow(Script.Name, () => new Script(isBroken));
        foreach (var deed in Enum.GetValues<Deed>())
        {
            builder.AddActivity(Of(deed), new Activities(ledger, aside));
        }

        return builder;
    }

    public async Task<string> RunAsync(Call input, ActivityContext context, CancellationToken cancellationToken)
    {
        ledger.Note(context, input);
        if (input.Milliseconds > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(input.Milliseconds), TimeProvider.System, cancellationToken);
        }

        if (context.Attempt <= input.Failures)
        {
            throw new TransientFailure("Not yet.");
        }

        switch (input.Does)
        {
            case Deed.Refuse:
                throw new DocumentFault(FaultCodes.Corrupt, "Refused.");
            case Deed.Store:
                context.CommitWith((transaction, token) => StoreAsync(context, transaction, token));
                break;
            case Deed.BreakUntilReplayed when await AsideAsync("SELECT count(*)::int FROM hook WHERE instance_id = $1 AND what = 'replayed'", context) == 0:
                throw new InvalidOperationException("Broken.");
            case Deed.LoseInstance:
                await AsideAsync(
                    """
                    WITH first AS (INSERT INTO lost (instance_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING instance_id),
                    given AS (
                      UPDATE durable.instance i SET status = 'pending', worker_id = NULL, wake_at = now()
                      FROM first WHERE i.instance_id = first.instance_id AND i.status = 'running' RETURNING 1)
                    SELECT count(*)::int FROM given
                    """, context);
                break;
            case Deed.Kill:
                Environment.FailFast("An activity took its process down.");
                break;
        }

        return $"{input.Number}";
    }

    private static async Task StoreAsync(ActivityContext context, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("INSERT INTO effect (instance_id, step_no) VALUES ($1, $2)", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = context.InstanceId }, new() { Value = context.StepNumber } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> AsideAsync(string sql, ActivityContext context)
    {
        await using var command = aside.CreateCommand(sql);
        command.Parameters.Add(new() { Value = context.InstanceId });
        return (int)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }
}
