namespace DocPipeline.Split;

/// <summary>What one page says of its type.</summary>
/// <param name="Scores">By type; higher is likelier, types without evidence are absent.</param>
/// <param name="Title">The type whose title heads the page, or null.</param>
/// <param name="ClaimLabels">How many different fields of the vocabulary are labelled on the page.</param>
/// <param name="PageOf">"Page 2 of 5" as printed, or null.</param>
/// <param name="Words">Number of words.</param>
internal sealed record PageClass(
    int Number,
    IReadOnlyDictionary<string, double> Scores,
    string? Title,
    int ClaimLabels,
    (int Page, int Of)? PageOf,
    int Words)
{
    public double this[string type] => Scores.GetValueOrDefault(type);
}
