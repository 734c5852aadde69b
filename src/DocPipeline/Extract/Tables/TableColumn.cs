using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Tables;

/// <summary>A column where a header row put it, from left to right in points.</summary>
internal sealed record TableColumn(ColumnSchema Schema, double X0, double X1)
{
    /// <summary>What the lines of a cell below its first one hold, if that is something else.</summary>
    public ColumnSchema? Under { get; init; }

    /// <summary>What a lone mark under the header means, if that is something else.</summary>
    public ColumnSchema? Marked { get; init; }
}
