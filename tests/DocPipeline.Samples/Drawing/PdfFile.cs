using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DocPipeline.Samples.Drawing;

/// <summary>
/// Writes sheets as a PDF 1.4 file. No clock and no chance: the same sheets give the same bytes.
/// Drawings are left uncompressed so that a change of a sample can be read in a diff.
/// </summary>
internal sealed class PdfFile : IDisposable
{
    private const int FirstFont = 3;
    private readonly MemoryStream file = new();
    private readonly List<long> offsets = [];
    private readonly PdfPassword? password;

    private PdfFile(PdfPassword? password) => this.password = password;

    /// <param name="about">Title, author and keywords of the file; null for none.</param>
    public static byte[] Write(IReadOnlyList<Sheet> sheets, PdfPassword? password = null, string? about = null)
    {
        using var pdf = new PdfFile(password);
        return pdf.WriteAll(sheets, about);
    }

    public void Dispose() => file.Dispose();

    private byte[] WriteAll(IReadOnlyList<Sheet> sheets, string? about)
    {
        Raw("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        var faces = Enum.GetValues<Face>();
        var firstPage = FirstFont + faces.Length;
        var kids = string.Join(' ', sheets.Select((_, i) => $"{firstPage + (3 * i)} 0 R"));
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object($"<< /Type /Pages /Count {sheets.Count} /Kids [{kids}] >>");
        foreach (var face in faces)
        {
            Object($"<< /Type /Font /Subtype /Type1 /BaseFont /{face.PdfName()} /Encoding /WinAnsiEncoding >>");
        }

        var fonts = string.Join(' ', faces.Select(face => $"/F{(int)face} {FirstFont + (int)face} 0 R"));
        foreach (var sheet in sheets)
        {
            var number = offsets.Count + 1;
            var size = string.Create(CultureInfo.InvariantCulture, $"{sheet.Width:0.##} {sheet.Height:0.##}");
            var picture = sheet.Picture is null ? "" : $" /XObject << /P {number + 2} 0 R >>";
            Object($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Contents {number + 1} 0 R /Resources << /Font << {fonts} >>{picture} >> >>");
            var drawing = sheet.Picture is null ? sheet.Content : string.Create(CultureInfo.InvariantCulture, $"q {sheet.Width:0.##} 0 0 {sheet.Height:0.##} 0 0 cm /P Do Q\n{sheet.Content}");
            Stream("", Encoding.Latin1.GetBytes(drawing));
            PictureObject(sheet.Picture);
        }

        return Finish(about);
    }

    private void PictureObject(SheetPicture? picture)
    {
        if (picture is null)
        {
            Object("null");
            return;
        }

        var common = $"/Type /XObject /Subtype /Image /Width {picture.Width} /Height {picture.Height} /ColorSpace /DeviceGray";
        if (!picture.Bilevel)
        {
            Stream($"{common} /BitsPerComponent 8 /Filter /DCTDecode ", picture.Data);
            return;
        }

        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(picture.Data);
        }

        Stream($"{common} /BitsPerComponent 1 /Filter /FlateDecode ", packed.ToArray());
    }

    private byte[] Finish(string? about)
    {
        var trailer = "/Root 1 0 R";
        if (about is not null)
        {
            trailer += $" /Info {offsets.Count + 1} 0 R";
            var text = $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(about))}>";
            Object($"<< /Title {text} /Author {text} /Keywords {text} >>");
        }

        if (password is not null)
        {
            trailer += $" /Encrypt {offsets.Count + 1} 0 R /ID [<{password.FileId}> <{password.FileId}>]";
            Object(password.Dictionary);
        }

        var table = file.Length;
        Raw($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            Raw($"{offset:0000000000} 00000 n \n");
        }

        Raw($"trailer\n<< /Size {offsets.Count + 1} {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private void Object(string body)
    {
        offsets.Add(file.Length);
        Raw($"{offsets.Count} 0 obj\n{body}\nendobj\n");
    }

    private void Stream(string entries, byte[] data)
    {
        var bytes = password?.Encrypt(offsets.Count + 1, data) ?? data;
        offsets.Add(file.Length);
        Raw($"{offsets.Count} 0 obj\n<< {entries}/Length {bytes.Length} >>\nstream\n");
        file.Write(bytes);
        Raw("\nendstream\nendobj\n");
    }

    private void Raw(string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
