using System.Globalization;
using DocPipeline.Documents;
using DocPipeline.Pages.Pdf;

namespace DocPipeline.Pages.Layer;

/// <summary>Decides for one PDF page whether its text layer can be used as it is.</summary>
internal static class LayerJudge
{
    private const int FewCharacters = 50;

    /// <summary>An image over more of the page than this is a scan, and the text over it somebody's recognition.</summary>
    private const double ScanShare = 0.6;

    public static Reading Judge(PdfPage page, IReadOnlyList<Word> words, IReadOnlyList<PdfImage> images)
    {
        if (words.Count == 0)
        {
            return Reading.Recognize;
        }

        if (IsBroken(words))
        {
            return Reading.Recognize;
        }

        // Image masks (transparency) lie under their image and do not count twice.
        var scanned = images.Where(image => image.Kind is "image" or "stencil").Sum(image => image.ShareOf(page)) > ScanShare;
        return scanned || words.Sum(word => word.Text.Length) < FewCharacters || LetterPairs.LookGarbled(words) ? Reading.Both : Reading.Layer;
    }

    /// <summary>5 % and more of characters without meaning, or hardly a letter or digit among them.</summary>
    private static bool IsBroken(IReadOnlyList<Word> words)
    {
        var (all, bad, useful) = (0, 0, 0);
        foreach (var rune in words.SelectMany(word => word.Text.EnumerateRunes()))
        {
            all++;
            var category = System.Text.Rune.GetUnicodeCategory(rune);
            bad += rune.Value == 0xFFFD || category is UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate ? 1 : 0;
            useful += System.Text.Rune.IsLetterOrDigit(rune) ? 1 : 0;
        }

        return bad >= 0.05 * all || useful <= 0.5 * all;
    }
}
