using System.Xml;
using System.Xml.Linq;
using DocPipeline.Ingest;

namespace DocPipeline.Azure.Buckets;

/// <summary>The XML of one page of a listing.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/list-blobs</remarks>
internal static class BlobListing
{
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="XmlException">It is no XML, or only the beginning of some.</exception>
    public static ObjectPage Read(Stream xml)
    {
        using var reader = XmlReader.Create(xml, Strict);
        var listing = XElement.Load(reader, LoadOptions.PreserveWhitespace);
        var blobs = listing.Element("Blobs")?.Elements("Blob").Where(blob => !IsDirectory(blob)).Select(blob => new StoredObject(
            NameOf(blob.Element("Name")!),
            ((string?)blob.Element("Properties")?.Element("Etag") ?? "").Trim('"'),
            VersionId: null,
            (long?)blob.Element("Properties")?.Element("Content-Length")));
        var next = (string?)listing.Element("NextMarker");
        return new([.. blobs ?? []], string.IsNullOrEmpty(next) ? null : next);
    }

    /// <summary>Names that XML cannot hold come percent-encoded, and say so.</summary>
    private static string NameOf(XElement name) => (bool?)name.Attribute("Encoded") == true ? Uri.UnescapeDataString(name.Value) : name.Value;

    private static bool IsDirectory(XElement blob) => (string?)blob.Element("Properties")?.Element("ResourceType") == "directory";
}
