using System.Diagnostics;
using DocPipeline.Pages.Ocr;
using static DocPipeline.OcrWorker.Leptonica;

namespace DocPipeline.OcrWorker;

/// <summary>Answers one request: inspect, recognise, or make a picture for people.</summary>
internal sealed unsafe class Reader(Engine engine)
{
    /// <summary>A rendered page of at least this resolution needs no look at the size of its letters.</summary>
    private const int FineEnough = 200;

    private const string TooMuchMemory = "too_much_memory";

    public (OcrReply Reply, byte[] Payload) Answer(OcrRequest request, byte[] payload)
    {
        PixMemory.HasRunOut = false;
        try
        {
            using var file = request.Path is { } path ? new FileBytes(path) : new FileBytes(payload);
            return request.Task switch
            {
                OcrTask.Inspect => (new OcrReply(Frames: PictureFile.Inspect(file, request.MaxFrames)), []),
                OcrTask.Recognize => (Recognize(file, request, request.Path is null ? [] : payload), []),
                OcrTask.Picture => Picture(file, request),
                _ => throw new InvalidOperationException($"No such task: {request.Task}."),
            };
        }
        catch (PictureFault fault)
        {
            return (new OcrReply(Fault: PixMemory.HasRunOut ? TooMuchMemory : fault.Code), []);
        }
        catch (OutOfMemoryException)
        {
            return (new OcrReply(Fault: TooMuchMemory), []);
        }
    }

    /// <param name="sketch">The page as displayed, in few pixels; empty if the picture is known to be what is displayed.</param>
    private OcrReply Recognize(FileBytes file, OcrRequest request, byte[] sketch)
    {
        using var decoded = PictureFile.Decode(file, request.Frame, request.MaxPixels, colour: false);
        var stated = request.Dpi ?? pixGetXRes(decoded);
        using var grey = Scan.Grey(decoded);
        var blank = Scan.IsBlank(grey);
        if (sketch.Length > 0 && !IsDisplayed(grey, blank, sketch))
        {
            return new OcrReply(Displaced: true);
        }

        if (blank)
        {
            return new OcrReply(Words: [], Width: grey.Width, Height: grey.Height, Dpi: stated * grey.Width / decoded.Width, Blank: true);
        }

        var clock = Stopwatch.StartNew();
        var reading = BestReading.Read(engine, grey, stated, fine: request.Dpi >= FineEnough, Scan.ThresholdOf(decoded), request.Twice);
        return new OcrReply(
            Words: reading.Words,
            Width: reading.Width,
            Height: reading.Height,
            Dpi: (int)((long)stated * Math.Max(reading.Width, reading.Height) / Math.Max(decoded.Width, decoded.Height)),
            Turns: reading.Turns,
            Milliseconds: clock.Elapsed.TotalMilliseconds,
            Again: reading.Again);
    }

    private static bool IsDisplayed(Pix grey, bool blank, byte[] sketch)
    {
        using var bytes = new FileBytes(sketch);
        using var displayed = PictureFile.Decode(bytes, frame: 0, maxPixels: 1_000_000, colour: false);
        return blank ? Scan.IsBlank(displayed) : Likeness.Alike(displayed, grey);
    }

    private static (OcrReply Reply, byte[] Payload) Picture(FileBytes file, OcrRequest request)
    {
        var pix = PictureFile.Decode(file, request.Frame, request.MaxPixels, colour: true);
        try
        {
            if (request.Part is { } part)
            {
                pix = Cut(pix, part);
            }

            var longest = Math.Max(pix.Width, pix.Height);
            var stated = pixGetXRes(pix);
            if (longest > request.MaxSide)
            {
                pix = Scan.Scale(pix, (double)request.MaxSide / longest);
            }

            if (pixGetDepth(pix) is not (8 or 32))
            {
                pix = pix.Into(pixConvertTo8(pix, colormap: 0));
            }

            pix = Scan.Turn(pix, request.Turns & 3);
            if (pixWriteMemJpeg(out var data, out var size, pix, quality: 85, progressive: 0) != 0)
            {
                throw new PictureFault("corrupt");
            }

            try
            {
                var dpi = (int)((long)stated * Math.Max(pix.Width, pix.Height) / longest);
                return (new OcrReply(Width: pix.Width, Height: pix.Height, Dpi: dpi), new ReadOnlySpan<byte>(data, checked((int)size)).ToArray());
            }
            finally
            {
                lept_free(data);
            }
        }
        finally
        {
            pix.Dispose();
        }
    }

    private static Pix Cut(Pix pix, OcrPart part)
    {
        using (pix)
        {
            var (x, y) = ((int)(part.X0 * pix.Width), (int)(part.Y0 * pix.Height));
            return Scan.Cut(pix, x, y, Math.Max(1, (int)(part.X1 * pix.Width) - x), Math.Max(1, (int)(part.Y1 * pix.Height) - y), factor: 1);
        }
    }
}
