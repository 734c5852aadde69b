using System.Diagnostics;
using DocPipeline.Pages.Ocr;
using static DocPipeline.OcrWorker.Leptonica;

namespace DocPipeline.OcrWorker;

/// <summary>Answers one request: inspect, recognise, or make a picture for people.</summary>
internal sealed unsafe class Reader(Engine engine)
{
    /// <summary>A rendered page of at least this resolution needs no look at the size of its letters.</summary>
    private const int FineEnough = 200;

    public (OcrReply Reply, byte[] Payload) Answer(OcrRequest request, byte[] payload)
    {
        try
        {
            using var file = request.Path is { } path ? new FileBytes(path) : new FileBytes(payload);
            return request.Task switch
            {
                OcrTask.Inspect => (new OcrReply(Frames: PictureFile.Inspect(file, request.MaxFrames)), []),
                OcrTask.Recognize => (Recognize(file, request), []),
                OcrTask.Compare => (Compare(file, request), []),
                OcrTask.Picture => Picture(file, request),
                _ => throw new InvalidOperationException($"No such task: {request.Task}."),
            };
        }
        catch (PictureFault fault)
        {
            return (new OcrReply(Fault: fault.Code), []);
        }
        catch (OutOfMemoryException)
        {
            return (new OcrReply(Fault: "too_much_memory"), []);
        }
    }

    private OcrReply Recognize(FileBytes file, OcrRequest request)
    {
        using var decoded = PictureFile.Decode(file, request.Frame, request.MaxPixels, colour: false);
        var stated = request.Dpi ?? pixGetXRes(decoded);
        var grey = Scan.Grey(decoded);
        try
        {
            if (Scan.IsBlank(grey))
            {
                return new OcrReply(Words: [], Width: grey.Width, Height: grey.Height, Dpi: stated * grey.Width / decoded.Width, Blank: true);
            }

            var turns = Scan.Turns(grey);
            grey = Scan.Turn(grey, turns);
            var clock = Stopwatch.StartNew();
            var reading = BestReading.Read(engine, grey, stated, fine: request.Dpi >= FineEnough);
            return new OcrReply(
                Words: reading.Words,
                Width: reading.Width,
                Height: reading.Height,
                Dpi: (int)((long)stated * Math.Max(reading.Width, reading.Height) / Math.Max(decoded.Width, decoded.Height)),
                Turns: turns,
                Milliseconds: clock.Elapsed.TotalMilliseconds);
        }
        finally
        {
            grey.Dispose();
        }
    }

    private static OcrReply Compare(FileBytes file, OcrRequest request)
    {
        using var decoded = PictureFile.Decode(file, request.Frame, request.MaxPixels, colour: false);
        using var grey = Scan.Grey(decoded);
        return new OcrReply(Fingerprint: Fingerprint.Of(grey));
    }

    private static (OcrReply Reply, byte[] Payload) Picture(FileBytes file, OcrRequest request)
    {
        var pix = PictureFile.Decode(file, request.Frame, request.MaxPixels, colour: true);
        try
        {
            var longest = Math.Max(pix.Width, pix.Height);
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
                return (new OcrReply(Width: pix.Width, Height: pix.Height), new ReadOnlySpan<byte>(data, checked((int)size)).ToArray());
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
}
