using System.Buffers.Binary;

namespace DocPipeline.Samples.Pictures;

/// <summary>A multi-page bilevel TIFF (PackBits), as fax gateways and old scanners write it.</summary>
internal static class Tiff
{
    public static byte[] Bilevel(IReadOnlyList<GrayImage> pages, int dotsPerInch)
    {
        using var file = new MemoryStream();
        file.Write("II*\0"u8);
        var link = Reserve(file, 4);
        foreach (var page in pages)
        {
            var bits = PackBits(page.ToBits(150), (page.Width + 7) / 8);
            var data = (uint)file.Position;
            file.Write(bits);
            var resolution = Even(file);
            WriteNumbers(file, (uint)dotsPerInch, 1);
            var directory = (uint)file.Position;
            Patch(file, link, directory);
            (ushort Tag, ushort Type, uint Value)[] entries =
            [
                (256, 4, (uint)page.Width), (257, 4, (uint)page.Height), (258, 3, 1), (259, 3, 32773), (262, 3, 1), (273, 4, data), (277, 3, 1),
                (278, 4, (uint)page.Height), (279, 4, (uint)bits.Length), (282, 5, resolution), (283, 5, resolution), (296, 3, 2),
            ];
            WriteShorts(file, (ushort)entries.Length);
            foreach (var (tag, type, value) in entries)
            {
                WriteShorts(file, tag, type);
                WriteNumbers(file, 1, value);
            }

            link = Reserve(file, 4);
        }

        return file.ToArray();
    }

    private static byte[] PackBits(byte[] bits, int stride)
    {
        var packed = new List<byte>();
        for (var start = 0; start < bits.Length; start += stride)
        {
            var end = start + stride;
            for (var at = start; at < end;)
            {
                var run = at + 1;
                while (run < end && run - at < 128 && bits[run] == bits[at])
                {
                    run++;
                }

                if (run - at > 1)
                {
                    packed.Add((byte)(257 - (run - at)));
                    packed.Add(bits[at]);
                    at = run;
                    continue;
                }

                var stop = at + 1;
                while (stop < end && stop - at < 128 && (stop + 1 >= end || bits[stop] != bits[stop + 1]))
                {
                    stop++;
                }

                packed.Add((byte)(stop - at - 1));
                packed.AddRange(bits[at..stop]);
                at = stop;
            }
        }

        return [.. packed];
    }

    private static long Reserve(MemoryStream file, int count)
    {
        var at = file.Position;
        file.Write(new byte[count]);
        return at;
    }

    private static uint Even(MemoryStream file)
    {
        if (file.Position % 2 == 1)
        {
            file.WriteByte(0);
        }

        return (uint)file.Position;
    }

    private static void Patch(MemoryStream file, long at, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(file.GetBuffer().AsSpan((int)at), value);
    }

    private static void WriteNumbers(MemoryStream file, params ReadOnlySpan<uint> values)
    {
        var bytes = new byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            file.Write(bytes);
        }
    }

    private static void WriteShorts(MemoryStream file, params ReadOnlySpan<ushort> values)
    {
        var bytes = new byte[2];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            file.Write(bytes);
        }
    }
}
