using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DocPipeline.Tests.Pages;

/// <summary>Picture files written by hand from grey pixels: the formats that no program at hand writes.</summary>
internal static class MadePictures
{
    /// <summary>Reads what <c>pdftoppm -gray</c> prints.</summary>
    public static (int Width, int Height, byte[] Pixels) Grey(string text, int dpi = 150)
    {
        var pgm = Rendered.Picture($"-gray -r {dpi}", text);
        var header = Encoding.ASCII.GetString(pgm, 0, 30).Split('\n')[1].Split(' ').Select(int.Parse).ToArray();
        return (header[0], header[1], pgm[^(header[0] * header[1])..]);
    }

    /// <summary>One page for each picture, one uncompressed strip each.</summary>
    public static byte[] Tiff(params (int Width, int Height, byte[] Pixels)[] pages)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write(8);
        foreach (var (index, (width, height, pixels)) in pages.Index())
        {
            (int Tag, int Value)[] entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, (int)file.Position + 2 + (9 * 12) + 4), (277, 1), (278, height), (279, pixels.Length)];
            writer.Write((short)entries.Length);
            foreach (var (tag, value) in entries)
            {
                writer.Write((short)tag);
                writer.Write((short)4);
                writer.Write(1);
                writer.Write(value);
            }

            writer.Write(index == pages.Length - 1 ? 0 : (int)file.Position + 4 + pixels.Length);
            writer.Write(pixels);
        }

        return file.ToArray();
    }

    /// <summary>Eight bits a pixel with a palette of greys, bottom line first.</summary>
    public static byte[] Bmp((int Width, int Height, byte[] Pixels) picture)
    {
        var (width, height, pixels) = picture;
        var stride = (width + 3) & ~3;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("BM"u8);
        writer.Write(54 + 1024 + (stride * height));
        writer.Write(0);
        writer.Write(54 + 1024);
        writer.Write(40);
        writer.Write(width);
        writer.Write(height);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write(0);
        writer.Write(stride * height);
        writer.Write(0L);
        writer.Write(256);
        writer.Write(0);
        Enumerable.Range(0, 256).ToList().ForEach(grey => writer.Write(grey * 0x010101));
        for (var y = height - 1; y >= 0; y--)
        {
            writer.Write(pixels, y * width, width);
            writer.Write(new byte[stride - width]);
        }

        return file.ToArray();
    }

    /// <summary>Uncompressed: the code table is cleared before it would grow, so that every code is a nine-bit pixel.</summary>
    public static byte[] Gif((int Width, int Height, byte[] Pixels) picture)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("GIF89a"u8);
        writer.Write((short)picture.Width);
        writer.Write((short)picture.Height);
        writer.Write([0xF7, 0, 0]);
        Enumerable.Range(0, 256).ToList().ForEach(grey => writer.Write([(byte)grey, (byte)grey, (byte)grey]));
        writer.Write([0x2C, 0, 0, 0, 0]);
        writer.Write((short)picture.Width);
        writer.Write((short)picture.Height);
        writer.Write([0, 8]);
        var codes = picture.Pixels.SelectMany((pixel, index) => index % 254 == 0 ? new[] { 256, (int)pixel } : [pixel]).Append(257);
        foreach (var block in Packed(codes).Chunk(255))
        {
            writer.Write((byte)block.Length);
            writer.Write(block);
        }

        writer.Write([0, 0x3B]);
        return file.ToArray();
    }

    public static byte[] WebP((int Width, int Height, byte[] Pixels) picture)
    {
        var colours = picture.Pixels.SelectMany(grey => new[] { grey, grey, grey }).ToArray();
        var size = (int)WebPEncodeLosslessRGB(colours, picture.Width, picture.Height, picture.Width * 3, out var output);
        var file = new byte[size];
        Marshal.Copy(output, file, 0, size);
        return file;
    }

    /// <summary>Puts an EXIF orientation (1 to 8) into a JPEG.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt16BigEndian(exif.AsSpan(2), (short)(exif.Length - 2));
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    private static IEnumerable<byte> Packed(IEnumerable<int> codes)
    {
        var (bits, count) = (0, 0);
        foreach (var code in codes)
        {
            bits |= code << count;
            for (count += 9; count >= 8; count -= 8, bits >>= 8)
            {
                yield return (byte)bits;
            }
        }

        yield return (byte)bits;
    }

    [DllImport("libwebp.so.7")]
    private static extern nuint WebPEncodeLosslessRGB(byte[] colours, int width, int height, int stride, out nint output);
}
