using System.Buffers.Binary;
using DocPipeline.Pages.Ocr;
using static DocPipeline.OcrWorker.Leptonica;

namespace DocPipeline.OcrWorker;

/// <summary>A picture file of any format that leptonica reads: sizes from its headers, pictures as displayed.</summary>
internal static unsafe class PictureFile
{
    /// <summary>What alpha is flattened on: paper.</summary>
    private const uint White = 0xffffff00;

    private const int RemoveColormapBySource = 4;

    /// <summary>Sizes of all pictures in the file, at most <paramref name="most"/>.</summary>
    public static IReadOnlyList<OcrFrame> Inspect(FileBytes file, int most)
    {
        if (!IsTiff(file.Span))
        {
            return [Single(file)];
        }

        var frames = new List<OcrFrame>();
        while (frames.Count < most && readHeaderMemTiff(file.Pointer, file.Size, frames.Count, out var width, out var height, out _, out _, out _, out _, out _) == 0)
        {
            frames.Add(new OcrFrame(width, height));
        }

        return frames.Count > 0 ? frames : throw new PictureFault("corrupt");
    }

    /// <summary>Decodes one picture, flattens it on white and turns it as its own headers say.</summary>
    /// <param name="colour">False if grey will do, which a JPEG yields in half the time.</param>
    /// <exception cref="PictureFault">Broken, cut off, or larger than <paramref name="maxPixels"/>.</exception>
    public static Pix Decode(FileBytes file, int frame, long maxPixels, bool colour)
    {
        if (Pnm.TryRead(file.Span, maxPixels) is { } rendered)
        {
            return rendered;
        }

        var size = IsTiff(file.Span) ? TiffFrame(file, frame) : Single(file);
        if ((long)size.Width * size.Height > maxPixels)
        {
            throw new PictureFault("too_many_pixels");
        }

        var pix = Pix.Own(Read(file, frame, colour));
        try
        {
            pix = pix.Into(pixRemoveColormap(pix, RemoveColormapBySource));
            if (pixGetDepth(pix) == 32 && pixGetSpp(pix) == 4)
            {
                pix = pix.Into(pixAlphaBlendUniform(pix, White));
            }

            return Turn(pix, Exif.OrientationOf(file.Span));
        }
        catch
        {
            pix.Dispose();
            throw;
        }
    }

    private static nint Read(FileBytes file, int frame, bool colour)
    {
        if (IsTiff(file.Span))
        {
            return pixReadMemTiff(file.Pointer, file.Size, frame);
        }

        if (file.Span is not [0xFF, 0xD8, ..])
        {
            return pixReadMem(file.Pointer, file.Size);
        }

        // Half a JPEG decodes into a picture that is grey below: words would be lost without a trace.
        // Other warnings (stray bytes, odd headers) are common in healthy photos.
        var hint = ContinueWithBadData | (colour ? 0 : LuminanceOnly);
        var pix = pixReadMemJpeg(file.Pointer, file.Size, colormap: 0, reduction: 1, out var warnings, hint);
        if (pix == 0 && !colour)
        {
            // CMYK has no luminance to pick.
            return Read(file, frame, colour: true);
        }

        if (warnings > 0 && file.Span.LastIndexOf([(byte)0xFF, (byte)0xD9]) < 0)
        {
            pixDestroy(ref pix);
        }

        return pix;
    }

    private static Pix Turn(Pix pix, int orientation)
    {
        if (orientation is 2 or 4 or 5 or 7)
        {
            pix = pix.Into(pixFlipLR(0, pix));
        }

        var turns = orientation switch
        {
            3 or 4 => 2,
            6 or 7 => 1,
            5 or 8 => 3,
            _ => 0,
        };
        return turns == 0 ? pix : pix.Into(pixRotateOrth(pix, turns));
    }

    private static OcrFrame TiffFrame(FileBytes file, int frame) =>
        readHeaderMemTiff(file.Pointer, file.Size, frame, out var width, out var height, out _, out _, out _, out _, out _) == 0
            ? new OcrFrame(width, height)
            : throw new PictureFault("corrupt");

    private static OcrFrame Single(FileBytes file)
    {
        var bytes = file.Span;
        var size = bytes switch
        {
            // Leptonica decodes these two in order to learn their size.
            [(byte)'G', (byte)'I', (byte)'F', ..] when bytes.Length > 10 =>
                new OcrFrame(BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])),
            [(byte)'B', (byte)'M', ..] when bytes.Length > 26 => Bitmap(bytes),
            _ => pixReadHeaderMem(file.Pointer, file.Size, out _, out var width, out var height, out _, out _, out _) == 0 ? new OcrFrame(width, height) : null,
        };
        return size is { Width: > 0, Height: > 0 } ? size : throw new PictureFault("corrupt");
    }

    private static OcrFrame Bitmap(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes[14..]) == 12
        ? new OcrFrame(BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]))
        : new OcrFrame(BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]), (int)Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])));

    private static bool IsTiff(ReadOnlySpan<byte> bytes) => bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) || bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0+"u8);
}
