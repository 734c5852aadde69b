using System.Text.Json;
using System.Text.Json.Serialization;
using DocPipeline.Documents;
using DocPipeline.Pages.Pdf;

namespace DocPipeline.Pages;

/// <summary>How a page gets its words.</summary>
internal enum Reading
{
    /// <summary>The text layer is good: nothing else is needed.</summary>
    Layer,

    /// <summary>No usable text layer: recognise.</summary>
    Recognize,

    /// <summary>A text layer that must prove itself against what is seen: recognise and compare.</summary>
    Both,
}

/// <summary>What was decided about one page when its file was opened.</summary>
/// <param name="Width">Points, as displayed; 0 for pictures, whose size is known after decoding.</param>
/// <param name="Images">Images of a PDF page.</param>
internal sealed record PagePlan(int Number, double Width, double Height, int Rotation, Reading Reading, IReadOnlyList<PdfImage> Images)
{
    [JsonIgnore]
    public PdfPage Page => new(Number, Width, Height, Rotation);

    /// <summary>The page is one picture of its own size and nothing else: a JPEG, or grey or black and white in any packing.</summary>
    [JsonIgnore]
    public bool IsScan => Rotation == 0
        && Images is [{ Kind: "image" } image]
        && image is { Encoding: "jpeg", Components: 1 or 3 } or { Encoding: "image" or "ccitt" or "jbig2", Components: 1 }
        && image.Fills(Page);

    /// <summary>A guess of how long recognition takes, in no unit. The longest pages go first, so that no core waits for the other one's last page.</summary>
    [JsonIgnore]
    public double Work => Images.Sum(image => image.Bytes);

    /// <summary>Scans of a file that are alike come from one producer, which draws all of them in one way.</summary>
    [JsonIgnore]
    public string ScanKind => $"{Images[0].Width}x{Images[0].Height}-{Images[0].Components}-{Images[0].Encoding}";
}

/// <summary>The derived file of an opened file.</summary>
internal sealed record OpenedRecord(string Format, IReadOnlyList<PagePlan> Pages)
{
    public OpenedFile Of(ContentHash content) =>
        new(content, Format, Pages.Count, [.. Pages.Where(page => page.Reading != Reading.Layer).OrderByDescending(page => page.Work).Select(page => page.Number)]);
}

/// <summary>The derived file of a page.</summary>
/// <param name="Turns">Quarter turns clockwise from the page as its file displays it to the page in which the words' boxes are measured.</param>
internal sealed record PageRecord(Page Page, int Turns);

/// <summary>Names and forms of derived files. A change of what is in them needs a new version in the name: old ones are then made again.</summary>
internal static class PageFiles
{
    public const string Opened = "open.v1.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // What follows from the rest: width, height and centre of every word's box were half of a page.
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>A page as our own reader reads it.</summary>
    public static string Page(int number) => $"page-{number}.v2.json";

    /// <summary>A page as a cascade of services reads it, whoever did in the end. Another cascade has another name, so that no reading is taken for another's.</summary>
    /// <param name="cascade">See <see cref="PageEngines.Cascade"/>; empty for our own reader alone.</param>
    public static string Page(int number, string cascade) => cascade.Length == 0 ? Page(number) : $"page-{number}-{cascade}.v1.json";

    /// <summary>What a service saw on a page beside its words.</summary>
    public static string Layout(int number, string service) => $"layout-{number}-{service}.v1.json";

    /// <summary>What a service that does not read the words saw on a page.</summary>
    /// <param name="analysis">See <see cref="PageAnalysis.Name"/>.</param>
    public static string Analysis(int number, string analysis) => $"analysis-{number}-{analysis}.v1.json";

    /// <summary>The text layer of a page that is recognised as well.</summary>
    public static string Layer(int number) => $"layer-{number}.v1.json";

    /// <summary>Whether scans of this kind may be taken out of their PDF as they are stored.</summary>
    public static string Scans(string kind) => $"scans-{kind}.v2.json";

    public static string Picture(int number, int turns) => $"picture-{number}-{turns}.v1.jpg";

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    public static T? Read<T>(byte[]? bytes)
        where T : class => bytes is null ? null : JsonSerializer.Deserialize<T>(bytes, Json);
}
