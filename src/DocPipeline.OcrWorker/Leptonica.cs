using System.Runtime.InteropServices;

namespace DocPipeline.OcrWorker;

/// <summary>The part of leptonica's C API that is used here (1.82; names and order of arguments are its own).</summary>
internal static unsafe partial class Leptonica
{
    private const string Library = "liblept.so.5";

    /// <summary>Keep quiet: messages may quote the document.</summary>
    public const int NoMessages = 6;

    /// <summary><c>L_SEVERITY_ERROR</c>.</summary>
    public const int ErrorMessages = 5;

    /// <summary><c>L_JPEG_READ_LUMINANCE</c>.</summary>
    public const int LuminanceOnly = 1;

    /// <summary><c>L_JPEG_CONTINUE_WITH_BAD_DATA</c>.</summary>
    public const int ContinueWithBadData = 2;

    [LibraryImport(Library)]
    public static partial int setMsgSeverity(int severity);

    [LibraryImport(Library)]
    public static partial void leptSetStderrHandler(delegate* unmanaged[Cdecl]<byte*, void> handler);

    [LibraryImport(Library)]
    public static partial nint pixReadMem(byte* data, nuint size);

    [LibraryImport(Library)]
    public static partial nint pixReadMemTiff(byte* data, nuint size, int frame);

    [LibraryImport(Library)]
    public static partial nint pixReadMemJpeg(byte* data, nuint size, int colormap, int reduction, out int warnings, int hint);

    [LibraryImport(Library)]
    public static partial int pixReadHeaderMem(byte* data, nuint size, out int format, out int width, out int height, out int bits, out int samples, out int colormap);

    [LibraryImport(Library)]
    public static partial int readHeaderMemTiff(byte* data, nuint size, int frame, out int width, out int height, out int bits, out int samples, out int resolution, out int colormap, out int format);

    [LibraryImport(Library)]
    public static partial void pixDestroy(ref nint pix);

    [LibraryImport(Library)]
    public static partial nint pixCreateNoInit(int width, int height, int depth);

    [LibraryImport(Library)]
    public static partial int pixGetWidth(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixGetHeight(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixGetDepth(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixGetSpp(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixGetXRes(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixGetWpl(Pix pix);

    [LibraryImport(Library)]
    public static partial uint* pixGetData(Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixRemoveColormap(Pix pix, int type);

    [LibraryImport(Library)]
    public static partial nint pixConvertTo8(Pix pix, int colormap);

    [LibraryImport(Library)]
    public static partial nint pixConvertTo32(Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixAlphaBlendUniform(Pix pix, uint colour);

    [LibraryImport(Library)]
    public static partial nint pixRotateOrth(Pix pix, int quarters);

    [LibraryImport(Library)]
    public static partial nint pixFlipLR(nint target, Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixScale(Pix pix, float x, float y);

    [LibraryImport(Library)]
    public static partial int pixOtsuAdaptiveThreshold(Pix pix, int width, int height, int smoothX, int smoothY, float fraction, nint* thresholds, out nint binary);

    [LibraryImport(Library)]
    public static partial nint pixConnCompBB(Pix binary, int connectivity);

    [LibraryImport(Library)]
    public static partial int boxaGetCount(nint boxes);

    [LibraryImport(Library)]
    public static partial int boxaGetBoxGeometry(nint boxes, int index, out int x, out int y, out int width, out int height);

    [LibraryImport(Library)]
    public static partial nint boxCreate(int x, int y, int width, int height);

    [LibraryImport(Library)]
    public static partial void boxDestroy(ref nint box);

    [LibraryImport(Library)]
    public static partial nint pixClipRectangle(Pix pix, nint box, nint* clipped);

    [LibraryImport(Library)]
    public static partial void boxaDestroy(ref nint boxes);

    [LibraryImport(Library)]
    public static partial int pixOrientDetect(Pix binary, out float up, out float left, int minimum, int debug);

    [LibraryImport(Library)]
    public static partial int pixFindSkew(Pix binary, out float degrees, out float confidence);

    [LibraryImport(Library)]
    public static partial int pixWriteMemJpeg(out byte* data, out nuint size, Pix pix, int quality, int progressive);

    [LibraryImport(Library)]
    public static partial void lept_free(void* memory);
}

/// <summary>A picture owned by leptonica. Every operation of leptonica's that fails returns null; <see cref="Own"/> makes that a fault.</summary>
internal sealed class Pix : SafeHandle
{
    private Pix(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    public int Width => Leptonica.pixGetWidth(this);

    public int Height => Leptonica.pixGetHeight(this);

    public static Pix? OrNull(nint handle) => handle == 0 ? null : new Pix(handle);

    /// <exception cref="PictureFault">The operation failed: the picture is broken, unless <see cref="PixMemory.HasRunOut"/>.</exception>
    public static Pix Own(nint handle) => OrNull(handle) ?? throw new PictureFault("corrupt");

    /// <summary>Replaces this picture by the result of an operation on it.</summary>
    public Pix Into(nint result)
    {
        Dispose();
        return Own(result);
    }

    protected override bool ReleaseHandle()
    {
        Leptonica.pixDestroy(ref handle);
        return true;
    }
}

/// <summary>The picture is at fault. Travels to the host as a code.</summary>
internal sealed class PictureFault(string code) : Exception(code)
{
    public string Code { get; } = code;
}
