using DocPipeline.Documents;

namespace DocPipeline.Validate;

/// <summary>One thing that must hold for a claim. Looks at nothing but its input; never throws, whatever the documents say.</summary>
public interface IClaimRule
{
    /// <summary>Stable, in kebab-case: people filter by it, and findings in the database carry it. Never rename one.</summary>
    string Code { get; }

    /// <summary>The severity of every finding of this rule.</summary>
    Severity Severity { get; }

    /// <summary>What a finding of this rule means, in one sentence.</summary>
    string Meaning { get; }

    IEnumerable<PlacedFinding> Check(ClaimUnderReview claim);
}

/// <summary>A finding and the document it is about.</summary>
/// <param name="Document">Index of the document; null when the finding is about several or about the whole file.</param>
public sealed record PlacedFinding(Finding Finding, int? Document);

internal static class ClaimRuleExtensions
{
    public static PlacedFinding Found(this IClaimRule rule, string message, string? field, int? document, params IEnumerable<Evidence> evidence) =>
        new(new Finding(rule.Code, rule.Severity, message, field, [.. evidence]), document);
}
