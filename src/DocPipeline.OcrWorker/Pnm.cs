using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DocPipeline.OcrWorker;

/// <summary>
/// The two raw formats in which pages come from a PDF: grey (PGM) where they are rendered, black and white (PBM) where they are scans.
/// Leptonica reads them byte by byte, which takes a tenth of the time of a page; this takes none.
/// </summary>
internal static unsafe class Pnm
{
    /// <summary>Null if the bytes are neither; then another reader may try.</summary>
    /// <exception cref="PictureFault">Cut off or too large.</exception>
    public static Pix? TryRead(ReadOnlySpan<byte> bytes, long maxPixels)
    {
        var isGrey = bytes.StartsWith("P5"u8);
        if (!isGrey && !bytes.StartsWith("P4"u8))
        {
            return null;
        }

        var at = 2;
        if (Number(bytes, ref at) is not { } width || Number(bytes, ref at) is not { } height || (isGrey && Number(bytes, ref at) is not 255))
        {
            return null;
        }

        if ((long)width * height > maxPixels)
        {
            throw new PictureFault("too_many_pixels");
        }

        // One white space follows the header.
        var pixels = bytes[Math.Min(at + 1, bytes.Length)..];
        var line = isGrey ? width : (width + 7) / 8;
        if (width == 0 || height == 0 || pixels.Length < (long)line * height)
        {
            throw new PictureFault("corrupt");
        }

        var pix = Pix.Own(Leptonica.pixCreateNoInit(width, height, isGrey ? 8 : 1));
        var words = Leptonica.pixGetWpl(pix);
        var data = new Span<uint>(Leptonica.pixGetData(pix), words * height);
        for (var y = 0; y < height; y++)
        {
            // Leptonica keeps the leftmost pixel in the highest bits of a word. Black is 1 for both.
            var row = data.Slice(y * words, words);
            row[^1] = 0;
            pixels.Slice(y * line, line).CopyTo(MemoryMarshal.AsBytes(row));
            BinaryPrimitives.ReverseEndianness(row, row);
        }

        return pix;
    }

    private static int? Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        var (start, value) = (at, 0L);
        while (at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9' && value < 1_000_000)
        {
            value = (value * 10) + bytes[at++] - '0';
        }

        return at > start ? (int)value : null;
    }
}
