using System.Globalization;

namespace DocPipeline.Server.Extract.Html;

/// <summary>Names and shares as people say them.</summary>
internal static class Names
{
    /// <summary>A name of the vocabulary: <c>date of loss</c>.</summary>
    public static string Spoken(string name) => name.Replace('_', ' ');

    /// <summary>Without decimals, and never 100 % for what is not certain.</summary>
    public static string Percent(double share) => share is > 0.99 and < 1 ? "99%" : share.ToString("0%", CultureInfo.InvariantCulture);

    public static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
