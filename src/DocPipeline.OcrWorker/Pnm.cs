using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DocPipeline.OcrWorker;

/// <summary>The binary grey format in which pages are rendered. Leptonica reads it byte by byte, which takes a tenth of the time of a page; this takes none.</summary>
internal static unsafe class Pgm
{
    /// <summary>Null if the bytes are no 8-bit binary PGM; then another reader may try.</summary>
    /// <exception cref="PictureFault">Cut off or too large.</exception>
    public static Pix? TryRead(ReadOnlySpan<byte> bytes, long maxPixels)
    {
        if (!bytes.StartsWith("P5"u8))
        {
            return null;
        }

        var at = 2;
        if (Number(bytes, ref at) is not { } width || Number(bytes, ref at) is not { } height || Number(bytes, ref at) is not 255)
        {
            return null;
        }

        if ((long)width * height > maxPixels)
        {
            throw new PictureFault("too_many_pixels");
        }

        // One white space follows the header.
        var pixels = bytes[Math.Min(at + 1, bytes.Length)..];
        if (width == 0 || height == 0 || pixels.Length < (long)width * height)
        {
            throw new PictureFault("corrupt");
        }

        var pix = Pix.Own(Leptonica.pixCreateNoInit(width, height, 8));
        var words = Leptonica.pixGetWpl(pix);
        var data = new Span<uint>(Leptonica.pixGetData(pix), words * height);
        for (var y = 0; y < height; y++)
        {
            // Leptonica keeps the leftmost pixel in the highest byte of a word.
            var row = data.Slice(y * words, words);
            pixels.Slice(y * width, width).CopyTo(MemoryMarshal.AsBytes(row));
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
