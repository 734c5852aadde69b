using DocPipeline.Documents;

namespace DocPipeline.Pages.Ocr;

/// <summary>The faults of pictures and pages as a claims clerk should read them.</summary>
internal static class PictureFaults
{
    public static DocumentFault Of(string code) => Sentence(code) is { } sentence ? new(code, sentence) : Of(FaultCodes.ReaderCrashed);

    private static string? Sentence(string code) => code switch
    {
        FaultCodes.TooManyPixels => "The picture has more pixels than a scanned page can need. Scan or save it at 300 dpi and send it again.",
        FaultCodes.TooMuchMemory => "Reading this page took more memory than is allowed. Print it to a new PDF or scan it at 300 dpi, and send it again.",
        FaultCodes.TookTooLong => "Reading this page took too long and was stopped. Scan it again at 300 dpi, or type the claim in by hand.",
        FaultCodes.ReaderCrashed => "The reader stopped working on this page, twice. The file is probably damaged: ask the sender for a new copy.",
        FaultCodes.Corrupt => "The picture is damaged, incomplete or of an uncommon kind and cannot be opened. Ask the sender for a new copy as PDF, JPEG or PNG.",
        // A child in the hands of a hostile picture may say anything.
        _ => null,
    };
}
