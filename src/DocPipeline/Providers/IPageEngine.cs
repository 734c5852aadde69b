using DocPipeline.Documents;

namespace DocPipeline.Providers;

/// <summary>A service that turns the picture of a page into words: Textract, Document Intelligence.</summary>
public interface IPageEngine
{
    /// <summary>Its name in configuration, evidence and the ledger, such as <c>textract</c>.</summary>
    string Name { get; }

    /// <summary>Reads one page.</summary>
    /// <exception cref="Workflow.TransientFailure">It may work later.</exception>
    /// <exception cref="ProviderRefusal">It will not work with this provider.</exception>
    Task<PageReading> ReadAsync(PagePicture picture, CancellationToken cancellationToken);
}

/// <summary>A page as it is sent to a service: a picture that our own child process made, never the file that came in.</summary>
/// <param name="Page">Page number in the file, from 1.</param>
/// <param name="Width">In points.</param>
/// <param name="Height">In points.</param>
/// <param name="MediaType"><c>image/png</c> or <c>image/jpeg</c>.</param>
public sealed record PagePicture(int Page, double Width, double Height, string MediaType, ReadOnlyMemory<byte> Bytes);

/// <summary>What a service saw on a page, and what it consumed.</summary>
public sealed record PageReading(PageLayout Layout, ProviderUsage Usage);

/// <summary>One page in the neutral form that every service's reply is translated into.</summary>
/// <param name="Page">The words; <see cref="Page.Source"/> is the service's name.</param>
/// <param name="Tables">Cells by row and column.</param>
/// <param name="Pairs">Labels with their values, as the service paired them.</param>
/// <param name="Marks">Check boxes and radio buttons.</param>
/// <param name="Signatures">Where the service saw a signature.</param>
public sealed record PageLayout(Page Page, IReadOnlyList<LayoutTable> Tables, IReadOnlyList<LayoutPair> Pairs, IReadOnlyList<LayoutMark> Marks, IReadOnlyList<LayoutRegion> Signatures);

/// <summary>A stretch of a page with the words in it; the text is empty where nothing is written.</summary>
public sealed record LayoutRegion(string Text, Box Box, double Confidence);

/// <param name="Row">From 0.</param>
/// <param name="Column">From 0.</param>
/// <param name="RowSpan">At least 1.</param>
/// <param name="ColumnSpan">At least 1.</param>
public sealed record LayoutCell(int Row, int Column, int RowSpan, int ColumnSpan, bool Header, LayoutRegion Region);

public sealed record LayoutTable(int Rows, int Columns, IReadOnlyList<LayoutCell> Cells, Box Box);

/// <param name="Name">The service's own normalised name of the field (<c>TOTAL</c>, <c>InvoiceId</c>) or the answered question's alias; null for a plain form pair.</param>
/// <param name="Label">What stands before the value; null where the service names none.</param>
public sealed record LayoutPair(string? Name, LayoutRegion? Label, LayoutRegion Value);

public sealed record LayoutMark(bool Selected, Box Box, double Confidence);
