using DocPipeline.Documents;

namespace DocPipeline.Providers;

/// <summary>A service that turns the picture of a page into words: Textract, Document Intelligence.</summary>
public interface IPageEngine
{
    /// <summary>Its name in configuration, evidence and the ledger, such as <c>textract</c>.</summary>
    string Name { get; }

    /// <summary>What one page consumes at most, known before it is sent; null where it is not.</summary>
    ProviderUsage? Expected => null;

    /// <summary>Reads one page. Boxes are those of the picture as it was sent, whichever way up the text stands; words come in reading order.</summary>
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

/// <summary>What a service saw in a file of several pages.</summary>
/// <param name="Pages">In order.</param>
/// <param name="Unread">Numbers of the pages that it says it could not read: a finding each, or another reader's work.</param>
public sealed record LayoutReading(IReadOnlyList<PageLayout> Pages, IReadOnlyList<int> Unread, ProviderUsage Usage);

/// <summary>How large a page is: services give boxes, but seldom sizes.</summary>
/// <param name="Width">In points.</param>
/// <param name="Height">In points.</param>
public readonly record struct PageSize(double Width, double Height);

/// <summary>One page in the neutral form that every service's reply is translated into.</summary>
/// <param name="Page">The words; <see cref="Page.Source"/> is the service's name.</param>
/// <param name="Tables">Cells by row and column.</param>
/// <param name="Pairs">Labels with their values, as the service paired them.</param>
/// <param name="Marks">Check boxes and radio buttons.</param>
/// <param name="Signatures">Where the service saw a signature.</param>
/// <param name="Paragraphs">The parts of the page in reading order, if the service was asked for them.</param>
public sealed record PageLayout(
    Page Page,
    IReadOnlyList<LayoutTable> Tables,
    IReadOnlyList<LayoutPair> Pairs,
    IReadOnlyList<LayoutMark> Marks,
    IReadOnlyList<LayoutRegion> Signatures,
    IReadOnlyList<LayoutParagraph> Paragraphs);

/// <summary>A stretch of a page with the words in it; the text is empty where nothing is written.</summary>
/// <param name="Text">As the service has it: a claim, until it is found in words on the page.</param>
/// <param name="Box">Null where the service tells what but not where: fields of an identity document, its own names of columns.</param>
/// <param name="Confidence">0 to 1; where the service gives none, that of its least sure word.</param>
public sealed record LayoutRegion(string Text, Box? Box, double Confidence);

/// <param name="Row">From 0.</param>
/// <param name="Column">From 0.</param>
/// <param name="RowSpan">At least 1.</param>
/// <param name="ColumnSpan">At least 1.</param>
/// <param name="Header">It names its column.</param>
public sealed record LayoutCell(int Row, int Column, int RowSpan, int ColumnSpan, bool Header, LayoutRegion Region);

/// <summary>A table. Line items that a service recognised without naming a table are one as well: the first row holds the service's names of the columns.</summary>
/// <param name="Rows">1 to 10,000.</param>
/// <param name="Columns">1 to 1,000.</param>
/// <param name="Cells">All within the table; a place without a cell is empty.</param>
public sealed record LayoutTable(int Rows, int Columns, IReadOnlyList<LayoutCell> Cells, Box Box);

/// <param name="Name">The service's own normalised name of the field (<c>TOTAL</c>, <c>InvoiceId</c>) or the answered question's alias; null for a plain form pair.</param>
/// <param name="Label">What stands before the value; null where the service names none.</param>
/// <param name="Value">Its text is empty where nothing is written.</param>
/// <param name="Selected">Whether it is ticked, where the value is a check box; null otherwise.</param>
public sealed record LayoutPair(string? Name, LayoutRegion? Label, LayoutRegion Value, bool? Selected = null);

public sealed record LayoutMark(bool Selected, Box Box, double Confidence);

/// <param name="Role">One of <see cref="ParagraphRoles"/>.</param>
public sealed record LayoutParagraph(string Role, LayoutRegion Region);

/// <summary>What a part of a page is for.</summary>
public static class ParagraphRoles
{
    public const string Title = "title";
    public const string SectionHeading = "section_heading";
    public const string PageHeader = "page_header";
    public const string PageFooter = "page_footer";
    public const string PageNumber = "page_number";
    public const string Footnote = "footnote";
    public const string List = "list";
    public const string Table = "table";
    public const string Pairs = "pairs";
    public const string Figure = "figure";
    public const string Text = "text";
}
