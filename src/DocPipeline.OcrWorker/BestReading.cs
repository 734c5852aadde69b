using DocPipeline.Pages.Ocr;

namespace DocPipeline.OcrWorker;

/// <summary>One reading of a page: its words, and the size of the picture in which their boxes are measured.</summary>
/// <param name="Turns">Quarter turns clockwise from the picture as given to the picture as read.</param>
/// <param name="Again">Lines of it that were read a second time.</param>
internal sealed record PageReading(IReadOnlyList<OcrWord> Words, int Width, int Height, int Turns = 0, IReadOnlyList<OcrLine>? Again = null)
{
    /// <summary>Mean confidence; 0 where nothing was read.</summary>
    public double Confidence { get; } = Words.Count == 0 ? 0 : Words.Average(word => word.Confidence);

    /// <summary>Letters and digits, weighted by how far their word is from a guess: comparable between readings of one page.</summary>
    public double Worth => Words.Sum(word => Math.Max(0, word.Confidence - 0.5) * word.Text.Count(char.IsLetterOrDigit));

    /// <summary>Most of the longer words stand upright: the engine reads lines that run up or down a page, but nobody else does.</summary>
    public bool RunsUpOrDown => Words.Where(word => word.Text.Length > 3).Sum(word => word.Y1 - word.Y0 > word.X1 - word.X0 ? 1 : -1) > 0;
}

/// <summary>
/// Reads a page once, and again in another way only where the first reading doubts itself.
/// Measured on 60 receipts: one automatic reading F1 .775, this .82; forms of small print gain as much, good scans are read once.
/// </summary>
internal static class BestReading
{
    /// <summary>Tesseract's page segmentation: find columns, tables and pictures.</summary>
    private const int Automatic = 3;

    /// <summary>Tesseract's page segmentation: lines over the whole width. Receipts: the automatic one takes noisy strips for pictures.</summary>
    private const int OneBlock = 6;

    private const double StripRatio = 1.7;
    private const double Doubtful = 0.75;
    private const double Poor = 0.7;

    /// <param name="dpi">As stated, for the engine; 300 where unknown.</param>
    /// <param name="fine">The sender knows that letters are large enough.</param>
    /// <param name="threshold">Of the first reading.</param>
    /// <param name="twice">Read doubtful lines of the best reading a second time.</param>
    public static PageReading Read(Engine engine, Pix grey, int dpi, bool fine, Threshold threshold, bool twice)
    {
        var first = Once(engine, grey, dpi, Segmentation(grey), threshold);
        if (first.Confidence >= Doubtful && !first.RunsUpOrDown)
        {
            return Again(engine, grey, first, dpi, twice);
        }

        // A page on its head reads as nonsense. Good pages are spared the question which way up they are.
        var turns = Scan.Turns(grey);
        if (turns == 0)
        {
            return Again(engine, grey, Improved(engine, grey, dpi, fine, threshold, first), dpi, twice);
        }

        using var upright = Scan.Turned(grey, turns);
        var best = Improved(engine, upright, dpi, fine, threshold, Once(engine, upright, dpi, Segmentation(upright), threshold));
        return Again(engine, upright, best, dpi, twice) with { Turns = turns };
    }

    private static PageReading Again(Engine engine, Pix grey, PageReading best, int dpi, bool twice) =>
        twice ? best with { Again = SecondReading.Of(engine, grey, best, Usable(dpi)) } : best;

    private static int Segmentation(Pix grey) => grey.Height > StripRatio * grey.Width ? OneBlock : Automatic;

    private static PageReading Improved(Engine engine, Pix grey, int dpi, bool fine, Threshold threshold, PageReading best)
    {
        var segmentation = Segmentation(grey);
        using var enlarged = best.Confidence < Doubtful && !fine ? Scan.Enlarged(grey) : null;
        if (enlarged is not null)
        {
            // Enlarged, black and white has shades again.
            best = Better(best, Once(engine, enlarged, dpi, segmentation, Threshold.Local));
        }

        if (best.Confidence < Poor && segmentation != OneBlock)
        {
            best = Better(best, Once(engine, best.Width == enlarged?.Width ? enlarged : grey, dpi, OneBlock, threshold));
        }

        if (best.Confidence < Poor)
        {
            var source = best.Width == enlarged?.Width ? enlarged : grey;
            var other = threshold == Threshold.Local ? Threshold.Global : Threshold.Local;
            best = Better(best, Once(engine, source, dpi, segmentation, other));
            if (best.Confidence < Poor && segmentation == OneBlock)
            {
                best = Better(best, Once(engine, source, dpi, Automatic, other));
            }
        }

        return best;
    }

    private static PageReading Once(Engine engine, Pix grey, int dpi, int segmentation, Threshold threshold) =>
        new(engine.Read(grey, Usable(dpi), segmentation, threshold), grey.Width, grey.Height);

    private static int Usable(int dpi) => dpi is >= 150 and <= 1200 ? dpi : 300;

    private static PageReading Better(PageReading one, PageReading other) => other.Worth > one.Worth ? other : one;
}
