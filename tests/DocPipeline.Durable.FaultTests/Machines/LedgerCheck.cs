using System.Globalization;
using DocPipeline.Durable.FaultWorker.Scripts;

namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>Holds what activities really did against what the journal says.</summary>
internal static class LedgerCheck
{
    /// <param name="ledger">What really happened.</param>
    /// <param name="steps">Ended activities of the journal: instance, number, attempts, time, separated by bars.</param>
    /// <param name="workersMayBeLate">Whether an attempt may begin after its step was recorded.</param>
    public static IEnumerable<string> Compare(IReadOnlyList<LedgerLine> ledger, IReadOnlyList<string> steps, bool workersMayBeLate)
    {
        var done = ledger.ToLookup(line => (line.InstanceId, line.Step));
        foreach (var group in done)
        {
            if (group.Select(line => (line.Key, line.Number)).Distinct().Count() > 1)
            {
                yield return $"step {group.Key.Step} of {group.Key.InstanceId} ran with different keys or inputs";
            }
        }

        if (ledger.GroupBy(line => line.Key).Any(group => group.Select(line => (line.InstanceId, line.Step)).Distinct().Count() > 1))
        {
            yield return "two steps share one idempotency key";
        }

        foreach (var step in steps.Select(step => step.Split('|')))
        {
            var (id, number, attempts) = (step[0], int.Parse(step[1], CultureInfo.InvariantCulture), int.Parse(step[2], CultureInfo.InvariantCulture));
            var ran = done[(id, number)].ToList();
            var missing = Enumerable.Range(1, attempts).Except(ran.Select(line => line.Attempt)).ToList();
            if (missing.Count > 0 && !id.EndsWith("/replayed", StringComparison.Ordinal))
            {
                yield return $"step {number} of {id} is recorded with {attempts} attempts, but attempt {missing[0]} never ran";
            }

            var recorded = DateTimeOffset.Parse(step[3], CultureInfo.InvariantCulture);
            if (!workersMayBeLate && ran.Find(line => line.Began > recorded) is { } late)
            {
                yield return $"step {number} of {id} was recorded at {recorded:O} and ran again at {late.Began:O}";
            }
        }
    }
}
