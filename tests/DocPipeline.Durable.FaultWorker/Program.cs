using System.Runtime.InteropServices;
using DocPipeline.Durable;
using DocPipeline.Durable.FaultWorker;
using DocPipeline.Durable.FaultWorker.Scripts;
using Npgsql;

// One worker process of the engine, for tests that kill, stop and starve it. Ends in order at SIGTERM.
var settings = WorkerSettings.Parse(args[0]);
using var ledger = new Ledger(settings.Ledger);
await using var aside = NpgsqlDataSource.Create(settings.Aside);
await using var database = DurableSchema.Connect(settings.Database);
var options = Hooks.With(new()
{
    Lease = TimeSpan.FromSeconds(settings.LeaseSeconds),
    MaxInstances = settings.MaxInstances,
    MaxActivities = settings.MaxActivities,
    MaxClaimsWithoutProgress = settings.MaxClaimsWithoutProgress,
    MinPoll = TimeSpan.FromMilliseconds(10),
    MaxPoll = TimeSpan.FromMilliseconds(100),
    Time = new SkewedClock(TimeSpan.FromHours(settings.ClockHoursOff)),
});
await using var engine = new DurableEngine(database, Activities.Register(new(), ledger, aside, () => false), options, new CriticalLog());

var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopped.TrySetResult();
});
await engine.StartAsync(CancellationToken.None);
Console.WriteLine("Up.");
await stopped.Task;
await engine.StopAsync(CancellationToken.None);
