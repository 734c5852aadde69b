using static DocPipeline.OcrWorker.Leptonica;

namespace DocPipeline.OcrWorker;

/// <summary>A coarse picture of a picture: mean shades of a grid of cells, row by row. Tells whether two renderings show the same page the same way up.</summary>
internal static unsafe class Fingerprint
{
    public const int Side = 24;

    public static byte[] Of(Pix grey)
    {
        // A scan has far more pixels than a mean of a cell needs.
        var step = Math.Max(1, Math.Min(grey.Width, grey.Height) / 800);
        var (width, height, words) = (grey.Width, grey.Height, pixGetWpl(grey));
        var (sums, counts) = (new long[Side * Side], new int[Side * Side]);
        for (var y = 0; y < height; y += step)
        {
            var row = pixGetData(grey) + ((long)y * words);
            for (var x = 0; x < width; x += step)
            {
                var cell = ((int)((long)y * Side / height) * Side) + (int)((long)x * Side / width);
                sums[cell] += (row[x >> 2] >> (24 - ((x & 3) << 3))) & 0xFF;
                counts[cell]++;
            }
        }

        return [.. sums.Select((sum, cell) => (byte)(counts[cell] == 0 ? 255 : sum / counts[cell]))];
    }
}
