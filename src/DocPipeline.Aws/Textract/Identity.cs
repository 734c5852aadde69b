using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Textract;

/// <summary>Fields of an identity document: what, but not where (Textract Developer Guide, "Analyzing Identity Documents"). Its normalised dates are left out: we normalise what is written.</summary>
internal static class Identity
{
    /// <summary>The fields that the document has; the service names the others with an empty value.</summary>
    public static IEnumerable<LayoutPair> Read(ReplyJson document) =>
        from field in document["IdentityDocumentFields"].Items()
        let value = field["ValueDetection"]
        let text = value["Text"].Text()
        where text.Length > 0
        select new LayoutPair(field["Type"]["Text"].Text(), Label: null, new LayoutRegion(text, Box: null, value["Confidence"].Fraction(of: 100)));
}
