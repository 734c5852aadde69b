using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DocPipeline.Server.Web;

/// <summary>A picture of stacked bars, drawn on the server.</summary>
/// <param name="Title">What it shows, for those who do not see it, too.</param>
/// <param name="Series">Names of what is stacked, from below; at most three.</param>
internal sealed record Bars(string Title, IReadOnlyList<string> Series, IReadOnlyList<Bar> All)
{
    public const int Height = 120;
    public const int Step = 40;

    public int Width => Step * All.Count;

    public int Largest => Math.Max(1, All.Max(bar => bar.Values.Sum()));

    /// <summary>Height of a value in the picture; whatever is there at all is seen.</summary>
    public double HeightOf(int value) => value == 0 ? 0 : Math.Max(2, (double)Height * value / Largest);

    /// <summary>Words in the middle of a bar's column. Razor takes SVG's text element for its own.</summary>
    public static IHtmlContent Text(int column, double y, string style, string words)
    {
        var text = new TagBuilder("text");
        text.Attributes["x"] = $"{(column * Step) + (Step / 2)}";
        text.Attributes["y"] = $"{y:0.##}";
        text.AddCssClass(style);
        text.InnerHtml.Append(words);
        return text;
    }
}

/// <param name="Label">Below the bar.</param>
/// <param name="Values">One for each series.</param>
internal sealed record Bar(string Label, IReadOnlyList<int> Values);
