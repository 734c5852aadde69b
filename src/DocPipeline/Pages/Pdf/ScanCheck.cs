namespace DocPipeline.Pages.Pdf;

/// <summary>What the first scan of a kind has shown about all scans of that kind in its document.</summary>
/// <param name="Upright">The scans are drawn as they are stored and may be taken out of the PDF.</param>
internal sealed record ScanCheck(bool Upright);
