using DocPipeline.Postgres;
using DocPipeline.Query;

namespace DocPipeline.Proof.Machines;

/// <summary>What must hold once every submission has ended, whatever happened on the way.</summary>
internal static class Invariants
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static EmbeddedText Sql { get; } = new(typeof(Invariants).Assembly);

    /// <summary>Every violation, in words. A submission ends a moment before its workflow does: what does not hold yet is looked at again.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(PrivateMachine machine, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var violations = await machine.ListAsync(Sql["Machines/invariants.sql"], cancellationToken);
            if (violations.Count == 0 || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                var faults = await AuditVerification.VerifyAsync(machine.Owner, submission: null, cancellationToken);
                return [.. violations, .. faults.Select(fault => $"audit of {fault.Submission}, row {fault.Sequence}: {fault.Problem}")];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
    }
}
