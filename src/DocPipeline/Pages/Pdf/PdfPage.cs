namespace DocPipeline.Pages.Pdf;

/// <summary>One page as displayed: size in points after rotation.</summary>
/// <param name="Rotation">The page's own /Rotate: 0, 90, 180 or 270.</param>
internal sealed record PdfPage(int Number, double Width, double Height, int Rotation);

/// <summary>One drawing of one image on a page. Where it stands is not known, only how large.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Kind"><c>image</c>, <c>stencil</c>, <c>mask</c> or <c>smask</c>.</param>
/// <param name="Encoding">As poppler names it: <c>jpeg</c>, <c>ccitt</c>, <c>image</c>...</param>
/// <param name="Components">1 for grey, 3 for RGB, 4 for CMYK.</param>
/// <param name="Bytes">About how many it takes in the file: the more is on a scan, the more.</param>
internal sealed record PdfImage(int Page, string Kind, int Width, int Height, int Components, string Encoding, double HorizontalDpi, double VerticalDpi, double Bytes = 0)
{
    /// <summary>Share of the page that the image covers, were it upright and fully on it; 0 to 1.</summary>
    public double ShareOf(PdfPage page) =>
        HorizontalDpi <= 0 || VerticalDpi <= 0 ? 0 : Math.Min(1, Width / HorizontalDpi * 72 * (Height / VerticalDpi * 72) / (page.Width * page.Height));

    /// <summary>The image has exactly the page's size and orientation.</summary>
    public bool Fills(PdfPage page) =>
        HorizontalDpi > 0 && VerticalDpi > 0
        && Math.Abs((Width / HorizontalDpi * 72 / page.Width) - 1) < 0.01
        && Math.Abs((Height / VerticalDpi * 72 / page.Height) - 1) < 0.01;
}
