namespace DocPipeline.Samples.Pictures;

/// <summary>A baseline JPEG encoder for gray pictures (ITU T.81 with the tables of its Annex K).</summary>
internal sealed class Jpeg : IDisposable
{
    private static readonly byte[] Quantiser =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private static readonly byte[] DcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] DcSymbols = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    private static readonly byte[] AcCounts = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125];

    private static readonly byte[] AcSymbols = Convert.FromHexString(
        "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A3435363738393A434445464748494A" +
        "535455565758595A636465666768696A737475767778797A838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7" +
        "C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA");

    private static readonly (int Code, int Length)[] DcCodes = Codes(DcCounts, DcSymbols);
    private static readonly (int Code, int Length)[] AcCodes = Codes(AcCounts, AcSymbols);
    private static readonly double[] Cosines = [.. Enumerable.Range(0, 64).Select(i => Cosine(i / 8, i % 8))];

    private readonly MemoryStream file = new();
    private readonly int[] table;
    private int pending;
    private int pendingBits;

    private Jpeg(int quality)
    {
        var scale = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        table = [.. Quantiser.Select(q => Math.Clamp(((q * scale) + 50) / 100, 1, 255))];
    }

    /// <summary>The whole file.</summary>
    /// <param name="quality">1 to 100, on the scale that libjpeg made customary.</param>
    /// <param name="orientation">The EXIF orientation to claim, 1 to 8; null writes no EXIF.</param>
    public static byte[] Encode(GrayImage image, int quality, int? orientation = null, int dotsPerInch = 200)
    {
        using var jpeg = new Jpeg(quality);
        return jpeg.Write(image, orientation, dotsPerInch);
    }

    public void Dispose() => file.Dispose();

    private byte[] Write(GrayImage image, int? orientation, int dotsPerInch)
    {
        file.Write([0xFF, 0xD8]);
        if (orientation is { } turn)
        {
            byte[] tiff = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turn, 0, 0, 0, 0, 0, 0];
            Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]);
        }
        else
        {
            Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 1, (byte)(dotsPerInch >> 8), (byte)dotsPerInch, (byte)(dotsPerInch >> 8), (byte)dotsPerInch, 0, 0]);
        }

        Segment(0xDB, [0, .. ZigZag.Select(i => (byte)table[i])]);
        Segment(0xC0, [8, (byte)(image.Height >> 8), (byte)image.Height, (byte)(image.Width >> 8), (byte)image.Width, 1, 1, 0x11, 0]);
        Segment(0xC4, [0x00, .. DcCounts, .. DcSymbols]);
        Segment(0xC4, [0x10, .. AcCounts, .. AcSymbols]);
        Segment(0xDA, [1, 1, 0, 0, 63, 0]);
        var last = 0;
        var block = new double[64];
        for (var y = 0; y < image.Height; y += 8)
        {
            for (var x = 0; x < image.Width; x += 8)
            {
                Read(image, x, y, block);
                last = EncodeBlock(Transform(block), last);
            }
        }

        Bits(0x7F, 7);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private void Segment(byte marker, byte[] body)
    {
        file.Write([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2)]);
        file.Write(body);
    }

    private static void Read(GrayImage image, int left, int top, double[] block)
    {
        for (var i = 0; i < 64; i++)
        {
            var x = Math.Min(left + (i % 8), image.Width - 1);
            var y = Math.Min(top + (i / 8), image.Height - 1);
            block[i] = image.Pixels[(y * image.Width) + x] - 128;
        }
    }

    private int[] Transform(double[] block)
    {
        var rows = new double[64];
        for (var i = 0; i < 64; i++)
        {
            var (y, u) = (i / 8, i % 8);
            for (var x = 0; x < 8; x++)
            {
                rows[i] += block[(y * 8) + x] * Cosines[(u * 8) + x];
            }
        }

        var result = new int[64];
        for (var i = 0; i < 64; i++)
        {
            var (v, u) = (ZigZag[i] / 8, ZigZag[i] % 8);
            var sum = 0.0;
            for (var y = 0; y < 8; y++)
            {
                sum += rows[(y * 8) + u] * Cosines[(v * 8) + y];
            }

            result[i] = (int)Math.Round(sum / table[ZigZag[i]]);
        }

        return result;
    }

    private int EncodeBlock(int[] coefficients, int lastDc)
    {
        Value(DcCodes, 0, coefficients[0] - lastDc);
        var zeros = 0;
        for (var i = 1; i < 64; i++)
        {
            if (coefficients[i] == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
            {
                Bits(AcCodes[0xF0].Code, AcCodes[0xF0].Length);
            }

            Value(AcCodes, zeros, coefficients[i]);
            zeros = 0;
        }

        if (zeros > 0)
        {
            Bits(AcCodes[0].Code, AcCodes[0].Length);
        }

        return coefficients[0];
    }

    private void Value((int Code, int Length)[] codes, int zeros, int value)
    {
        var size = 32 - int.LeadingZeroCount(Math.Abs(value));
        var (code, length) = codes[(zeros << 4) | size];
        Bits(code, length);
        Bits(value < 0 ? value - 1 + (1 << size) : value, size);
    }

    private void Bits(int value, int count)
    {
        pending = (pending << count) | (value & ((1 << count) - 1));
        pendingBits += count;
        while (pendingBits >= 8)
        {
            var next = (byte)(pending >> (pendingBits - 8));
            file.WriteByte(next);
            if (next == 0xFF)
            {
                file.WriteByte(0);
            }

            pendingBits -= 8;
        }
    }

    private static (int Code, int Length)[] Codes(byte[] counts, byte[] symbols)
    {
        var codes = new (int, int)[256];
        var code = 0;
        var next = 0;
        for (var length = 1; length <= 16; length++, code <<= 1)
        {
            for (var i = 0; i < counts[length - 1]; i++)
            {
                codes[symbols[next++]] = (code++, length);
            }
        }

        return codes;
    }

    private static double Cosine(int frequency, int position) =>
        (frequency == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * position) + 1) * frequency * Math.PI / 16);
}
