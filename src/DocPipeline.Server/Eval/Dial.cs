namespace DocPipeline.Server.Eval;

/// <summary>What a person's look costs: opening a document and comparing one value with its page. Assumed, not measured: say your own with the options of <c>eval</c>.</summary>
internal sealed record ReviewEffort(double SecondsPerDocument = 20, double SecondsPerValue = 6);

/// <summary>What an error target gives and what it costs.</summary>
/// <param name="Target">Share of wrong values allowed among accepted ones.</param>
/// <param name="Values">Values reported whose truth is known.</param>
/// <param name="Accepted">Those of them that were accepted.</param>
/// <param name="WrongAccepted">Those of the accepted that are wrong.</param>
/// <param name="Documents">Files.</param>
/// <param name="StraightThrough">Files that nobody had to look at.</param>
/// <param name="ReviewMinutes">Expected minutes of people for all files.</param>
internal sealed record DialPoint(double Target, int Values, int Accepted, int WrongAccepted, int Documents, int StraightThrough, double ReviewMinutes)
{
    public double ShareAccepted => Values == 0 ? 0 : (double)Accepted / Values;

    public double Errors => Accepted == 0 ? 0 : (double)WrongAccepted / Accepted;

    public double StraightThroughRate => Documents == 0 ? 0 : (double)StraightThrough / Documents;

    public static DialPoint Of(double target, IReadOnlyList<FileScore> files, ReviewEffort effort)
    {
        var reported = files.SelectMany(file => file.Outcomes).Where(outcome => outcome.IsReported).ToList();
        var accepted = reported.Where(outcome => outcome.Accepted).ToList();
        var looked = files.Where(file => file.NeedsLook).ToList();
        var seconds = (looked.Count * effort.SecondsPerDocument) + (looked.Sum(file => file.ValuesToLookAt) * effort.SecondsPerValue);
        return new(
            target, reported.Count, accepted.Count, accepted.Count(outcome => outcome.Verdict != Verdict.Right), files.Count, files.Count(file => file.WentStraightThrough), seconds / 60);
    }
}

/// <summary>The targets that a dial is shown for.</summary>
internal static class DialTargets
{
    public static IReadOnlyList<double> All { get; } = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05];
}
