using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.Controls;

/// <summary>
/// Negative controls of what keeps a zombie out: its write is held on the wire until another worker has the instance, or has ended it.
/// Every protection is shown to hold; those that stand behind another are shown to hold alone.
/// </summary>
public sealed class ZombieControlTests
{
    private const string Fence = @"AND (i\.)?epoch = (\$2|r\.epoch)( AND (i\.)?status = 'running')?";
    private const string KeepRecorded = "WHERE s.status = 'retrying'";
    private const string OnConflict = "ON CONFLICT.*(?=RETURNING)";

    public static TheoryData<string, bool, string, string, string?> Scenes { get; } = new()
    {
        // What the zombie writes; whether the other has ended already; what is cut from its statement; what from the schema; what must be found.
        { "Steps/record", false, "", "", null },
        { "Steps/record", false, Fence, "", "recorded by engine-1 under epoch 1" },
        { "Steps/record", true, "", "", null },
        { "Steps/record", true, $"{Fence}|{KeepRecorded}", "ALTER TABLE durable.step DISABLE TRIGGER step_guard_update", "recorded step 1 of one has changed" },
        { "Steps/record", true, $"{Fence}|{OnConflict}", "ALTER TABLE durable.step DROP CONSTRAINT step_pk", "step 1 of one is recorded 2 times" },
        { "Instances/complete", false, "", "", null },
        { "Instances/complete", false, Fence, "", "became completed by engine-1" },
        { "Instances/complete", true, "", "", null },
        { "Instances/complete", true, Fence, "", null }, // the trigger holds alone
        { "Instances/complete", true, Fence, "ALTER TABLE durable.instance DISABLE TRIGGER instance_guard", "one was completed and has changed" },
    };

    [Theory, MemberData(nameof(Scenes))]
    public async Task A_zombie_writes_nothing(string write, bool otherHasEnded, string withoutSql, string withoutSchema, string? wrong)
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Call(1))];
        var (isHeld, claimsNoMore, isOther, isOver) = (Signal(), Signal(), Signal(), Signal());
        var zombie = new FaultPlan
        {
            Hold = async made =>
            {
                if (made.StartsWith(write, StringComparison.Ordinal))
                {
                    isHeld.TrySetResult();
                    await isOther.Task;
                }
                else if (made == "Claims/claim.sql" && isHeld.Task.IsCompleted)
                {
                    claimsNoMore.TrySetResult();
                    await isOver.Task; // it must not take the instance again, under a new epoch
                }
            },
        };
        var other = new FaultPlan
        {
            Hold = made => made.StartsWith(write, StringComparison.Ordinal) && !otherHasEnded ? isOver.Task : Task.CompletedTask,
        };
        if (withoutSql.Length > 0)
        {
            zombie.Rewrite = new Protection(write, withoutSql).TakeFrom;
        }

        if (withoutSchema.Length > 0)
        {
            // Without the key nobody can name it.
            other.Rewrite = withoutSql.Contains(OnConflict, StringComparison.Ordinal) ? new Protection(write, OnConflict).TakeFrom : other.Rewrite;
            await machine.ExecuteAsync(withoutSchema);
        }

        var patient = FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(60) };
        try
        {
            machine.Engine(zombie, patient);
            await machine.Client().StartAsync(cases[0]);
            await isHeld.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

            // A claim that was under way when the write was held would take the instance from the other.
            await claimsNoMore.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await machine.ExecuteAsync("UPDATE durable.instance SET status = 'pending', worker_id = NULL, wake_at = now()");
            machine.Engine(other, patient);
            await machine.UntilTrueAsync(
                otherHasEnded ? "SELECT status = 'completed' FROM durable.instance" : "SELECT status = 'running' AND epoch = 2 FROM durable.instance", "the other has it");
            var before = Made(zombie, write);
            isOther.SetResult();
            await machine.UntilTrueAsync(
                wrong is null ? "SELECT true" : "SELECT count(*) > 0 FROM watch.violation UNION ALL SELECT count(*) > 1 FROM durable.step ORDER BY 1 DESC LIMIT 1", "the zombie has written");
            if (wrong is null)
            {
                // Alone after the group: the second refusal ends it.
                await DocPipeline.Testing.Eventually.IsTrueAsync(() => Task.FromResult(Made(zombie, write) > before), "the zombie has tried alone");
            }
        }
        finally
        {
            isOther.TrySetResult();
            isOver.TrySetResult();
        }

        if (wrong is null)
        {
            await machine.UntilCompletedAsync(1);
            Violations.None(await machine.CheckAsync(cases, workersMayBeLate: true));
        }
        else
        {
            Violations.Some(wrong, await machine.CheckAsync([], workersMayBeLate: true));
        }
    }

    private static int Made(FaultPlan plan, string write) => plan.Seen.Where(seen => seen.Key.StartsWith(write, StringComparison.Ordinal)).Sum(seen => seen.Value);

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
