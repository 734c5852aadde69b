using System.Runtime.InteropServices;

namespace DocPipeline.OcrWorker;

/// <summary>A file's bytes outside the collected heap, so that the memory limit of the process is the only limit.</summary>
internal sealed unsafe class FileBytes : IDisposable
{
    public FileBytes(ReadOnlySpan<byte> bytes)
    {
        Length = bytes.Length;
        Pointer = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, Length));
        bytes.CopyTo(new Span<byte>(Pointer, Length));
    }

    public FileBytes(string path)
    {
        using var file = File.OpenHandle(path);
        Length = checked((int)RandomAccess.GetLength(file));
        Pointer = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, Length));
        var read = 0;
        int count;
        while ((count = RandomAccess.Read(file, new Span<byte>(Pointer + read, Length - read), read)) > 0)
        {
            read += count;
        }
    }

    public byte* Pointer { get; private set; }

    public int Length { get; }

    public nuint Size => (nuint)Length;

    public ReadOnlySpan<byte> Span => new(Pointer, Length);

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
    }
}
