using System.Collections.Concurrent;

namespace DocPipeline.Testing.Wire;

/// <summary>Which round trips fail, how, and how often; and which were made at all.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Planned> _planned = [];
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>Round trips that came by, with their numbers.</summary>
    public IReadOnlyDictionary<string, int> Seen => _seen;

    /// <summary>Every fault has happened.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
            {
                return _planned.Count == 0;
            }
        }
    }

    /// <summary>Random faults on top: asked for each round trip.</summary>
    public Func<string, Fault> Otherwise { get; set; } = _ => Fault.None;

    /// <summary>Waited for before a round trip goes on: a test holds it there.</summary>
    public Func<string, Task> Hold { get; set; } = _ => Task.CompletedTask;

    /// <summary>Waited for before a request is delivered that the network had kept; see <see cref="Fault.DeliverLate"/>.</summary>
    public Func<Task> HoldLate { get; set; } = () => Task.CompletedTask;

    /// <summary>Changes a statement on its way: a test takes a protection away.</summary>
    public Func<string, string> Rewrite { get; set; } = sql => sql;

    public FaultPlan Add(string roundTrip, Fault fault, int times = 1)
    {
        lock (_lock)
        {
            _planned.Add(new(roundTrip, fault, times));
        }

        return this;
    }

    public async Task<Fault> MeetAsync(string roundTrip)
    {
        _seen.AddOrUpdate(roundTrip, 1, (_, before) => before + 1);
        await Hold(roundTrip);
        lock (_lock)
        {
            if (_planned.Find(planned => planned.RoundTrip == roundTrip) is not { } next)
            {
                return Otherwise(roundTrip);
            }

            _planned.Remove(next);
            if (next.Times > 1)
            {
                _planned.Add(next with { Times = next.Times - 1 });
            }

            return next.Fault;
        }
    }

    private sealed record Planned(string RoundTrip, Fault Fault, int Times);
}
