using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>From and to, each with its own readings. Not checked for order: documents get it wrong, and validation says so.</summary>
public sealed record DateRangeReading(DateReading From, DateReading To);

/// <summary>Reads periods: 04/12/19 - 04/12/20, from 12:01 AM 1/1/2021 to 7/1/2021, vom 1.1.2021 bis 30.6.2021.</summary>
public static partial class DateRangeReader
{
    /// <summary>The first period in the text: two dates with nothing but a dash, "to", times of day or the like between them.</summary>
    public static DateRangeReading? Read(string text, int referenceYear)
    {
        var line = TextFolding.Cap(text);
        FoundDate? before = null;
        foreach (var found in DateReader.FindAll(line, referenceYear))
        {
            if (before is not null && Between().IsMatch(line.AsSpan(before.Span.End.Value..found.Span.Start.Value)))
            {
                return new DateRangeReading(before.Reading, found.Reading);
            }

            before = found;
        }

        return null;
    }

    [GeneratedRegex(
        @"^([\s\-–—.,:;/()@]|[0-9]{1,2}[:.][0-9]{2}|\b(a\.?m|p\.?m|noon|midnight|at|and|to|through|thru|until|till|til|ending|ends|expires|expiring|expiration|expiry|date|effective|inclusive|standard|local|time|bis|zum|au|al|a|hasta|tot|t/m|e|hrs|hours|uhr)\b)+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Between();
}
