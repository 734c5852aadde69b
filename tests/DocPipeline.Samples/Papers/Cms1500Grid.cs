using System.Globalization;
using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Papers;

/// <summary>Cells, small labels and split boxes of a form that is typed into.</summary>
internal sealed class Cms1500Grid(Sheet sheet, Ink ink, double valueSize)
{
    private const double LabelSize = 5.4;

    public Sheet Sheet { get; } = sheet;

    public void Cell(double x, double y, double width, double height, string label, string value = "")
    {
        Sheet.Frame(x, y, width, height, 0.6, ink);
        Sheet.Text(x + 2, y + 6.5, label, Face.Sans, LabelSize, ink);
        Value(x + 5, y + height - 4, value);
    }

    public void Value(double x, double baseline, string value) => Sheet.Text(x, baseline, value, Face.Mono, valueSize);

    public void Label(double x, double baseline, string text) => Sheet.Text(x, baseline, text, Face.Sans, LabelSize, ink);

    public void Tick(double x, double baseline, string caption, bool ticked)
    {
        Label(x, baseline - 1, caption);
        var box = x + Face.Sans.Width(LabelSize, caption) + 3;
        Sheet.Frame(box, baseline - 8, 9, 9, 0.6, ink);
        if (ticked)
        {
            Sheet.Text(box + 1.8, baseline - 0.5, "X", Face.Mono, 9);
        }
    }

    /// <summary>Month, day and year in three columns with their captions over them.</summary>
    public void Date(double x, double baseline, DateOnly? date, bool longYear, bool captions = true)
    {
        double[] columns = [x, x + 22, x + 44];
        if (captions)
        {
            Label(columns[0], baseline - 10, "MM");
            Label(columns[1], baseline - 10, "DD");
            Label(columns[2], baseline - 10, "YY");
        }

        Sheet.Line(columns[1] - 4, baseline - 8, columns[1] - 4, baseline + 2, 0.4, ink);
        Sheet.Line(columns[2] - 4, baseline - 8, columns[2] - 4, baseline + 2, 0.4, ink);
        if (date is { } day)
        {
            Value(columns[0], baseline, day.ToString("MM", CultureInfo.InvariantCulture));
            Value(columns[1], baseline, day.ToString("dd", CultureInfo.InvariantCulture));
            Value(columns[2], baseline, day.ToString(longYear ? "yyyy" : "yy", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Dollars and cents on either side of a rule.</summary>
    public void Amount(double rule, double top, double bottom, decimal? amount)
    {
        Sheet.Line(rule, top, rule, bottom, 0.4, ink);
        if (amount is { } sum)
        {
            var digits = sum.ToString("0.00", CultureInfo.InvariantCulture);
            Sheet.TextRight(rule - 3, bottom - 3.5, digits[..^3], Face.Mono, valueSize);
            Value(rule + 3, bottom - 3.5, digits[^2..]);
        }
    }
}
