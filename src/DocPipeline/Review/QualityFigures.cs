namespace DocPipeline.Review;

/// <summary>Dials of the blind checks.</summary>
public sealed record QualityOptions
{
    /// <summary>Share of the accepted claims that are checked while nothing is known to be wrong, 0 to 1; 0: none are. Default 5 %.</summary>
    public double Share { get; init; } = 0.05;

    /// <summary>Share of the accepted claims that may have a wrong field, 0 to 1. Default 5 %.</summary>
    public double Target { get; init; } = 0.05;
}

/// <summary>What blind checks have found among the newest accepted claims.</summary>
/// <param name="Claims">Checked claims.</param>
/// <param name="WrongClaims">Those with at least one wrong field.</param>
public sealed record QualityFigures(int Claims, int WrongClaims, int Fields, int WrongFields)
{
    /// <summary>From this many on the interval says something.</summary>
    public const int Enough = 20;

    // Two-sided 95 %.
    private const double Z = 1.959964;

    /// <summary>Share of claims with a wrong field; null before the first check.</summary>
    public double? Rate => Claims == 0 ? null : (double)WrongClaims / Claims;

    /// <summary>
    /// Where the true share lies with 95 % confidence: Wilson's score interval (E. B. Wilson, 1927), which stays honest for few checks and for none wrong.
    /// </summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Claims == 0)
            {
                return (0, 1);
            }

            double n = Claims, rate = (double)WrongClaims / Claims;
            var middle = (rate + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
            var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((rate * (1 - rate) / n) + (Z * Z / (4 * n * n)));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    /// <summary>
    /// The share to check from now on: twice the usual one while the target may be missed (the interval reaches beyond it), four times when it is missed for
    /// certain (the whole interval lies beyond it).
    /// </summary>
    public double ShareFor(QualityOptions options) => Math.Min(1, options.Share * (Claims < Enough ? 1 : Interval.Low > options.Target ? 4 : Interval.High > options.Target ? 2 : 1));
}
