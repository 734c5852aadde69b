namespace DocPipeline.Samples.Pictures;

/// <summary>Eight-bit gray, rows from the top; 0 is black.</summary>
internal sealed class GrayImage(int width, int height, byte[] pixels)
{
    public GrayImage(int width, int height)
        : this(width, height, new byte[width * height])
    {
    }

    public int Width { get; } = width;

    public int Height { get; } = height;

    public byte[] Pixels { get; } = pixels;

    /// <summary>Bilinear reading; null outside the picture.</summary>
    public double? At(double x, double y)
    {
        var left = (int)Math.Floor(x);
        var top = (int)Math.Floor(y);
        if (left < 0 || top < 0 || left + 1 >= Width || top + 1 >= Height)
        {
            return null;
        }

        var across = x - left;
        var down = y - top;
        var at = (top * Width) + left;
        var upper = (Pixels[at] * (1 - across)) + (Pixels[at + 1] * across);
        var lower = (Pixels[at + Width] * (1 - across)) + (Pixels[at + Width + 1] * across);
        return (upper * (1 - down)) + (lower * down);
    }

    /// <summary>Rows of bits, 1 is white, each row padded to a whole byte.</summary>
    public byte[] ToBits(byte threshold)
    {
        var stride = (Width + 7) / 8;
        var bits = new byte[stride * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                if (Pixels[(y * Width) + x] >= threshold)
                {
                    bits[(y * stride) + (x / 8)] |= (byte)(128 >> (x % 8));
                }
            }
        }

        return bits;
    }
}
