using System.Text;
using DocPipeline.Documents;

namespace DocPipeline.Pages;

/// <summary>Tells a file's format from its first bytes. Names and content types are claims of the sender and play no part.</summary>
internal static class FileFormat
{
    public const string Pdf = "pdf";
    public const string Jpeg = "jpeg";
    public const string Tiff = "tiff";
    public const string Text = "text";

    /// <summary>As many bytes from the start of a file as <see cref="Detect"/> wants to see.</summary>
    public const int Glance = 4096;

    /// <exception cref="DocumentFault">Nothing that can be read; the message says what it looks like.</exception>
    public static string Detect(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            throw new DocumentFault(FaultCodes.Empty, "The file is empty. Ask the sender to send it again.");
        }

        return Known(start) ?? (Other(start) is { } other
            ? throw Unsupported($"This looks like {other}, which cannot be read.")
            : PlainText.LooksLikeText(start) ? Text : throw Unsupported("This is not a document that can be read."));
    }

    private static string? Known(ReadOnlySpan<byte> start) => start switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        _ when IsTiff(start) => Tiff,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "webp",
        _ when start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) => "gif",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => "bmp",
        // Acrobat accepts a header anywhere in the first 1,024 bytes, and scanners make use of it.
        _ when start[..Math.Min(1024, start.Length)].IndexOf("%PDF-"u8) >= 0 => Pdf,
        _ => null,
    };

    private static bool IsTiff(ReadOnlySpan<byte> start) =>
        start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8);

    private static string? Other(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
        {
            return start.IndexOf("word/"u8) >= 0 ? "a Word document (.docx)"
                : start.IndexOf("xl/"u8) >= 0 ? "an Excel workbook (.xlsx)"
                : "a ZIP archive or an Office document";
        }

        return start switch
        {
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office document or an Outlook message (.doc, .xls, .msg)",
            [0x1F, 0x8B, ..] => "a gzip archive",
            [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "a 7-Zip archive",
            [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "a RAR archive",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "an iPhone photo (HEIC) or a video",
            [0x00, 0x00, 0x00, 0x0C, (byte)'j', (byte)'P', ..] => "a JPEG 2000 picture",
            _ when start.StartsWith("%!PS"u8) => "a PostScript file",
            _ when start.StartsWith("{\\rtf"u8) => "a rich text document (.rtf)",
            _ => Markup(Encoding.Latin1.GetString(start[..Math.Min(1024, start.Length)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t')),
        };
    }

    private static string? Markup(string start) =>
        start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? "a web page (HTML)"
        : start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) ? "an XML file"
        : IsMail(start) ? "an e-mail (its attachments must be sent as files of their own)"
        : null;

    private static bool IsMail(string start)
    {
        string[] headers = ["Received:", "Return-Path:", "MIME-Version:", "Message-ID:", "Delivered-To:", "From:", "To:", "Subject:", "Date:", "Content-Type:", "X-"];
        var lines = start.Split('\n').Select(line => line.TrimEnd('\r')).TakeWhile(line => line.Length > 0).ToList();
        return lines.Count >= 2
            && headers.Any(header => lines[0].StartsWith(header, StringComparison.OrdinalIgnoreCase))
            && lines.Any(line => line.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)
                || line.StartsWith("Received:", StringComparison.OrdinalIgnoreCase));
    }

    private static DocumentFault Unsupported(string what) =>
        new(FaultCodes.UnsupportedFormat, what + " Send a PDF, a picture (PNG, JPEG, TIFF, WebP, GIF, BMP) or plain text.");
}
