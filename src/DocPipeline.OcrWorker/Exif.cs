using System.Buffers.Binary;

namespace DocPipeline.OcrWorker;

/// <summary>Finds the orientation (1 to 8, EXIF 2.3 tag 0x0112) that a camera left in a JPEG, PNG or WebP. Leptonica ignores it.</summary>
internal static class Exif
{
    public static int OrientationOf(ReadOnlySpan<byte> file)
    {
        var tiff = file switch
        {
            [0xFF, 0xD8, ..] => InJpeg(file),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => InPng(file),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => InWebP(file),
            _ => default,
        };
        if (tiff.StartsWith("Exif\0\0"u8))
        {
            tiff = tiff[6..];
        }

        return Orientation(tiff) is var value and >= 1 and <= 8 ? value : 1;
    }

    private static ReadOnlySpan<byte> InJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            // Start of scan: no more headers.
            if (marker is 0xDA or 0xD9)
            {
                break;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            var end = Math.Min(file.Length, at + 2 + length);
            if (length < 2)
            {
                break;
            }

            var segment = file[(at + 4)..Math.Max(at + 4, end)];
            if (marker == 0xE1 && segment.StartsWith("Exif\0\0"u8))
            {
                return segment;
            }

            at += 2 + length;
        }

        return default;
    }

    private static ReadOnlySpan<byte> InPng(ReadOnlySpan<byte> file)
    {
        for (var at = 8L; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            if (file.Slice((int)at + 4, 4).SequenceEqual("eXIf"u8) && at + 8 + length <= file.Length)
            {
                return file.Slice((int)at + 8, (int)length);
            }

            at += 12 + length;
        }

        return default;
    }

    private static ReadOnlySpan<byte> InWebP(ReadOnlySpan<byte> file)
    {
        for (var at = 12L; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)at + 4)..]);
            if (file.Slice((int)at, 4).SequenceEqual("EXIF"u8) && at + 8 + length <= file.Length)
            {
                return file.Slice((int)at + 8, (int)length);
            }

            at += 8 + length + (length & 1);
        }

        return default;
    }

    private static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14)
        {
            return 1;
        }

        var big = tiff[0] == (byte)'M';
        var directory = big ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return 1;
        }

        var count = Word(tiff, (int)directory, big);
        for (var entry = 0; entry < count; entry++)
        {
            var at = (int)directory + 2 + (entry * 12);
            if (at + 10 > tiff.Length)
            {
                break;
            }

            if (Word(tiff, at, big) == 0x0112)
            {
                return Word(tiff, at + 8, big);
            }
        }

        return 1;
    }

    private static int Word(ReadOnlySpan<byte> bytes, int at, bool big) =>
        big ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
