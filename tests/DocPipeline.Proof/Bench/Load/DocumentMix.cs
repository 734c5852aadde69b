namespace DocPipeline.Proof.Bench.Load;

/// <summary>Of ten documents, how many are born digital, scanned and photographed.</summary>
internal sealed record DocumentMix(string Name, int Digital, int Scanned, int Photographed)
{
    public static DocumentMix DigitalOnly { get; } = new("digital", 10, 0, 0);

    /// <summary>What an insurer's mail is like.</summary>
    public static DocumentMix Mixed { get; } = new("mixed", 6, 3, 1);

    /// <summary>The medium of the n-th document, from 0: every ten documents hold the whole mix, in an order that spreads it.</summary>
    public string MediumOf(int number)
    {
        // 7 and 10 have no common factor: every place of ten is taken once.
        var place = number * 7 % 10;
        return place < Digital ? "digital" : place < Digital + Scanned ? "scanned" : "photographed";
    }
}
