using System.Globalization;

namespace DocPipeline.Extract.Readers;

/// <summary>Which character a document prints before the decimals of its amounts.</summary>
public enum DecimalStyle
{
    /// <summary>Nothing settles it.</summary>
    Undecided,

    /// <summary>1,234.56</summary>
    Point,

    /// <summary>1.234,56</summary>
    Comma,
}

/// <summary>An amount and the decimal style under which the print means it.</summary>
public readonly record struct StyledAmount(DecimalStyle Style, decimal Value)
{
    /// <summary>Plain decimals, at least two: 3800.00. More only where more are printed and not zero, as in prices per unit.</summary>
    public string Plain => decimal.Round(Value, 2) == Value
        ? Value.ToString("0.00", CultureInfo.InvariantCulture)
        : Value.ToString("0.00####", CultureInfo.InvariantCulture);
}

/// <summary>A printed amount with every meaning that it can have.</summary>
/// <param name="Options">At least one, all different; two when a single separator may group thousands or begin decimals, point first then.</param>
/// <param name="Currency">ISO code, only where it is printed or the sign means one currency.</param>
/// <param name="Sign">The currency sign or code as printed; null where there is none.</param>
/// <param name="HasDecimals">True when decimals were printed, under the first option.</param>
/// <param name="Repaired">True when misread characters were replaced or dropped.</param>
/// <param name="Printed">The amount as printed, with its sign.</param>
public sealed record AmountReading(
    IReadOnlyList<StyledAmount> Options,
    string? Currency,
    string? Sign,
    bool HasDecimals,
    bool Repaired,
    string Printed,
    double Plausibility)
{
    public bool IsAmbiguous => Options.Count > 1;

    /// <summary>The style that the print itself proves.</summary>
    public DecimalStyle Decides => Options.Count == 1 ? Options[0].Style : DecimalStyle.Undecided;

    /// <summary>The readings as plain decimals, given the style of the document: one when that settles it, otherwise all.</summary>
    public Reading Under(DecimalStyle style)
    {
        if (!IsAmbiguous)
        {
            var contradicts = style != DecimalStyle.Undecided && Decides != DecimalStyle.Undecided && Decides != style;
            return Reading.Certain(Options[0].Plain, contradicts ? Plausibility * 0.7 : Plausibility);
        }

        var meant = Options.Where(option => option.Style == style).ToList();
        return meant.Count == 1
            ? Reading.Certain(meant[0].Plain, Plausibility)
            : new Reading(Options[0].Plain, Math.Min(Plausibility, 0.5), [.. Options.Skip(1).Select(option => option.Plain)]);
    }
}

/// <summary>An amount and where it stands in its line.</summary>
public sealed record FoundAmount(Range Span, AmountReading Reading);
