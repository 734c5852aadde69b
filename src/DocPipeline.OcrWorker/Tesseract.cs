using System.Runtime.InteropServices;

namespace DocPipeline.OcrWorker;

/// <summary>The part of tesseract's C API that is used here (5.3).</summary>
internal static partial class Tesseract
{
    private const string Library = "libtesseract.so.5";

    /// <summary><c>OEM_LSTM_ONLY</c>.</summary>
    public const int LstmOnly = 1;

    /// <summary><c>RIL_WORD</c>.</summary>
    public const int WordLevel = 3;

    [LibraryImport(Library)]
    public static partial nint TessBaseAPICreate();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPIInit2(nint api, string? dataPath, string language, int mode);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPISetVariable(nint api, string name, string value);

    [LibraryImport(Library)]
    public static partial void TessBaseAPISetPageSegMode(nint api, int mode);

    [LibraryImport(Library)]
    public static partial void TessBaseAPISetImage2(nint api, Pix pix);

    [LibraryImport(Library)]
    public static partial void TessBaseAPISetSourceResolution(nint api, int dpi);

    [LibraryImport(Library)]
    public static partial int TessBaseAPIRecognize(nint api, nint monitor);

    [LibraryImport(Library)]
    public static partial nint TessBaseAPIGetIterator(nint api);

    [LibraryImport(Library)]
    public static partial void TessBaseAPIClear(nint api);

    [LibraryImport(Library)]
    public static partial int TessResultIteratorNext(nint iterator, int level);

    [LibraryImport(Library)]
    public static partial nint TessResultIteratorGetUTF8Text(nint iterator, int level);

    [LibraryImport(Library)]
    public static partial float TessResultIteratorConfidence(nint iterator, int level);

    [LibraryImport(Library)]
    public static partial nint TessResultIteratorGetPageIteratorConst(nint iterator);

    [LibraryImport(Library)]
    public static partial int TessPageIteratorBoundingBox(nint iterator, int level, out int left, out int top, out int right, out int bottom);

    [LibraryImport(Library)]
    public static partial void TessResultIteratorDelete(nint iterator);

    [LibraryImport(Library)]
    public static partial void TessDeleteText(nint text);
}
