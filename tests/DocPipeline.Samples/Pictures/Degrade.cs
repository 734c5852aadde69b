using DocPipeline.Samples.Fiction;

namespace DocPipeline.Samples.Pictures;

/// <summary>What scanners and telephones do to paper.</summary>
internal static class Degrade
{
    /// <summary>Lies up to 0.8 degrees askew, is a little gray and noisy, and slightly soft.</summary>
    public static GrayImage Scan(GrayImage page, Dice dice)
    {
        var angle = dice.Real(-0.8, 0.8) * Math.PI / 180;
        var (sine, cosine) = (Math.Sin(angle), Math.Cos(angle));
        var (middleX, middleY) = (page.Width / 2.0, page.Height / 2.0);
        var paper = dice.Real(232, 250);
        var ink = dice.Real(20, 60);
        var result = new GrayImage(page.Width, page.Height);
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = 0; x < page.Width; x++)
            {
                var (dx, dy) = (x - middleX, y - middleY);
                var value = page.At((cosine * dx) + (sine * dy) + middleX, (cosine * dy) - (sine * dx) + middleY) ?? 255;
                result.Pixels[(y * page.Width) + x] = Byte(ink + (value / 255 * (paper - ink)) + dice.Noise(2.5));
            }
        }

        return result;
    }

    /// <summary>The page lies on a dark table, seen at an angle, unevenly lit, a little out of focus.</summary>
    /// <param name="tilt">Up to how many degrees the page is turned.</param>
    public static GrayImage Photo(GrayImage page, Dice dice, double tilt, int width)
    {
        var scale = width * 0.80 / Math.Max(page.Width, page.Height * 0.62);
        var height = (int)(page.Height * scale * 1.14) + 40;
        var corners = Corners(page, dice, tilt, width, height, scale);
        var source = new[] { (0.0, 0.0), (page.Width - 1.0, 0.0), (page.Width - 1.0, page.Height - 1.0), (0.0, page.Height - 1.0) };
        var back = Homography.Between(corners, source);
        var soft = Blur(page, 1 / scale);
        var (lightX, lightY) = (dice.Real(0, width), dice.Real(0, height));
        var reach = Math.Sqrt((width * (double)width) + (height * (double)height));
        var result = new GrayImage(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (u, v) = back.Map(x, y);
                var value = soft.At(u, v) is { } paper ? 35 + (paper * 0.80) : 52 + (10 * Math.Sin(y * 0.05));
                var distance = Math.Sqrt(((x - lightX) * (x - lightX)) + ((y - lightY) * (y - lightY))) / reach;
                result.Pixels[(y * width) + x] = Byte((value * (1.08 - (0.45 * distance))) + dice.Noise(3));
            }
        }

        return Blur(result, 0.9);
    }

    /// <summary>Every pixel is black or white, by its own gray level and a fixed 4 x 4 pattern.</summary>
    public static GrayImage Dither(GrayImage page)
    {
        int[] pattern = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
        var result = new GrayImage(page.Width, page.Height);
        for (var i = 0; i < page.Pixels.Length; i++)
        {
            var (x, y) = (i % page.Width, i / page.Width);
            result.Pixels[i] = (byte)(page.Pixels[i] > (pattern[(y % 4 * 4) + (x % 4)] * 12) + 40 ? 255 : 0);
        }

        return result;
    }

    /// <summary>Turns clockwise by quarter turns: what a camera held upright writes when it leaves the turning to EXIF.</summary>
    public static GrayImage QuarterTurns(GrayImage image, int quarters)
    {
        for (var turn = 0; turn < quarters; turn++)
        {
            var turned = new GrayImage(image.Height, image.Width);
            for (var i = 0; i < image.Pixels.Length; i++)
            {
                var (x, y) = (i % image.Width, i / image.Width);
                turned.Pixels[(x * image.Height) + image.Height - 1 - y] = image.Pixels[i];
            }

            image = turned;
        }

        return image;
    }

    private static (double X, double Y)[] Corners(GrayImage page, Dice dice, double tilt, int width, int height, double scale)
    {
        var angle = dice.Real(-tilt, tilt) * Math.PI / 180;
        var (sine, cosine) = (Math.Sin(angle), Math.Cos(angle));
        (int X, int Y)[] signs = [(-1, -1), (1, -1), (1, 1), (-1, 1)];
        return [.. signs.Select(sign =>
        {
            var x = sign.X * page.Width * scale / 2 * dice.Real(0.94, 1.0);
            var y = sign.Y * page.Height * scale / 2 * dice.Real(0.95, 1.0);
            return ((width / 2.0) + (cosine * x) - (sine * y), (height / 2.0) + (sine * x) + (cosine * y));
        })];
    }

    // Three box blurs come close to a Gaussian; a radius below half a pixel changes nothing.
    private static GrayImage Blur(GrayImage image, double radius)
    {
        if (radius < 0.5)
        {
            return image;
        }

        var weight = Math.Min(1, radius) * 0.33;
        var current = image.Pixels;
        for (var pass = 0; pass < 2; pass++)
        {
            current = Smooth(Smooth(current, image, 1, weight), image, image.Width, weight);
        }

        return new GrayImage(image.Width, image.Height, current);
    }

    private static byte[] Smooth(byte[] pixels, GrayImage image, int step, double weight)
    {
        var result = (byte[])pixels.Clone();
        for (var i = image.Width; i < pixels.Length - image.Width; i++)
        {
            result[i] = Byte((pixels[i] * (1 - (2 * weight))) + ((pixels[i - step] + pixels[i + step]) * weight));
        }

        return result;
    }

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
