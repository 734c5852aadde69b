using System.Globalization;
using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Papers;

/// <summary>Item 24: six service lines.</summary>
internal static class Cms1500Lines
{
    private const double LineHeight = 22;
    private const double HeaderHeight = 24;
    private static readonly string[] Procedures = ["99213", "99214", "73030", "97110", "97140", "29125", "99283", "70450", "12001", "36415"];

    public static (double Bottom, decimal Total, IReadOnlyList<object> Truth) Draw(Cms1500Grid grid, Setting setting, double left, double right, double y, bool blank)
    {
        double[] edges = [left, left + 70, left + 140, left + 164, left + 184, left + 236, left + 290, left + 326, left + 400, left + 428, left + 452, right];
        string[] titles = ["24. A.  DATE(S) OF SERVICE", "", "B. POS", "C.", "D. PROCEDURES", "MODIFIER", "E. POINTER", "F.  $ CHARGES", "G. UNITS", "H. ID", "J. RENDERING PROVIDER ID. #"];
        for (var i = 0; i < titles.Length; i++)
        {
            grid.Cell(edges[i], y, edges[i + 1] - edges[i], HeaderHeight, titles[i]);
        }

        grid.Label(left + 4, y + 14, "From");
        grid.Label(left + 74, y + 14, "To");
        for (var column = 0; column < 2; column++)
        {
            grid.Label(left + 4 + (70 * column), y + 21, "MM");
            grid.Label(left + 26 + (70 * column), y + 21, "DD");
            grid.Label(left + 48 + (70 * column), y + 21, "YY");
        }

        grid.Label(edges[4] + 2, y + 21, "CPT/HCPCS");
        y += HeaderHeight;
        var count = blank ? 0 : setting.Dice.Whole(1, 5);
        var total = 0m;
        var truth = new List<object>();
        for (var line = 0; line < 6; line++, y += LineHeight)
        {
            for (var i = 0; i < titles.Length; i++)
            {
                grid.Cell(edges[i], y, edges[i + 1] - edges[i], LineHeight, "");
            }

            var service = line < count ? Line(setting) : null;
            grid.Date(left + 4, y + LineHeight - 4, service?.Date, longYear: false, captions: false);
            grid.Date(left + 74, y + LineHeight - 4, service?.Date, longYear: false, captions: false);
            grid.Amount(edges[8] - 20, y, y + LineHeight, service?.Charge);
            grid.Label(edges[10] + 2, y + 7, "NPI");
            if (service is not null)
            {
                string[] values = [service.Place, "", service.Procedure, service.Modifier, service.Pointer];
                for (var i = 0; i < values.Length; i++)
                {
                    grid.Value(edges[i + 2] + 4, y + LineHeight - 4, values[i]);
                }

                grid.Value(edges[8] + 6, y + LineHeight - 4, service.Units);
                grid.Value(edges[10] + 10, y + LineHeight - 4, service.Provider);
                total += service.Charge;
                truth.Add(service.ToTruth());
            }
        }

        return (y, total, truth);
    }

    private static ServiceLine Line(Setting setting)
    {
        var dice = setting.Dice;
        return new ServiceLine(
            setting.Case.Admission.AddDays(dice.Whole(0, 6)),
            dice.Pick("11", "21", "22"),
            dice.Pick(Procedures),
            dice.Pick("", "", "25", "LT"),
            setting.Case.Diagnoses.Count > 1 ? dice.Pick("A", "AB", "B") : "A",
            dice.Price(40, 1900),
            dice.Whole(1, 4).ToString(CultureInfo.InvariantCulture),
            Fiction.CheckDigits.Npi(dice));
    }

    private sealed record ServiceLine(DateOnly Date, string Place, string Procedure, string Modifier, string Pointer, decimal Charge, string Units, string Provider)
    {
        public object ToTruth() => new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["date_from"] = Setting.Iso(Date),
            ["date_to"] = Setting.Iso(Date),
            ["place"] = Place,
            ["procedure"] = Procedure,
            ["modifiers"] = Modifier.Length > 0 ? new[] { Modifier } : [],
            ["pointer"] = Pointer,
            ["charge"] = Setting.Decimal(Charge),
            ["units"] = Units,
            ["provider_id"] = Provider,
        };
    }
}
