namespace DocPipeline.Samples.Forms;

/// <summary>A label and what is printed for it.</summary>
/// <param name="Printed">Empty on a blank form.</param>
/// <param name="Field">The vocabulary's name, where the value is one of its fields.</param>
/// <param name="Truth">The value as the vocabulary wants it, where that differs from what is printed.</param>
internal sealed record Entry(string Label, string Printed, string? Field = null, string? Truth = null)
{
    /// <summary>Further fields that the same print answers, such as both ends of a period.</summary>
    public IReadOnlyList<(string Field, string Truth)> Also { get; init; } = [];

    /// <summary>A date in separate boxes with a caption under each; empty for everything else. Only cells show it so.</summary>
    public IReadOnlyList<(string Value, string Caption)> Parts { get; init; } = [];
}

internal abstract record Block(string Heading);

internal sealed record FieldBlock(string Heading, IReadOnlyList<Entry> Entries) : Block(Heading)
{
    /// <summary>Overrides the style's arrangement.</summary>
    public Arrangement? Arrangement { get; init; }
}

internal sealed record Column(string Title, double Weight, bool Right = false);

internal sealed record TableBlock(string Heading, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block(Heading)
{
    /// <summary>Printed under the last columns, label beside value.</summary>
    public IReadOnlyList<Entry> Totals { get; init; } = [];

    /// <summary>The vocabulary's name of the table.</summary>
    public string? Field { get; init; }

    public IReadOnlyList<object> TruthRows { get; init; } = [];

    public double Size { get; init; }
}

/// <summary>Two groups of fields beside each other: what stands on one line may belong to different owners.</summary>
internal sealed record SideBySide(FieldBlock Left, FieldBlock Right) : Block("");

internal sealed record TextBlock(string Heading, string Text) : Block(Heading);

/// <summary>Lines without labels, such as the address a bill is sent to.</summary>
internal sealed record AddressBlock(string Heading, IReadOnlyList<string> Lines) : Block(Heading);

internal sealed record TickBlock(string Heading, IReadOnlyList<(string Caption, bool Ticked)> Choices) : Block(Heading);

/// <summary>A document made of blocks, top to bottom.</summary>
/// <param name="Letterhead">Name first, then lines under it; empty where the form has none.</param>
internal sealed record Form(string Title, IReadOnlyList<string> Letterhead, IReadOnlyList<Block> Blocks)
{
    /// <summary>The vocabulary's name for what the letterhead's first line says.</summary>
    public string? LetterheadField { get; init; }

    /// <summary>Small print at the foot of every page.</summary>
    public string Footer { get; init; } = "";

    /// <summary>The same form before anybody wrote on it: no firm's name, no values, empty rows.</summary>
    public Form Blank() => this with { Letterhead = [], Blocks = [.. Blocks.Select(Blank)] };

    private static Block Blank(Block block) => block switch
    {
        FieldBlock fields => Blank(fields),
        AddressBlock address => address with { Lines = [] },
        SideBySide pair => new SideBySide(Blank(pair.Left), Blank(pair.Right)),
        TableBlock table => table with { Rows = [.. table.Rows.Select(row => row.Select(_ => "").ToArray())], Totals = [.. table.Totals.Select(entry => new Entry(entry.Label, ""))], TruthRows = [] },
        TickBlock ticks => ticks with { Choices = [.. ticks.Choices.Select(choice => (choice.Caption, false))] },
        _ => block,
    };

    private static FieldBlock Blank(FieldBlock fields) => fields with { Entries = [.. fields.Entries.Select(entry => new Entry(entry.Label, "") { Parts = [.. entry.Parts.Select(part => ("", part.Caption))] })] };
}
