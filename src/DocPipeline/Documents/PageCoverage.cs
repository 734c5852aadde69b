using System.Text.Json.Serialization;

namespace DocPipeline.Documents;

/// <summary>How much of a page a document's extraction accounts for. What it does not account for was read by nobody.</summary>
/// <param name="Page">Page number in the file, from 1.</param>
/// <param name="Words">Words with a letter or digit.</param>
/// <param name="Explained">Those of them that belong to a value, a row of a table, a label, a heading or running text.</param>
/// <param name="LostRows">Lines that look like rows of a table and are in none.</param>
public sealed record PageCoverage(int Page, int Words, int Explained, IReadOnlyList<Evidence> LostRows)
{
    /// <summary>0 to 1; 1 for a page without words.</summary>
    [JsonIgnore]
    public double Share => Words == 0 ? 1 : (double)Explained / Words;
}
