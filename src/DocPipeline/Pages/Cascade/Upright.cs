using DocPipeline.Documents;
using DocPipeline.Providers;

namespace DocPipeline.Pages.Cascade;

/// <summary>Services box words as the page was sent; everything else here boxes them on the page turned upright. The order of the words tells which way up that is.</summary>
internal static class Upright
{
    private const int FewestVotes = 3;

    /// <summary>Quarter turns clockwise that bring the text upright: 0 to 3. 0 where too few words stand beside each other to tell.</summary>
    /// <param name="words">In reading order.</param>
    /// <param name="width">Of the page, in any unit.</param>
    /// <param name="height">In the same unit.</param>
    public static int TurnsOf(IReadOnlyList<Word> words, double width, double height)
    {
        Span<int> votes = stackalloc int[4];
        for (var i = 1; i < words.Count; i++)
        {
            if (DirectionOf(words[i - 1], words[i], width, height) is { } turns)
            {
                votes[turns]++;
            }
        }

        var best = votes.IndexOf(Math.Max(Math.Max(votes[0], votes[1]), Math.Max(votes[2], votes[3])));
        return votes[best] >= FewestVotes ? best : 0;
    }

    /// <summary>A box of the page as sent, on the page turned clockwise.</summary>
    public static Box Turn(Box box, int turns) => turns switch
    {
        1 => new(1 - box.Y1, box.X0, 1 - box.Y0, box.X1),
        2 => new(1 - box.X1, 1 - box.Y1, 1 - box.X0, 1 - box.Y0),
        3 => new(box.Y0, 1 - box.X1, box.Y1, 1 - box.X0),
        _ => box,
    };

    /// <summary>Everything that a service saw beside the words, on the page turned clockwise.</summary>
    public static PageLayout Turn(PageLayout layout, int turns)
    {
        return turns == 0 ? layout : layout with
        {
            Tables = [.. layout.Tables.Select(table => table with { Box = Turn(table.Box, turns), Cells = [.. table.Cells.Select(cell => cell with { Region = Region(cell.Region) })] })],
            Pairs = [.. layout.Pairs.Select(pair => pair with { Label = pair.Label is { } label ? Region(label) : null, Value = Region(pair.Value) })],
            Marks = [.. layout.Marks.Select(mark => mark with { Box = Turn(mark.Box, turns) })],
            Signatures = [.. layout.Signatures.Select(Region)],
            Paragraphs = [.. layout.Paragraphs.Select(paragraph => paragraph with { Region = Region(paragraph.Region) })],
        };

        LayoutRegion Region(LayoutRegion region) => region with { Box = region.Box is { } box ? Turn(box, turns) : null };
    }

    /// <summary>Two words beside each other in one line: it runs the way from the first to the second, if both are long that way.</summary>
    private static int? DirectionOf(Word first, Word second, double width, double height)
    {
        if (first.Text.Length < 3 || second.Text.Length < 3)
        {
            return null;
        }

        var (a, b) = (first.Box, second.Box);
        var (across, down) = ((b.CentreX - a.CentreX) * width, (b.CentreY - a.CentreY) * height);
        var (lyingA, lyingB) = (a.Width * width > a.Height * height, b.Width * width > b.Height * height);
        if (lyingA && lyingB && Math.Abs(down) < Math.Min(a.Height, b.Height) * height / 2)
        {
            return across > 0 ? 0 : 2;
        }

        // Down the page: three quarters of a turn clockwise bring it upright; up the page: one.
        return !lyingA && !lyingB && Math.Abs(across) < Math.Min(a.Width, b.Width) * width / 2 ? (down > 0 ? 3 : 1) : null;
    }
}
