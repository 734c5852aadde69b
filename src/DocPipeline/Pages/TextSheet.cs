using System.Globalization;
using System.Text;

namespace DocPipeline.Pages;

/// <summary>A sheet of plain text as a one-page PDF, so that it is shown to people as any other page is, each word where its box says.</summary>
internal static class TextSheet
{
    /// <summary>Width of a character of Courier, as a share of its size.</summary>
    private const double Pitch = 0.6;

    public static byte[] ToPdf(IReadOnlyList<string> lines)
    {
        var (columns, height) = (PlainText.ColumnsOf(lines), PlainText.PageHeight / PlainText.LinesPerPage);
        var size = PlainText.PageWidth / columns / Pitch;
        var content = new StringBuilder($"BT /F {Number(size)} Tf {Number(height)} TL 0 {Number(PlainText.PageHeight - (0.78 * height))} Td\n");
        foreach (var line in lines)
        {
            content.Append('(').Append(Escape(line)).Append(") Tj T*\n");
        }

        content.Append("ET");
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PlainText.PageWidth} {PlainText.PageHeight}]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
            $"<</Length {content.Length}>>stream\n{content}\nendstream",
        ];
        return Write(objects);
    }

    private static byte[] Write(IReadOnlyList<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var (index, text) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{text}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Escape(string line) =>
        string.Concat(line.Select(character => character switch
        {
            '(' or ')' or '\\' => $"\\{character}",
            < ' ' => " ",
            > '\u00FF' => "?",
            _ => character.ToString(),
        }));

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
