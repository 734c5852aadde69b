using DocPipeline.Testing;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class HappyPathTests
{
    [Fact]
    public async Task A_workflow_calls_its_activities_in_order_and_completes()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, async (context, input) => await context.CallAsync(Twice, await context.CallAsync(AddOne, input)))
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(Harness.Note(context, "add"));
                return Task.FromResult(input + 1);
            })
            .Activity(Twice, input => input * 2));

        Assert.True(await harness.StartAsync(Sum, "one", 20, engine.Client));
        Assert.False(await harness.StartAsync(Sum, "one", 99, engine.Client));

        Assert.Equal(42, await harness.OutputAsync<int>("one"));
        Assert.Equal(1, await harness.LedgerAsync("instance_id = 'one' AND step_no = 1"));
        Assert.Equal(2, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.step WHERE status = 'completed' AND attempts = 1"));
    }

    [Fact]
    public async Task What_a_workflow_is_at_is_written_when_a_step_takes_long_and_not_for_a_short_one()
    {
        await using var harness = await Harness.CreateAsync();
        await harness.ExecuteAsync("""
            CREATE TABLE shown (label text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$ BEGIN INSERT INTO public.shown VALUES (NEW.label); RETURN NULL; END $body$;
            CREATE TRIGGER note AFTER UPDATE ON durable.instance FOR EACH ROW WHEN (NEW.label IS DISTINCT FROM OLD.label AND NEW.status = 'running') EXECUTE FUNCTION note()
            """);
        var isShown = new TaskCompletionSource();
        // Far above what an empty step can take on a busy machine.
        var engine = harness.Engine(
            builder => builder
                .Workflow(Sum, async (context, input) =>
                {
                    context.SetStatus("short");
                    var added = await context.CallAsync(AddOne, input);
                    context.SetStatus("long");
                    return await context.CallAsync(Twice, added);
                })
                .Activity(AddOne, input => input + 1)
                .Activity(Twice, async (input, _, cancelled) =>
                {
                    await isShown.Task.WaitAsync(cancelled);
                    return input * 2;
                }),
            Harness.Quick with { ShowStatusAfter = TimeSpan.FromSeconds(2) });

        await harness.StartAsync(Sum, "one", 20, engine.Client);
        await Eventually.IsTrueAsync(async () => await harness.ScalarAsync<string>("SELECT label FROM durable.instance") == "long", "the long step is shown");
        isShown.SetResult();

        Assert.Equal(42, await harness.OutputAsync<int>("one"));
        Assert.Equal("long", await harness.ScalarAsync<string>("SELECT string_agg(label, ',') FROM shown"));
    }
}
