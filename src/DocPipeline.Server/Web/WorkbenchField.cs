using DocPipeline.Review;

namespace DocPipeline.Server.Web;

/// <summary>A field as the workbench shows it.</summary>
/// <param name="Value">What stands in the input: what was read, what the first of two approvers made of it, or what was posted just now.</param>
/// <param name="Place">Where it was read; null where nothing was.</param>
/// <param name="Findings">What the rules say about it.</param>
/// <param name="Flagged">A person has to look at it: not certain enough, missing, or a rule objects.</param>
/// <param name="Confidence">Null for a field that was not read.</param>
internal sealed record WorkbenchField(
    string Name, string Value, double? Confidence, Place? Place, IReadOnlyList<Choice> Choices, IReadOnlyList<CaseFinding> Findings, bool Flagged, string? Problem)
{
    /// <summary>What these rules find is that a value is not certain enough.</summary>
    private static readonly string[] RulesOfDoubt = ["required-field-uncertain", "ambiguous-value"];

    public string Label => FieldNames.Label(Name);

    /// <summary>Why it is flagged, in one word or two beside the sign.</summary>
    public string Mark => this switch
    {
        { Confidence: null } => "missing",
        _ when Findings.Any(finding => !IsDoubt(finding)) => "rule",
        _ => "unsure",
    };

    /// <summary>Each finding once, however many documents of the file it was found in; of several doubts about the value the one about this place, or the first.</summary>
    public static IReadOnlyList<CaseFinding> Once(IEnumerable<CaseFinding> findings, Place? place)
    {
        var distinct = findings.DistinctBy(finding => finding.Message).ToList();
        var doubt = distinct.Where(IsDoubt).OrderBy(finding => place is not null && finding.Places.Contains(place) ? 0 : 1).FirstOrDefault();
        return [.. distinct.Where(finding => finding == doubt || !IsDoubt(finding))];
    }

    private static bool IsDoubt(CaseFinding finding) => RulesOfDoubt.Contains(finding.Rule);

    /// <summary>Whole percent, never more than it is: what is unsure is not said to be 100 %.</summary>
    public static string Percent(double confidence) => $"{Math.Floor((decimal)confidence * 100):0} %";

    public static string Coordinates(Place place) => $"{place.Box.X0:0.#####} {place.Box.Y0:0.#####} {place.Box.X1:0.#####} {place.Box.Y1:0.#####}";
}

/// <summary>Fields of one section of one document.</summary>
internal sealed record WorkbenchSection(string Name, IReadOnlyList<WorkbenchField> Fields);

/// <summary>Fields that were read on one document of the file.</summary>
/// <param name="Title">Type and pages.</param>
internal sealed record WorkbenchDocument(string Title, IReadOnlyList<WorkbenchSection> Sections, IReadOnlyList<CaseTable> Tables);
