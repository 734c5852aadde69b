using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;

namespace DocPipeline.Samples.Forms;

/// <summary>Where values stand relative to their labels.</summary>
internal enum Arrangement
{
    /// <summary><c>Label: value</c>, values aligned.</summary>
    Lines,

    /// <summary><c>Label: value</c>, the value right behind the colon.</summary>
    Tight,

    /// <summary>Two pairs a line.</summary>
    Pairs,

    /// <summary>Label left, value right, neither colon nor rule.</summary>
    Beside,

    /// <summary>Label over the value, several a row, no rules.</summary>
    Above,

    /// <summary>A cell with a tiny label at its top left and the value under it.</summary>
    Boxed,

    /// <summary>Value on a rule, label under the rule.</summary>
    Below,

    /// <summary>A ruled table of two columns.</summary>
    Table,
}

internal enum HeadingLook
{
    Bar,
    Underlined,
    Bold,
    Capitals,
}

internal enum TableLook
{
    Ruled,
    Lined,
    Bare,
}

internal enum LetterheadLook
{
    Centred,
    Left,
    TitleRight,
}

internal sealed record Style
{
    public Face Face { get; init; } = Face.Sans;

    public double Size { get; init; } = 10;

    public bool BoldLabels { get; init; }

    public bool BoldValues { get; init; }

    public Arrangement Arrangement { get; init; } = Arrangement.Lines;

    public HeadingLook Headings { get; init; } = HeadingLook.Bar;

    public TableLook Tables { get; init; } = TableLook.Ruled;

    public LetterheadLook Letterhead { get; init; } = LetterheadLook.Centred;

    /// <summary>Cells a row where several stand side by side.</summary>
    public int Columns { get; init; } = 3;

    public double Margin { get; init; } = 50;

    public bool A4 { get; init; }

    public static Style Random(Dice dice, bool a4) => new()
    {
        Face = dice.Pick(Face.Sans, Face.Sans, Face.Serif, Face.Mono),
        Size = dice.Pick(8.5, 9, 10, 10, 11),
        BoldLabels = dice.Chance(0.4),
        BoldValues = dice.Chance(0.12),
        Arrangement = dice.Pick(Enum.GetValues<Arrangement>()),
        Headings = dice.Pick(Enum.GetValues<HeadingLook>()),
        Tables = dice.Pick(Enum.GetValues<TableLook>()),
        Letterhead = dice.Pick(Enum.GetValues<LetterheadLook>()),
        Columns = dice.Pick(2, 3, 3, 4),
        Margin = dice.Whole(36, 64),
        A4 = a4,
    };
}
