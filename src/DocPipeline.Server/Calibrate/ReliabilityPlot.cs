using System.Globalization;
using System.Text;
using DocPipeline.Server.Eval;

namespace DocPipeline.Server.Calibrate;

/// <summary>Two small pictures in one SVG: how often values of a confidence are right, and what accepting the surest share of values costs.</summary>
internal static class ReliabilityPlot
{
    private const int Side = 220;
    private const int Left = 60;
    private const int Top = 40;
    private const int Gap = 110;

    /// <param name="report">Of documents held out.</param>
    public static string Draw(string version, EvalReport report)
    {
        var reliability = report.Reliability;
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + (2 * Side) + Gap + 30}\" height=\"{Top + Side + 60}\" font-family=\"sans-serif\" font-size=\"11\">");
        Line(svg, "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        Line(svg, $"<text x=\"{Left}\" y=\"18\" font-size=\"13\">Calibration {version}: {reliability.Count} values of {report.Files.Count} documents held out</text>");

        Frame(svg, Left, $"share of right values; error {reliability.CalibrationError:0.000}", "confidence", 1);
        Line(svg, $"<line x1=\"{Left}\" y1=\"{Top + Side}\" x2=\"{Left + Side}\" y2=\"{Top}\" stroke=\"#999\" stroke-dasharray=\"4 3\"/>");
        Curve(svg, Left, [.. reliability.BinsOfConfidence.Select(bin => (bin.Confidence, bin.Right))]);
        foreach (var bin in reliability.BinsOfConfidence)
        {
            var radius = 2 + (5 * Math.Sqrt((double)bin.Count / reliability.Count));
            Line(svg, $"<circle cx=\"{X(Left, bin.Confidence)}\" cy=\"{Y(bin.Right)}\" r=\"{radius:0.0}\" fill=\"#1f6feb\"><title>{bin.Count} values</title></circle>");
        }

        var right = Left + Side + Gap;
        var most = Math.Max(Math.Ceiling(reliability.AcceptanceCurve.Select(point => point.Errors).DefaultIfEmpty(0).Max() * 50) / 50, 0.02);
        Frame(svg, right, $"wrong among accepted; AUROC {reliability.Auroc ?? 1:0.000}", "share accepted, surest first", most);
        Curve(svg, right, [.. reliability.AcceptanceCurve.Select(point => (point.Share, point.Errors / most))]);
        Line(svg, "</svg>");
        return svg.ToString();
    }

    private static void Frame(StringBuilder svg, int left, string up, string across, double most)
    {
        Line(svg, $"<rect x=\"{left}\" y=\"{Top}\" width=\"{Side}\" height=\"{Side}\" fill=\"none\" stroke=\"#333\"/>");
        Line(svg, $"<text x=\"{left}\" y=\"{Top - 6}\">{up}</text>");
        Line(svg, $"<text x=\"{left + (Side / 2)}\" y=\"{Top + Side + 34}\" text-anchor=\"middle\">{across}</text>");
        for (var i = 0; i <= 4; i++)
        {
            var at = i / 4.0;
            Line(svg, $"<text x=\"{X(left, at)}\" y=\"{Top + Side + 16}\" text-anchor=\"middle\">{at:0.00}</text>");
            Line(svg, $"<text x=\"{left - 6}\" y=\"{Y(at)}\" text-anchor=\"end\" dominant-baseline=\"middle\">{at * most:0.000}</text>");
        }
    }

    private static void Curve(StringBuilder svg, int left, IReadOnlyList<(double X, double Y)> points) =>
        Line(svg, $"<polyline fill=\"none\" stroke=\"#1f6feb\" stroke-width=\"1.5\" points=\"{string.Join(' ', points.Select(point => $"{X(left, point.X)},{Y(point.Y)}"))}\"/>");

    private static string X(int left, double share) => (left + (Side * share)).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Y(double share) => (Top + Side - (Side * share)).ToString("0.0", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder svg, string line) => svg.Append(line).Append('\n');
}
