using DocPipeline.Pages.Ocr;
using static DocPipeline.OcrWorker.Leptonica;

namespace DocPipeline.OcrWorker;

/// <summary>Prepares a decoded picture for the engine: grey, of a size at which letters read well, upright.</summary>
internal static unsafe class Scan
{
    /// <summary>More pixels than this add time and no words.</summary>
    private const double MostPixels = 20e6;

    /// <summary>Height of a typical lower-case letter at which the engine reads best, in pixels.</summary>
    private const double BestLetter = 20;

    /// <summary>Up to this median height of letters a picture gains by being enlarged; above it words are lost.</summary>
    private const double SmallLetter = 9.5;

    /// <summary>Pictures of more pixels have small specks for another reason: the grain of a photo.</summary>
    private const double SmallPicture = 6e6;

    /// <summary>Leptonica's own unit of certainty; below it orientation is a guess.</summary>
    private const float SureOfOrientation = 10;

    /// <summary>Black and white leaves nothing to separate; looking at every neighbourhood of it costs a tenth of a reading.</summary>
    public static Threshold ThresholdOf(Pix decoded) => pixGetDepth(decoded) == 1 ? Threshold.Global : Threshold.Local;

    public static Pix Grey(Pix pix)
    {
        var grey = Pix.Own(pixConvertTo8(pix, colormap: 0));
        var pixels = (double)grey.Width * grey.Height;
        return pixels > MostPixels ? Scale(grey, Math.Sqrt(MostPixels / pixels)) : grey;
    }

    /// <summary>Ink is what differs clearly from the most common shade; a page with less than a few specks of it is blank.</summary>
    public static bool IsBlank(Pix grey)
    {
        // Every other row is enough: no mark of a pen is one row high. Most pixels have the shade of the one before, and a count waits for the count before it: so each byte of a
        // word has counts of its own, four that wait for nobody, which takes a quarter of the time.
        const int Shades = 256;
        var counts = stackalloc int[4 * Shades];
        new Span<int>(counts, 4 * Shades).Clear();
        var words = pixGetWpl(grey);
        var data = pixGetData(grey);
        var (width, height) = (grey.Width, grey.Height);
        for (var y = 0; y < height; y += 2)
        {
            var row = data + ((long)y * words);
            for (var x = 0; x < width >> 2; x++)
            {
                var four = row[x];
                counts[four & 0xFF]++;
                counts[Shades + ((four >> 8) & 0xFF)]++;
                counts[(2 * Shades) + ((four >> 16) & 0xFF)]++;
                counts[(3 * Shades) + (four >> 24)]++;
            }
        }

        var histogram = new int[Shades];
        for (var index = 0; index < 4 * Shades; index++)
        {
            histogram[index % Shades] += counts[index];
        }

        var paper = Array.IndexOf(histogram, histogram.Max());
        var ink = histogram.Where((_, shade) => Math.Abs(shade - paper) > 40).Sum(count => (long)count);
        return 2 * ink < 30 + ((long)width * height / 200_000);
    }

    /// <summary>Quarter turns clockwise that bring the text upright; 0 where leptonica is not sure.</summary>
    public static int Turns(Pix grey)
    {
        // Half the resolution of a 300-dpi scan tells as much in a quarter of the time.
        using var coarse = grey.Height > 3000 ? Pix.OrNull(pixScale(grey, 0.5f, 0.5f)) : null;
        using var binary = Binary(coarse ?? grey);
        if (binary is null || pixOrientDetect(binary, out var up, out var left, minimum: 0, debug: 0) != 0)
        {
            return 0;
        }

        // Positive "up": upright. Positive "left": the page was turned left (ascenders point left) and needs a turn to the right.
        return (Math.Abs(up) >= Math.Abs(left), up, left) switch
        {
            (true, <= -SureOfOrientation, _) => 2,
            (false, _, >= SureOfOrientation) => 1,
            (false, _, <= -SureOfOrientation) => 3,
            _ => 0,
        };
    }

    public static Pix Turn(Pix pix, int turns) => turns == 0 ? pix : pix.Into(pixRotateOrth(pix, turns));

    public static Pix Turned(Pix pix, int turns) => Pix.Own(pixRotateOrth(pix, turns));

    /// <summary>The picture enlarged if its letters are small; null if they are not (measured: enlarging a fine scan loses words).</summary>
    public static Pix? Enlarged(Pix grey)
    {
        if ((double)grey.Width * grey.Height > SmallPicture || LetterHeight(grey) is not { } letter || letter > SmallLetter)
        {
            return null;
        }

        var factor = Math.Min(Math.Min(BestLetter / letter, 4), Math.Sqrt(MostPixels / ((double)grey.Width * grey.Height)));
        return factor > 1.15 ? Pix.OrNull(pixScale(grey, (float)factor, (float)factor)) : null;
    }

    /// <summary>A part of the picture, enlarged or reduced.</summary>
    public static Pix Cut(Pix pix, int x, int y, int width, int height, double factor)
    {
        var box = boxCreate(x, y, width, height);
        try
        {
            var part = Pix.Own(pixClipRectangle(pix, box, null));
            return Math.Abs(factor - 1) < 0.1 ? part : Scale(part, factor);
        }
        finally
        {
            boxDestroy(ref box);
        }
    }

    public static Pix Scale(Pix pix, double factor) => pix.Into(pixScale(pix, (float)factor, (float)factor));

    /// <summary>Median height of what could be letters; null where there are too few to tell.</summary>
    public static double? LetterHeight(Pix grey)
    {
        using var binary = Binary(grey);
        var boxes = binary is null ? 0 : pixConnCompBB(binary, connectivity: 8);
        if (boxes == 0)
        {
            return null;
        }

        var heights = new List<int>();
        for (var index = 0; index < boxaGetCount(boxes); index++)
        {
            if (boxaGetBoxGeometry(boxes, index, out _, out _, out var width, out var height) == 0
                && height >= 4 && height <= grey.Height / 8 && width >= 2 && width <= 3 * height && height <= 5 * width)
            {
                heights.Add(height);
            }
        }

        boxaDestroy(ref boxes);
        heights.Sort();
        return heights.Count < 20 ? null : heights[heights.Count / 2];
    }

    private static Pix? Binary(Pix grey)
    {
        var failed = pixOtsuAdaptiveThreshold(grey, Math.Max(16, Math.Min(400, grey.Width)), Math.Max(16, Math.Min(400, grey.Height)), 0, 0, 0.1f, null, out var binary) != 0;
        return failed ? null : Pix.OrNull(binary);
    }
}
