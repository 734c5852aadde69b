using DocPipeline.Documents;

namespace DocPipeline.Providers.Wire;

/// <summary>Places and words of a reply in our form.</summary>
public static class ReplyPlaces
{
    // What stands askew reaches a little beyond the edge.
    private const double Beyond = 0.1;

    /// <summary>A box in fractions of the page.</summary>
    /// <exception cref="ProviderRefusal">It lies outside of the page.</exception>
    public static Box Box(ReplyJson at, double x0, double y0, double x1, double y1) =>
        x0 >= -Beyond && y0 >= -Beyond && x1 <= 1 + Beyond && y1 <= 1 + Beyond && x1 >= x0 && y1 >= y0
            ? new(Math.Clamp(x0, 0, 1), Math.Clamp(y0, 0, 1), Math.Clamp(x1, 0, 1), Math.Clamp(y1, 0, 1))
            : throw at.Broken("a place on the page was expected");

    /// <summary>The box around a polygon of x and y in turn.</summary>
    /// <param name="width">Of the page, in the polygon's unit.</param>
    /// <param name="height">Of the page, in the polygon's unit.</param>
    public static Box Box(ReplyJson polygon, double width, double height)
    {
        var numbers = polygon.Items().Select(number => number.Number()).ToList();
        if (numbers.Count < 6 || numbers.Count % 2 != 0)
        {
            throw polygon.Broken("a polygon was expected");
        }

        var x = numbers.Where((_, index) => index % 2 == 0).ToList();
        var y = numbers.Where((_, index) => index % 2 == 1).ToList();
        return Box(polygon, x.Min() / width, y.Min() / height, x.Max() / width, y.Max() / height);
    }

    /// <summary>What a service calls one word may be several (<c>$ 452.43</c>): each gets its share of the box by its characters.</summary>
    public static IEnumerable<Word> Words(string text, Box box, double confidence)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var start = 0; start < text.Length; start++)
        {
            if (char.IsWhiteSpace(text[start]))
            {
                continue;
            }

            var end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var slice = new Box(box.X0 + (box.Width * start / text.Length), box.Y0, box.X0 + (box.Width * end / text.Length), box.Y1);
            yield return new(text[start..end], slice, confidence);
            start = end;
        }
    }
}
