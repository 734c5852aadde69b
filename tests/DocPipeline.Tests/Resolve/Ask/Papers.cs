using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Split;

namespace DocPipeline.Tests.Resolve.Ask;

/// <summary>Papers typed line by line, read as the product reads plain text.</summary>
internal sealed record Paper(IReadOnlyList<Page> Pages, IReadOnlyList<ExtractedDocument> Documents, ResolvedClaim Claim)
{
    /// <summary>Every part is a page of its own and a document of the named type.</summary>
    public static Paper Of(params (string Type, string Text)[] parts)
    {
        var pages = parts.Select((part, index) => PlainText.Page(index + 1, part.Text.ReplaceLineEndings("\n").Split('\n'))).ToList();
        var extractor = new DocumentExtractor(TimeProvider.System);
        var documents = parts.Select((part, index) => extractor.Extract(new DocumentPart(part.Type, 0.95, [index + 1]), pages)).ToList();
        return new(pages, documents, new ClaimResolver(Calibration.Shipped, new ResolveOptions()).Resolve(documents));
    }

    /// <summary>A bill whose date can be read in two ways.</summary>
    public static string TornBill { get; } =
        """
        INVOICE
        Lakeside Garage
        Invoice Number: INV-20417
        Invoice Date: 03/04/2026
        Policy Number: PL-88-4410

        Description               Amount
        Front bumper              400.00
        Paint and labour          600.00
        Subtotal                 1000.00
        Tax                        80.00
        Total Amount             1080.00
        """;

    /// <summary>A form without its date of loss: that is told in a sentence.</summary>
    public static string UndatedForm { get; } =
        """
        AUTO CLAIM FORM
        Claim Number: CL-2044-17
        Policy Number: PL-88-4410
        Policyholder Name: Martha Example
        Insurer: Northern Mutual Insurance
        Loss Location: Harbour Road 4, Springfield

        What happened
        The other car hit mine on the evening of 17 March 2026 while I was parked.
        """;
}
