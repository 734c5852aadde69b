using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Parts of a vehicle's description, as printed; null where a part is not there.</summary>
public sealed record VehicleReading(string? Year, string? Make, string? Model);

/// <summary>Splits "2022 Lexus RX 350" and reads the parts alone.</summary>
public static partial class VehicleReader
{
    private static readonly FrozenSet<string> Makes = (
        "acura|alfa romeo|aston martin|audi|bajaj|bentley|bmw|bugatti|buick|byd|cadillac|chevrolet|chevy|chrysler|citroen|citroën|cupra|dacia|daewoo|daihatsu|datsun|dodge|ducati|ferrari|fiat|force|ford|" +
        "freightliner|genesis|geo|gmc|great wall|harley-davidson|harley davidson|hero|hino|honda|hummer|hyundai|infiniti|international|isuzu|iveco|jaguar|jeep|kawasaki|kenworth|kia|ktm|lada|lamborghini|lancia|" +
        "land rover|lexus|lincoln|lotus|lucid|mack|mahindra|man|maruti|maruti suzuki|maserati|mazda|mclaren|mercedes|mercedes-benz|mercedes benz|mercury|mg|mini|mitsubishi|nissan|oldsmobile|opel|perodua|" +
        "peterbilt|peugeot|piaggio|plymouth|polestar|pontiac|porsche|proton|ram|range rover|renault|rivian|rolls-royce|rolls royce|royal enfield|saab|saturn|scania|scion|seat|skoda|škoda|smart|ssangyong|" +
        "subaru|suzuki|tata|tesla|toyota|triumph|tvs|vauxhall|volkswagen|volvo|vw|western star|yamaha").Split('|').ToFrozenSet();

    public static VehicleReading? Split(string text, int referenceYear)
    {
        var words = TextFolding.FoldWhiteSpace(TextFolding.Cap(text).Replace('/', ' ').Replace(',', ' ')).Split(' ').ToList();
        string? year = null;
        var at = words.FindIndex(word => Year(word, referenceYear));
        if (at >= 0)
        {
            year = words[at];
            words.RemoveAt(at);
        }

        for (var start = 0; start < words.Count; start++)
        {
            for (var count = Math.Min(2, words.Count - start); count >= 1; count--)
            {
                var make = string.Join(' ', words.Skip(start).Take(count));
                if (Makes.Contains(make.ToLowerInvariant().Trim('.', ':', ';')))
                {
                    var model = string.Join(' ', words.Skip(start + count)).Trim(' ', ';', '.', ':', '-');
                    return new VehicleReading(year, make, model.Length > 0 ? model : null);
                }
            }
        }

        return year is null ? null : new VehicleReading(year, null, null);
    }

    public static Reading? ReadYear(string text, int referenceYear)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', ' ');
        var first = folded.Split(' ')[0];
        if (!Year(first, referenceYear))
        {
            return null;
        }

        return Reading.Certain(first, first == folded ? 0.95 : 0.6);
    }

    public static Reading? ReadMake(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', ' ');
        if (Makes.Contains(folded.ToLowerInvariant()))
        {
            return Reading.Certain(folded, 0.98);
        }

        return MakeShape().IsMatch(folded) && !LabelWords.AreAll(folded) && !Placeholders.IsPlaceholder(folded) ? Reading.Certain(folded, 0.4) : null;
    }

    public static Reading? ReadModel(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', ' ');
        return ModelShape().IsMatch(folded) && !LabelWords.AreAll(folded) && !Placeholders.IsPlaceholder(folded)
            ? Reading.Certain(folded, folded.Length <= 24 ? 0.75 : 0.4)
            : null;
    }

    /// <summary>Odometer: digits without grouping or unit.</summary>
    public static Reading? ReadMileage(string text)
    {
        var match = Mileage().Match(TextFolding.FoldWhiteSpace(TextFolding.Cap(text)));
        if (!match.Success)
        {
            return null;
        }

        var digits = string.Concat(match.Groups["number"].Value.Where(char.IsAsciiDigit));
        return digits.Length is 0 or > 7 ? null : Reading.Certain(digits, match.Groups["unit"].Success ? 0.98 : digits.Length >= 3 ? 0.85 : 0.5);
    }

    private static bool Year(string word, int referenceYear) =>
        word.Length == 4 && !word.AsSpan().ContainsAnyExceptInRange('0', '9') && int.Parse(word) is var year && year >= 1900 && year <= referenceYear + 2;

    [GeneratedRegex(@"^[\p{L}][\p{L} \-.]{1,24}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MakeShape();

    [GeneratedRegex(@"^[\p{L}0-9][\p{L}0-9 \-./+!()&]{0,47}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ModelShape();

    [GeneratedRegex(@"^[: ]{0,3}(?<number>[0-9]{1,3}([,. '][0-9]{3}){1,2}|[0-9]{1,7})(\.[0-9])? ?(?<unit>mi\b\.?|miles\b|mls\b|km\b|kms\b|kilometers\b|kilometres\b)?( ?\(?(in|out|actual)\)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Mileage();
}
