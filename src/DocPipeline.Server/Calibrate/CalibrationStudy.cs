using System.Globalization;
using DocPipeline.Resolve;
using DocPipeline.Server.Eval;
using DocPipeline.Server.Extract;

namespace DocPipeline.Server.Calibrate;

/// <summary>A document whose truth is known, read without a calibration.</summary>
/// <param name="Source">Name of the folder it came from, or of the generator.</param>
internal sealed record StudiedDocument(string Source, bool IsGenerated, GroundTruth Truth, FileReading Reading);

/// <summary>
/// Trains a calibration and measures it on documents it has not seen: these are dealt into <see cref="Folds"/> folds, near-twins together, and each fold is judged
/// by a calibration, thresholds included, that was trained on the others.
/// </summary>
internal sealed class CalibrationStudy
{
    public const int Folds = 5;

    // So that one real document does not outweigh a hundred generated ones where folders hold next to nothing.
    private const double MostWeight = 20;

    private static readonly string[] FamilyFields = ["claim_number", "policy_number", "invoice_number", "report_number", "member_id", "vin", "provider"];

    private readonly IReadOnlyList<StudiedDocument> _documents;
    private readonly IReadOnlyList<LabelledValue> _values;
    private readonly int[] _foldOf;

    public CalibrationStudy(IReadOnlyList<StudiedDocument> documents)
    {
        _documents = documents;
        _values = Weigh([.. documents.SelectMany((document, at) => LabelledValue.Of(at, document.Truth, document.Reading.Claim, document.Reading.Candidates))]);
        var sizes = _values.CountBy(value => value.Document).ToDictionary();
        var families = NearTwins.FamiliesOf([.. documents.Select(TraitsOf)]);
        Families = families;
        _foldOf = NearTwins.Deal(families, [.. documents.Select((_, at) => sizes.GetValueOrDefault(at))], Folds);
    }

    /// <summary>For each document the family of near-twins it belongs to.</summary>
    public IReadOnlyList<int> Families { get; }

    public IReadOnlyList<LabelledValue> Values => _values;

    /// <summary>The calibration that has seen everything: the one to ship.</summary>
    public CalibrationFile Train() => new Trainer(_foldOf).Train(_values, [.. _documents
        .Select((document, at) => (document.Source, at))
        .GroupBy(entry => entry.Source, entry => entry.at)
        .OrderBy(source => source.Key, StringComparer.Ordinal)
        .Select(source => (source.Key, Count: source.Count(), Values: _values.Where(value => source.Contains(value.Document)).ToList()))
        .Select(source => new TrainingSource(source.Key, source.Count, source.Values.Count, source.Values.Count(value => !value.IsRight)))]);

    /// <summary>For each document the calibration that has seen neither it nor a near-twin.</summary>
    public IReadOnlyList<Calibration> CrossValidate()
    {
        var byFold = new Trainer(_foldOf).CrossValidate(_values);
        return [.. _foldOf.Select(fold => byFold.TryGetValue(fold, out var own) ? own : byFold.Values.First())];
    }

    /// <summary>Every document of a source as the product would have ended it, had it been calibrated without it.</summary>
    /// <param name="source">Null for all.</param>
    public IReadOnlyList<FileScore> Judge(Reading reading, IReadOnlyList<Calibration> unseen, ResolveOptions options, string? source = null) =>
    [
        .. _documents.Select((document, at) => (document, at))
            .Where(entry => source is null || entry.document.Source == source)
            .Select(entry => FileScore.Of(entry.document.Truth, reading.Again(entry.document.Reading, new ClaimResolver(unseen[entry.at], options)))),
    ];

    /// <summary>What was trained on, with a heading: numbers and names of fields, nothing that stood on a document.</summary>
    public IEnumerable<string> ToCsv() =>
    [
        string.Join(',', ["document", "fold", "source", "field", "group", "weight", "right", .. Features.All.Select(feature => feature.Name)]),
        .. _values.Select(value => string.Create(CultureInfo.InvariantCulture,
            $"{value.Document},{_foldOf[value.Document]},{_documents[value.Document].Source},{value.Field},{value.Group},{value.Weight:0.##},{(value.IsRight ? 1 : 0)},{string.Join(',', value.Features.Select(feature => feature.ToString("0.###", CultureInfo.InvariantCulture)))}")),
    ];

    /// <summary>Documents from folders count as much in total as generated ones: what comes in is like the former, but they are few.</summary>
    private List<LabelledValue> Weigh(List<LabelledValue> values)
    {
        var real = values.Count(value => !_documents[value.Document].IsGenerated);
        var weight = real == 0 ? 1 : Math.Clamp((double)(values.Count - real) / real, 1, MostWeight);
        return [.. values.Select(value => value with { Weight = _documents[value.Document].IsGenerated ? 1 : weight })];
    }

    private static DocumentTraits TraitsOf(StudiedDocument document) => new(
        document.Reading.Pages.SelectMany(page => page.Words).Select(word => Fold(word.Text)).Where(word => word.Length > 2).ToHashSet(StringComparer.Ordinal),
        [.. FamilyFields.Where(document.Truth.Fields.ContainsKey).Select(field => string.Create(CultureInfo.InvariantCulture, $"{field} {Fold(document.Truth.Fields[field])}"))]);

    private static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
