using System.Globalization;
using System.Text;

namespace DocPipeline.Tests.Pages;

/// <summary>Small PDFs written by hand, so that a test sees every byte of what it asserts.</summary>
internal static class MadePdf
{
    /// <summary>A letter page for each text; lines are set in 14-point Helvetica from the top left.</summary>
    public static byte[] OfText(params string[] pages) => Write("", [.. pages.Select(text => (TextContent(text), ""))]);

    public static string TextContent(string text) =>
        $"BT /F 14 Tf 20 TL 72 720 Td {string.Concat(text.Split('\n').Select(line => $"({Escape(line)}) Tj T* "))}ET";

    /// <summary>Pages of raw content; <paramref name="resources"/> are further objects from number 4 on, named in <paramref name="names"/>.</summary>
    public static byte[] Write(string names, IReadOnlyList<(string Content, string Attributes)> pages, params byte[][] resources)
    {
        using var file = new MemoryStream();
        var offsets = new List<long>();
        var firstPage = 4 + resources.Length;
        Text("%PDF-1.4\n");
        Object("<</Type/Catalog/Pages 2 0 R>>");
        Object($"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select((_, index) => $"{firstPage + (index * 2)} 0 R"))}]>>");
        Object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        foreach (var resource in resources)
        {
            Start();
            file.Write(resource);
            Text("\nendobj\n");
        }

        foreach (var (content, attributes) in pages)
        {
            var box = attributes.Contains("/MediaBox", StringComparison.Ordinal) ? "" : "/MediaBox[0 0 612 792]";
            var fonts = names.Contains("/Font", StringComparison.Ordinal) ? "" : "/Font<</F 3 0 R>>";
            Object($"<</Type/Page/Parent 2 0 R{box}{attributes}/Resources<<{fonts}{names}>>/Contents {offsets.Count + 2} 0 R>>");
            Object($"<</Length {content.Length}>>stream\n{content}\nendstream");
        }

        var table = file.Length;
        Text($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => Text(offset.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n"));
        Text($"trailer<</Size {offsets.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Start()
        {
            offsets.Add(file.Length);
            Text($"{offsets.Count} 0 obj\n");
        }

        void Object(string text)
        {
            Start();
            Text(text + "\nendobj\n");
        }

        void Text(string text) => file.Write(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>An image object of raw bytes.</summary>
    public static byte[] Image(int width, int height, string attributes, byte[] data) =>
        [.. Encoding.Latin1.GetBytes($"<</Type/XObject/Subtype/Image/Width {width}/Height {height}{attributes}/Length {data.Length}>>stream\n"), .. data, .. "\nendstream"u8];

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal);
}
