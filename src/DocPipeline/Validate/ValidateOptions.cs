using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Validate;

/// <summary>Dials of the rules.</summary>
public sealed record ValidateOptions
{
    /// <summary>How far sums may be off, in units of the currency: rounding of a few lines.</summary>
    [Range(0, 10)]
    public decimal SumTolerance { get; init; } = 0.05m;

    /// <summary>A total above this is a misread separator more often than a claim.</summary>
    [Range(1_000, 1_000_000_000)]
    public decimal LargestPlausibleTotal { get; init; } = 10_000_000m;

    /// <summary>Taxes above this share of the subtotal do not exist on invoices.</summary>
    [Range(0.1, 1)]
    public decimal LargestPlausibleTaxShare { get; init; } = 0.4m;

    /// <summary>A page with more than this share of unsure words counts as unreadable.</summary>
    [Range(0.1, 1)]
    public double LargestWeakShare { get; init; } = 0.5;

    /// <summary>A page of which extraction accounts for a smaller share of the words may hide something.</summary>
    [Range(0, 1)]
    public double LeastCoverage { get; init; } = 0.4;

    /// <summary>Below this confidence in its type, a file that seems to be no claim is looked at by a person instead of being rejected.</summary>
    [Range(0, 1)]
    public double RejectFromTypeConfidence { get; init; } = 0.7;
}
