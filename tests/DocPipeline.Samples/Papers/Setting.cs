using System.Globalization;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>Everything a document is made from: what happened, how it looks, what it calls things, and chance for the rest.</summary>
internal sealed record Setting(Case Case, Style Style, Wording Words, Dice Dice)
{
    public Locale Locale => Case.Locale;

    public bool TwelveHourClock { get; init; }

    /// <summary>Writes year, make and model as one entry.</summary>
    public bool VehicleInOneLine { get; init; }

    public bool PeriodInOneLine { get; init; }

    public bool DateAndTimeInOneLine { get; init; }

    /// <summary>Puts two groups of fields beside each other where the paper has a natural pair.</summary>
    public bool TwoColumns { get; init; }

    /// <summary>Day, month and year stand apart, where the layout has cells.</summary>
    public bool DateBoxes { get; init; }

    /// <summary>The customer is an address without labels.</summary>
    public bool BareAddress { get; init; }

    /// <summary>Repeats the owner in each label: "Policyholder Name" instead of "Name" under a heading.</summary>
    public bool OwnerInLabels { get; init; }

    public static Setting Random(Locale locale, Dice dice) =>
        new(World.NewCase(locale, dice), Style.Random(dice, locale.IsA4), new Wording(locale.Language, dice), dice)
        {
            TwelveHourClock = locale.Country == "US" && dice.Chance(0.6),
            VehicleInOneLine = dice.Chance(0.3),
            PeriodInOneLine = dice.Chance(0.5),
            DateAndTimeInOneLine = dice.Chance(0.2),
            DateBoxes = dice.Chance(0.25),
            BareAddress = dice.Chance(0.3),
            TwoColumns = dice.Chance(0.3),
            OwnerInLabels = dice.Chance(0.25),
        };

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Decimal(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    public Entry Text(string concept, string value, string? field = null) => new(Words[concept], value, field);

    public Entry Date(string concept, DateOnly date, string? field = null) => new(Words[concept], Locale.Date(date), field, Iso(date)) { Parts = DateBoxes ? Parts(date) : [] };

    private IReadOnlyList<(string Value, string Caption)> Parts(DateOnly date)
    {
        (string, string) day = (date.ToString("dd", CultureInfo.InvariantCulture), Locale.Country == "DE" ? "Tag" : "Day");
        (string, string) month = (date.ToString("MM", CultureInfo.InvariantCulture), Locale.Country == "DE" ? "Monat" : "Month");
        (string, string) year = (date.ToString("yyyy", CultureInfo.InvariantCulture), Locale.Country == "DE" ? "Jahr" : "Year");
        return Locale.Country == "US" ? [month, day, year] : [day, month, year];
    }

    public Entry Money(string concept, decimal amount, string? field = null) => Money(concept, Words[concept], amount, field);

    /// <summary>A core amount; the first one also carries the currency, where the sign names one.</summary>
    public Entry Money(string concept, string label, decimal amount, string? field = null) => new(label, Locale.Money(amount), field, Decimal(amount))
    {
        Also = concept == "total_amount" && Locale.Currency is { } iso ? [("currency", iso)] : [],
    };

    public IReadOnlyList<Block> Together(Block left, FieldBlock right) => TwoColumns && left is FieldBlock fields ? [new SideBySide(fields, right)] : [left, right];

    public string Time(TimeOnly time) => time.ToString(TwelveHourClock ? "h:mm tt" : "HH:mm", CultureInfo.InvariantCulture);

    public IReadOnlyList<Entry> LossEntries()
    {
        var loss = Case;
        List<Entry> entries = DateAndTimeInOneLine
            ? [new Entry($"{Words["date_of_loss"]} / Time", $"{Locale.Date(loss.LossDate)} {Time(loss.LossTime)}", "date_of_loss", Iso(loss.LossDate)) { Also = [("time_of_loss", Time(loss.LossTime))] }]
            : [Date("date_of_loss", loss.LossDate, "date_of_loss"), Text("time_of_loss", Time(loss.LossTime), "time_of_loss")];
        entries.Add(Text("loss_location", loss.LossPlace, "loss_location"));
        return entries;
    }

    /// <summary>Make, model, numbers of a vehicle.</summary>
    /// <param name="claimed">False for a vehicle that is not the claim's: same labels, no truth.</param>
    public IReadOnlyList<Entry> VehicleEntries(Vehicle vehicle, bool claimed, bool mileage = true)
    {
        string? Field(string name) => claimed ? name : null;
        var year = vehicle.Year.ToString(CultureInfo.InvariantCulture);
        var separator = Dice.Pick(" ", " / ");
        List<Entry> entries = VehicleInOneLine
            ? [new Entry(Dice.Pick("Year / Make / Model", "Vehicle", "Year/Make/Model"), string.Join(separator, year, vehicle.Make, vehicle.Model), Field("vehicle_year"), year)
                { Also = claimed ? [("vehicle_make", vehicle.Make), ("vehicle_model", vehicle.Model)] : [] }]
            : [Text("year", year, Field("vehicle_year")), Text("make", vehicle.Make, Field("vehicle_make")), Text("model", vehicle.Model, Field("vehicle_model"))];
        entries.Add(Text("vin", vehicle.Vin, Field("vin")));
        entries.Add(Text("plate", vehicle.Plate, Field("license_plate")));
        if (mileage)
        {
            var printed = Dice.Pick(vehicle.Mileage.ToString(CultureInfo.InvariantCulture), Locale.Plain(vehicle.Mileage)[..^3]);
            entries.Add(new Entry(Words["mileage"], printed, Field("mileage"), vehicle.Mileage.ToString(CultureInfo.InvariantCulture)));
        }

        return entries;
    }

    public IReadOnlyList<Entry> PeriodEntries() => PeriodInOneLine
        ? [new Entry(Words["policy_period"], $"{Locale.Date(Case.PolicyFrom)} {Dice.Pick("to", "-")} {Locale.Date(Case.PolicyTo)}", "policy_effective_from", Iso(Case.PolicyFrom))
            { Also = [("policy_effective_to", Iso(Case.PolicyTo))] }]
        : [Date("policy_from", Case.PolicyFrom, "policy_effective_from"), Date("policy_to", Case.PolicyTo, "policy_effective_to")];

    /// <summary>Charges as a table with their sum, tax and total under it.</summary>
    public TableBlock Charges(string heading, IReadOnlyList<Charge> charges, IReadOnlyList<Entry> totals)
    {
        var german = Locale.Language == Language.German;
        var quantity = Dice.Chance(0.6);
        string[] titles = german
            ? ["Pos.", "Bezeichnung", "Menge", "Einzelpreis", "Betrag"]
            : [Dice.Pick("#", "Line", "Item"), Dice.Pick("Description", "Particulars", "Operation / Part"), Dice.Pick("Qty", "Quantity", "Hrs/Qty"), Dice.Pick("Unit Price", "Rate", "Price"), Dice.Pick("Amount", "Total", "Extended")];
        List<Column> columns = [new(titles[0], 1), new(titles[1], 7)];
        if (quantity)
        {
            columns.AddRange([new(titles[2], 1.6, Right: true), new(titles[3], 2.4, Right: true)]);
        }

        columns.Add(new(titles[4], 2.6, Right: true));
        var rows = charges.Select((charge, i) =>
        {
            string[] start = [(i + 1).ToString(CultureInfo.InvariantCulture), charge.Description];
            string[] middle = quantity ? [charge.Quantity.ToString("0.#", CultureInfo.InvariantCulture), Locale.Plain(charge.Price)] : [];
            return (IReadOnlyList<string>)[.. start, .. middle, Locale.Plain(charge.Amount)];
        });
        return new TableBlock(heading, columns, [.. rows])
        {
            Field = "line_items",
            TruthRows = [.. charges.Select(charge => new[] { charge.Description, Decimal(charge.Amount) })],
            Totals = totals,
        };
    }
}
