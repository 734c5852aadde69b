using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Forms;

/// <summary>A pen that goes down the pages, opening new ones as it needs them.</summary>
internal sealed class Flow
{
    private const double Gutter = 18;
    private readonly List<Sheet> sheets = [];

    public Flow(Style style)
    {
        Style = style;
        NewSheet();
    }

    public Style Style { get; }

    public IReadOnlyList<Sheet> Sheets => sheets;

    public Sheet Sheet => sheets[^1];

    /// <summary>The top of what is drawn next.</summary>
    public double Y { get; set; }

    public double Left => Style.Margin + (InRightHalf ? (FullWidth + Gutter) / 2 : 0);

    public double Right => Sheet.Width - Style.Margin - (InLeftHalf ? (FullWidth + Gutter) / 2 : 0);

    public double Width => Right - Left;

    /// <summary>Narrows the flow to one half of the sheet.</summary>
    public bool InLeftHalf { get; set; }

    public bool InRightHalf { get; set; }

    public double Leading => Style.Size * 1.35;

    public Face LabelFace => Style.BoldLabels ? Style.Face.Bold() : Style.Face;

    public Face ValueFace => Style.BoldValues ? Style.Face.Bold() : Style.Face;

    private double FullWidth => Sheet.Width - (2 * Style.Margin);

    private double Bottom => Sheet.Height - 56;

    /// <summary>Goes to a new sheet unless this much height is left. True when it did.</summary>
    public bool Room(double height)
    {
        if (Y + height <= Bottom)
        {
            return false;
        }

        NewSheet();
        return true;
    }

    private void NewSheet()
    {
        sheets.Add(Style.A4 ? Sheet.A4() : Sheet.Letter());
        Y = 44;
    }
}
