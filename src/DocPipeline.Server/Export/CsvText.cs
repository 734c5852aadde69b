using System.Text;

namespace DocPipeline.Server.Export;

/// <summary>Text of a document in a cell.</summary>
internal static class CsvText
{
    /// <summary>What begins a formula in some spreadsheet, also in its full-width form, and white space that some of them skip before it.</summary>
    private const string Dangerous = "=+-@\t\r\n\u00a0 ＝＋－＠";

    /// <summary>Quoted where needed. A cell that a spreadsheet would run as a formula gets an apostrophe in front: the text came from a stranger.</summary>
    public static string Of(string text)
    {
        var safe = text.Length > 0 && Dangerous.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : new StringBuilder(safe).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
    }
}
