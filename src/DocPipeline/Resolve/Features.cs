using System.Security.Cryptography;
using System.Text;

namespace DocPipeline.Resolve;

/// <summary>A number that says how much agrees with a value.</summary>
/// <param name="Name">As the calibration file names it.</param>
/// <param name="Version">Raised whenever the meaning of the number changes: the file no longer fits then.</param>
/// <param name="Of">From 0 to about 1; more never makes a value less likely, and training keeps it so.</param>
public sealed record Feature(string Name, int Version, Func<FieldEvidence, double> Of);

/// <summary>
/// What confidence is made of. All features point the same way: their weights are never negative, so that more agreement never lowers a confidence.
/// Adding, removing or changing one needs a retrained file; a file for other features is refused.
/// </summary>
public static class Features
{
    public static IReadOnlyList<Feature> All { get; } =
    [
        // What extraction thinks of it, and how far the next best value is.
        new("score", 1, evidence => evidence.Best.Score),
        new("no low score", 1, evidence => Math.Min(evidence.Best.Score, 0.4) / 0.4),
        new("high score", 1, evidence => Above(0.7, evidence.Best.Score)),
        new("margin", 1, Margin),
        new("one reading", 1, evidence => evidence.Best.Readings.Count == 0 ? 1 : 0),
        new("label", 1, evidence => evidence.Support.Label),
        new("type", 1, evidence => evidence.TypeConfidence),
        new("company", 1, evidence => Doublings(1 + evidence.Company, 4)),
        new("some company", 1, evidence => evidence.Company > 0 ? 1 : 0),

        // Who else says so.
        new("ways", 1, evidence => Doublings(evidence.Support.Ways, 2)),
        new("mentions", 1, evidence => Doublings(evidence.Support.Mentions, 3)),
        new("documents agree", 1, evidence => Doublings(1 + evidence.Agreeing, 2)),
        new("no document contradicts", 1, evidence => evidence.Contradicting == 0 ? 1 : 0),

        // Arithmetic and check digits.
        new("sums", 1, evidence => Math.Min(evidence.Support.Sums, 2) / 2.0),
        new("no broken sum", 1, evidence => evidence.Support.BrokenSums ? 0 : 1),
        new("check digit fits", 1, evidence => evidence.PassesCheckDigit == true ? 1 : 0),
        new("no check digit fails", 1, evidence => evidence.PassesCheckDigit == false ? 0 : 1),

        // How surely the characters were read.
        new("weakest word", 1, evidence => evidence.Support.WeakestWord),
        new("no reading disagrees", 1, evidence => evidence.Support.ReadingsDisagree ? 0 : 1),
        new("page legibility", 1, evidence => Above(0.5, evidence.Support.PageLegibility)),
    ];

    /// <summary>Names and versions of all features: what a calibration file was trained for.</summary>
    public static string Hash { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', All.Select(feature => $"{feature.Name} {feature.Version}")))))[..16];

    private static double Margin(FieldEvidence evidence)
    {
        var rival = evidence.Others.Where(other => other.Value != evidence.Best.Value).Select(other => other.Score).DefaultIfEmpty(0).Max();
        return 1 - Math.Clamp(rival / Math.Max(evidence.Best.Score, 0.01), 0, 1);
    }

    private static double Above(double floor, double value) => Math.Max(value - floor, 0) / (1 - floor);

    /// <summary>0 for one, 1 for two to the power of <paramref name="most"/> and more.</summary>
    private static double Doublings(double count, int most) => Math.Clamp(Math.Log2(Math.Max(count, 1)) / most, 0, 1);
}
