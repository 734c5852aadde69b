using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Review;

/// <summary>Dials of the review.</summary>
public sealed record ReviewOptions
{
    /// <summary>How long a document stays with the person who took it, counted from the last sign of life.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Claims with a larger total, in whatever currency, are approved by two people; null: one is always enough.</summary>
    [Range(0, 1e12)]
    public decimal? FourEyesAbove { get; init; }

    /// <summary>How long a document may wait for a person.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(24);
}
