namespace DocPipeline.Samples.Fiction;

/// <summary>
/// Chance from a seed, by SplitMix64 (Steele, Lea, Flood 2014): the same on every machine and every version of .NET,
/// which <see cref="Random"/> does not promise.
/// </summary>
internal sealed class Dice
{
    private readonly ulong seed;
    private ulong state;

    public Dice(ulong seed) => this.state = this.seed = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A stream of its own, so that a change in one document leaves the next ones as they were.</summary>
    public Dice Fork(ulong salt) => new(seed ^ (salt * 0xD1342543DE82EF95));

    /// <summary>Both ends included.</summary>
    public int Whole(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public double Real(double low, double high) => low + ((high - low) * (Next() >> 11) / (1L << 53));

    public bool Chance(double probability) => Real(0, 1) < probability;

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[Whole(0, choices.Count - 1)];

    /// <summary>Cents that look like a price.</summary>
    public decimal Price(decimal low, decimal high) => Math.Round(low + ((high - low) * (decimal)Real(0, 1)), 2);

    /// <summary>Roughly normal, mean 0.</summary>
    public double Noise(double deviation)
    {
        var bits = Next();
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65535.0) - 2) * 1.732 * deviation;
    }

    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)('0' + Whole(i == 0 ? 1 : 0, 9))));

    public string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => "ABCDEFGHJKLMNPRSTUVWXYZ"[Whole(0, 22)]));

    public IReadOnlyList<T> Several<T>(int count, IReadOnlyList<T> choices)
    {
        var pool = choices.ToList();
        var taken = new List<T>();
        while (taken.Count < count && pool.Count > 0)
        {
            var at = Whole(0, pool.Count - 1);
            taken.Add(pool[at]);
            pool.RemoveAt(at);
        }

        return taken;
    }
}
