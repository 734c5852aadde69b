namespace DocPipeline.Server.Eval;

/// <summary>How often values were right, wrong, missing or reported where nothing is printed.</summary>
internal sealed class Tally
{
    public int Right { get; private set; }

    /// <summary>Reported, but not what is printed. Each is a wrong value and a missing one.</summary>
    public int Wrong { get; private set; }

    public int Missing { get; private set; }

    /// <summary>Reported on a document that has nothing to report.</summary>
    public int Invented { get; private set; }

    /// <summary>Values that the product would have let pass without a person, and how many of them are right.</summary>
    public int Accepted { get; private set; }

    public int AcceptedRight { get; private set; }

    public double Precision => Share(Right, Right + Wrong + Invented);

    public double Recall => Share(Right, Right + Wrong + Missing);

    public double F1 => Share(2 * Right, (2 * Right) + (2 * Wrong) + Invented + Missing);

    public double AcceptedPrecision => Share(AcceptedRight, Accepted);

    public void Add(FieldOutcome outcome)
    {
        switch (outcome.Verdict)
        {
            case Verdict.Right: Right++; break;
            case Verdict.Wrong: Wrong++; break;
            case Verdict.Missing: Missing++; break;
            default: Invented++; break;
        }

        if (outcome.Accepted)
        {
            Accepted++;
            AcceptedRight += outcome.Verdict == Verdict.Right ? 1 : 0;
        }
    }

    // Nothing asked and nothing said is no mistake.
    private static double Share(int part, int whole) => whole > 0 ? (double)part / whole : 1;
}
