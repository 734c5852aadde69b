using System.Buffers.Binary;

namespace DocPipeline.Tests.Pages;

internal static class JpegSize
{
    /// <summary>From the start-of-frame header.</summary>
    public static (int Width, int Height) Of(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 9 < jpeg.Length; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]))
        {
            if (jpeg[at + 1] is >= 0xC0 and <= 0xC2)
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 5)..]));
            }
        }

        throw new InvalidDataException("No frame header.");
    }
}
