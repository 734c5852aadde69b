using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DocPipeline.Samples.Pictures;

internal static class Png
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcEntry)];

    public static byte[] Gray(GrayImage image) => Write(image, 0, 1, (row, pixel) => row[0] = pixel);

    /// <summary>Black ink whose opacity is the darkness: flattened on black, everything vanishes.</summary>
    public static byte[] InkOnTransparent(GrayImage image) => Write(image, 6, 4, (row, pixel) => row[3] = (byte)(255 - pixel));

    private delegate void PixelWriter(Span<byte> target, byte gray);

    private static byte[] Write(GrayImage image, byte colourType, int bytesPerPixel, PixelWriter writer)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        header[9] = colourType;
        Chunk(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[(image.Width * bytesPerPixel) + 1];
            for (var y = 0; y < image.Height; y++)
            {
                for (var x = 0; x < image.Width; x++)
                {
                    writer(row.AsSpan(1 + (x * bytesPerPixel), bytesPerPixel), image.Pixels[(y * image.Width) + x]);
                }

                deflate.Write(row);
            }
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        var crc = uint.MaxValue;
        foreach (var value in body)
        {
            crc = CrcTable[(crc ^ value) & 255] ^ (crc >> 8);
        }

        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        file.Write(number);
    }

    private static uint CrcEntry(int index)
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
