using System.Text.Json;
using DocPipeline.Postgres;

namespace DocPipeline.Resolve;

/// <summary>
/// Turns what agrees with a value into the probability that it is right (logistic regression), and an error target into the confidence from which
/// values of a group are accepted. The coefficients come from a file that <c>./run calibrate</c> writes.
/// </summary>
public sealed class Calibration
{
    /// <summary>No value is accepted from here on: nothing measured allows it.</summary>
    public const double Never = 2;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    private static readonly Lazy<Calibration> OfThisVersion =
        new(() => Parse(new EmbeddedText(typeof(Calibration).Assembly)["Resolve/calibration.json"]));

    private readonly CalibrationFile _file;
    private readonly double[] _weights;
    private readonly double _leastIntercept;

    public Calibration(CalibrationFile file)
    {
        if (file.Features != Features.Hash)
        {
            throw new InvalidDataException(
                $"The calibration was trained for other features ({file.Features}) than this program has ({Features.Hash}). Train it again with: ./run calibrate FOLDER...");
        }

        _file = file;
        _weights = [.. Features.All.Select(feature => file.Weights[feature.Name])];
        _leastIntercept = file.Intercepts.Values.Min();
    }

    /// <summary>The calibration shipped with the product.</summary>
    /// <exception cref="InvalidDataException">It was trained for other features.</exception>
    public static Calibration Shipped => OfThisVersion.Value;

    public string Version => _file.Version;

    /// <exception cref="InvalidDataException">The text is no calibration, or one for other features.</exception>
    public static Calibration Parse(string json) =>
        new(JsonSerializer.Deserialize<CalibrationFile>(json, Json) ?? throw new InvalidDataException("The calibration file is empty."));

    /// <summary>The probability, 0 to 1, that the value is what is printed.</summary>
    public double ProbabilityOf(FieldEvidence evidence) =>
        ProbabilityOf([.. Features.All.Select(feature => feature.Of(evidence))], evidence.Group);

    /// <param name="features">The values of <see cref="Features.All"/>.</param>
    public double ProbabilityOf(double[] features, string group)
    {
        // A group that no example was seen of is as doubtful as the most doubtful one.
        var logOdds = _file.Intercepts.GetValueOrDefault(group, _leastIntercept);
        for (var i = 0; i < features.Length; i++)
        {
            logOdds += _weights[i] * features[i];
        }

        return Math.Round(1 / (1 + Math.Exp(-logOdds)), 5);
    }

    /// <summary>What each feature adds to the log-odds of a value, and how much more it could: for explaining a confidence.</summary>
    public IEnumerable<(string Feature, double Value, double Adds, double Most)> Explain(FieldEvidence evidence) =>
        Features.All.Select((feature, i) => (feature.Name, Value: feature.Of(evidence), Weight: _weights[i])).Select(entry => (entry.Name, entry.Value, entry.Weight * entry.Value, entry.Weight));

    /// <summary>The confidence from which values of a group may be accepted so that at most <paramref name="errorTarget"/> of them are wrong; <see cref="Never"/> where none may.</summary>
    public double AcceptFrom(string group, double errorTarget) =>
        _file.Curves.GetValueOrDefault(group, []).TakeWhile(point => point.Errors <= errorTarget).Select(point => point.From).DefaultIfEmpty(Never).Min();
}
