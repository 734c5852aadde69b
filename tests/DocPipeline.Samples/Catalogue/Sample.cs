using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DocPipeline.Samples.Papers;

namespace DocPipeline.Samples.Catalogue;

/// <summary>One document of a sample: its type, its pages from 1, and what is to be read on them.</summary>
internal sealed record ExpectedDocument(string Type, IReadOnlyList<int> Pages, IReadOnlyDictionary<string, object> Core);

/// <summary>What the pipeline should make of a sample.</summary>
/// <param name="States">Any of these final states is right.</param>
/// <param name="Kind">filled, blank, negative or hostile.</param>
internal sealed record Expected(IReadOnlyList<string> States, string Kind)
{
    /// <summary>The fault code, where the document is at fault.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<ExpectedDocument> Documents { get; init; } = [];

    public IReadOnlyDictionary<string, object> Core { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Fields that would be wrong to report.</summary>
    public IReadOnlyList<string> MustNot { get; init; } = [];

    /// <summary>Codes of rules that must have found something.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}

/// <summary>A file and what is expected of it.</summary>
/// <param name="About">One line for the list of samples.</param>
internal sealed record Sample(string File, string About, byte[] Bytes, Expected Expected);

internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    public static string Of(Sample sample) => Write(new
    {
        sample.File,
        sample.Expected.Kind,
        sample.Expected.States,
        sample.Expected.Reason,
        sample.Expected.Documents,
        sample.Expected.Core,
        sample.Expected.MustNot,
        sample.Expected.Findings,
    });

    /// <summary>In the form of the ground truths that evaluation reads.</summary>
    public static string GroundTruth(string file, string kind, string medium, string layout, string? planted, Packet packet) => Write(new
    {
        file,
        doc_type = packet.Papers.Count == 1 ? packet.Papers[0].Type : "packet",
        kind,
        medium,
        layout,
        planted,
        core = packet.Agreed(),
        documents = packet.Placed().Select(placed => new ExpectedDocument(placed.Paper.Type, placed.Pages, placed.Paper.Truth.Values)),
    });

    private static string Write(object value) => JsonSerializer.Serialize(value, Options) + "\n";
}
