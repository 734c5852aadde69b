using DocPipeline.Documents;
using DocPipeline.Resolve;
using DocPipeline.Server.Eval;

namespace DocPipeline.Server.Calibrate;

/// <summary>A value that was read, what agreed with it, and whether it is right.</summary>
/// <param name="Document">Number of the document among all that are trained on.</param>
/// <param name="Features">Values of <see cref="Resolve.Features.All"/>.</param>
internal sealed record LabelledValue(int Document, string Field, string Group, double[] Features, bool IsRight)
{
    /// <summary>How much it counts: real documents are few and generated ones many.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The values of one file whose truth is known.</summary>
    public static IEnumerable<LabelledValue> Of(int document, GroundTruth truth, ResolvedClaim claim, IReadOnlyList<ExtractedDocument> candidates)
    {
        foreach (var (field, from) in claim.Fields)
        {
            if (IsRightValue(truth, field) is { } right)
            {
                var evidence = ClaimResolver.EvidenceOf(candidates[from].Fields.First(entry => entry.Field == field.Name), candidates, from);
                yield return new(document, field.Name, evidence.Group, [.. DocPipeline.Resolve.Features.All.Select(feature => feature.Of(evidence))], right);
            }
        }
    }

    // A field that the truth does not mention may be printed all the same; only where nothing is to be read is it known to be wrong.
    private static bool? IsRightValue(GroundTruth truth, Field field) =>
        truth.Fields.TryGetValue(field.Name, out var expected) ? SameValue.Is(FieldKinds.Of(field.Name), expected, field.Value) : truth.ReportsNothing ? false : null;
}
