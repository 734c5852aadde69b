using System.Runtime.InteropServices;
using DocPipeline.Pages.Ocr;

namespace DocPipeline.OcrWorker;

/// <summary>What separates ink from paper; the numbers are tesseract's own.</summary>
internal enum Threshold
{
    /// <summary>One shade for the whole page (Otsu). Photos of dark paper, whose grain a local threshold takes for ink.</summary>
    Global = 0,

    /// <summary>A shade for every neighbourhood (Sauvola). Grey forms and faint receipts lose a third of their words to the global one.</summary>
    Local = 2,
}

/// <summary>One tesseract engine with the settings that measured best over receipts and forms. Lives as long as its process.</summary>
internal sealed class Engine
{
    private readonly nint _api = Tesseract.TessBaseAPICreate();

    /// <exception cref="InvalidOperationException">The language's data is not installed.</exception>
    public Engine(string languages)
    {
        if (Tesseract.TessBaseAPIInit2(_api, dataPath: null, languages, Tesseract.LstmOnly) != 0)
        {
            throw new InvalidOperationException($"Tesseract has no data for '{languages}'. Install the package tesseract-ocr-{languages.Split('+')[0]}.");
        }

        Set("debug_file", "/dev/null");
    }

    /// <summary>Reads the words of an 8-bit grey, upright picture.</summary>
    public IReadOnlyList<OcrWord> Read(Pix grey, int dpi, int segmentation, Threshold threshold)
    {
        Set("thresholding_method", ((int)threshold).ToString());
        Tesseract.TessBaseAPISetPageSegMode(_api, segmentation);
        Tesseract.TessBaseAPISetImage2(_api, grey);
        Tesseract.TessBaseAPISetSourceResolution(_api, dpi);
        try
        {
            return Tesseract.TessBaseAPIRecognize(_api, monitor: 0) == 0 ? Words() : throw new PictureFault("corrupt");
        }
        finally
        {
            Tesseract.TessBaseAPIClear(_api);
        }
    }

    private List<OcrWord> Words()
    {
        var words = new List<OcrWord>();
        var iterator = Tesseract.TessBaseAPIGetIterator(_api);
        if (iterator == 0)
        {
            return words;
        }

        var page = Tesseract.TessResultIteratorGetPageIteratorConst(iterator);
        do
        {
            var text = Tesseract.TessResultIteratorGetUTF8Text(iterator, Tesseract.WordLevel);
            if (text == 0)
            {
                continue;
            }

            var word = Marshal.PtrToStringUTF8(text) ?? "";
            Tesseract.TessDeleteText(text);
            if (!string.IsNullOrWhiteSpace(word)
                && Tesseract.TessPageIteratorBoundingBox(page, Tesseract.WordLevel, out var left, out var top, out var right, out var bottom) != 0)
            {
                words.Add(new OcrWord(word, left, top, right, bottom, Tesseract.TessResultIteratorConfidence(iterator, Tesseract.WordLevel) / 100));
            }
        }
        while (Tesseract.TessResultIteratorNext(iterator, Tesseract.WordLevel) != 0);
        Tesseract.TessResultIteratorDelete(iterator);
        return words;
    }

    private void Set(string name, string value)
    {
        if (Tesseract.TessBaseAPISetVariable(_api, name, value) == 0)
        {
            throw new InvalidOperationException($"This tesseract does not know the setting '{name}'. Version 5 or later is needed.");
        }
    }
}
