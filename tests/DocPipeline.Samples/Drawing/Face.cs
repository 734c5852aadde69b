namespace DocPipeline.Samples.Drawing;

/// <summary>Six of the 14 fonts that every PDF reader must know: nothing has to be embedded.</summary>
internal enum Face
{
    Sans,
    SansBold,
    Serif,
    SerifBold,
    Mono,
    MonoBold,
}

internal static class FaceMetrics
{
    // Advance widths in 1/1000 em of U+0020 to U+007E, from Adobe's metrics of the standard fonts.
    private static readonly short[] Sans =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly short[] SansBold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
        611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    private static readonly short[] Serif =
    [
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
        500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
        556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
        500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
    ];

    private static readonly short[] SerifBold =
    [
        250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
        500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
        611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500,
        556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
    ];

    public static string PdfName(this Face face) => face switch
    {
        Face.Sans => "Helvetica",
        Face.SansBold => "Helvetica-Bold",
        Face.Serif => "Times-Roman",
        Face.SerifBold => "Times-Bold",
        Face.Mono => "Courier",
        _ => "Courier-Bold",
    };

    public static Face Bold(this Face face) => face switch
    {
        Face.Sans => Face.SansBold,
        Face.Serif => Face.SerifBold,
        Face.Mono => Face.MonoBold,
        _ => face,
    };

    /// <summary>Width in points.</summary>
    public static double Width(this Face face, double size, string text)
    {
        if (face is Face.Mono or Face.MonoBold)
        {
            return text.Length * 0.6 * size;
        }

        var table = face switch { Face.Sans => Sans, Face.SansBold => SansBold, Face.Serif => Serif, _ => SerifBold };
        var sum = 0;
        foreach (var character in text)
        {
            var basic = BasicForm(character);
            sum += basic is >= ' ' and <= '~' ? table[basic - ' '] : 556;
        }

        return sum * size / 1000;
    }

    /// <summary>Greedy line breaking at spaces; a word that is wider than the line stands alone on it.</summary>
    public static IReadOnlyList<string> Wrap(this Face face, double size, string text, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && face.Width(size, longer) > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        if (line.Length > 0 || lines.Count == 0)
        {
            lines.Add(line);
        }

        return lines;
    }

    // An accented letter is as wide as the letter without its accent.
    private static char BasicForm(char character) => character switch
    {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        'Ä' => 'A',
        'Ö' => 'O',
        'Ü' => 'U',
        'é' => 'e',
        '’' => '\'',
        _ => character,
    };
}
