using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.RandomWork;

/// <summary>Scripts and faults that follow from a seed.</summary>
internal sealed class RandomScripts(int seed)
{
    private readonly Random _dice = new(seed);

    public IReadOnlyList<Case> Cases(int count) => [.. Enumerable.Range(0, count).Select(number => new Case($"seed-{seed}-{number}", Ops(), TimesRaised: _dice.Next(1, 4)))];

    /// <summary>One of a hundred, of twenty-five or of ten round trips fails, and one of a thousand takes its engine away.</summary>
    public FaultPlan Plan(bool mayVanish = true)
    {
        var dice = new Random(_dice.Next());
        var rate = (seed % 3) switch { 0 => 10, 1 => 40, _ => 100 };
        return new()
        {
            Otherwise = _ =>
            {
                int thrown;
                lock (dice)
                {
                    thrown = dice.Next(2000);
                }

                return thrown switch
                {
                    0 when mayVanish => Fault.VanishBefore,
                    1 when mayVanish => Fault.VanishAfter,
                    _ when thrown < 2 + rate => Fault.CutBefore,
                    _ when thrown < 2 + (2 * rate) => Fault.LoseReply,
                    _ => Fault.None,
                };
            },
        };
    }

    private List<Op> Ops() => [.. Enumerable.Range(0, _dice.Next(1, 8)).Select(Op)];

    private Op Op(int number) => _dice.Next(12) switch
    {
        0 or 1 => new FanOut([.. Enumerable.Range(0, _dice.Next(2, 7)).Select(_ => Call(Deed.Compute))]),
        2 => new Wait($"event-{number}", Arrival.Early),
        3 or 4 => new Wait($"event-{number}", Arrival.Late),
        5 => new Wait($"event-{number}", Arrival.Race),
        6 => new Wait($"event-{number}", Arrival.Never),
        7 => new Sleep(_dice.Next(-20, 80)),
        8 => new Say($"after {number}"),
        9 => Call((Deed)_dice.Next((int)Deed.Refuse + 1)),
        10 when number == 0 => Call(Deed.LoseInstance) with { Failures = 0 },
        _ => Call(Deed.Store),
    };

    private Call Call(Deed deed) => new(_dice.Next(1000), deed, Failures: Math.Max(0, _dice.Next(-6, 4)), Attempts: 3, Milliseconds: Math.Max(0, _dice.Next(-60, 30)));
}
