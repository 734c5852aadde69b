using System.Globalization;

namespace DocPipeline.Samples.Fiction;

/// <summary>Makes cases from chance.</summary>
internal static class World
{
    private static readonly DateOnly FirstLoss = new(2023, 1, 10);

    public static Case NewCase(Locale locale, Dice dice)
    {
        var insurers = dice.Several(2, Names.Insurers);
        var mishap = dice.Pick(Names.Mishaps).Split('|');
        var loss = FirstLoss.AddDays(dice.Whole(0, 1200));
        var holder = NewPerson(locale, dice);
        var doctors = dice.Several(2, Names.Doctors);
        var admission = loss.AddDays(dice.Whole(0, 2));
        return new Case
        {
            Locale = locale,
            Insurer = insurers[0],
            OtherInsurer = insurers[1],
            ClaimNumber = ClaimNumber(dice, loss),
            PolicyNumber = PolicyNumber(dice),
            OtherPolicyNumber = PolicyNumber(dice),
            Holder = holder,
            Other = NewPerson(locale, dice),
            Vehicle = NewVehicle(locale, dice),
            OtherVehicle = NewVehicle(locale, dice),
            LossDate = loss,
            LossTime = new TimeOnly(dice.Whole(6, 22), dice.Whole(0, 59)),
            LossPlace = $"{dice.Pick(Names.Streets(locale.Country))}, {holder.Town}",
            Cause = mishap[0],
            Description = mishap[1],
            TwoVehicles = mishap[2] == "2",
            ReportNumber = dice.Pick($"{loss.Year}-{dice.Digits(6)}", $"{dice.Letters(2)}-{loss:yyyyMMdd}-{dice.Letters(2)}", dice.Digits(8)),
            Officer = $"{NewPerson(locale, dice).Name}",
            PolicyFrom = loss.AddDays(-dice.Whole(20, 330)),
            Deductible = dice.Pick(250m, 500m, 750m, 1000m) * locale.PriceLevel,
            Shop = NewFirm(dice.Pick(Names.Shops(locale.Country)), locale, dice),
            EstimateNumber = dice.Pick($"EST-{dice.Digits(5)}", dice.Digits(7), $"{dice.Letters(2)}{dice.Digits(6)}"),
            Repairs = Charges(locale.Language == Language.German ? Names.GermanParts : Names.Parts, locale, dice, dice.Whole(3, 8)),
            Hospital = NewFirm(dice.Pick(Names.Hospitals(locale.Country)), locale, dice),
            Doctor = doctors[0],
            ReferringDoctor = doctors[1],
            HealthPlan = dice.Pick(Names.HealthPlans),
            MemberId = dice.Pick($"{dice.Letters(3)}{dice.Digits(9)}", $"{dice.Digits(2)}-{dice.Digits(4)}-{dice.Digits(5)}", dice.Digits(9)),
            GroupNumber = dice.Pick(dice.Digits(6), $"GRP{dice.Digits(5)}", $"{dice.Letters(2)}-{dice.Digits(4)}"),
            PatientId = dice.Pick(dice.Digits(8), $"MR{dice.Digits(6)}", $"{dice.Letters(2)}-{dice.Digits(6)}"),
            Diagnoses = [.. dice.Several(dice.Whole(1, 3), Names.Diagnoses).Select(d => new Diagnosis(d.Split('|')[0], d.Split('|')[1]))],
            Admission = admission,
            Discharge = admission.AddDays(dice.Whole(1, 9)),
            HospitalCharges = Charges(Names.HospitalCharges, locale, dice, dice.Whole(4, 9)),
        };
    }

    public static Person NewPerson(Locale locale, Dice dice)
    {
        var town = dice.Pick(Names.Towns(locale.Country)).Split('|');
        var number = dice.Whole(2, 998).ToString(CultureInfo.InvariantCulture);
        var street = dice.Pick(Names.Streets(locale.Country));
        return new Person(
            dice.Pick(Names.First(locale.Country)),
            dice.Pick(Names.Last(locale.Country)),
            locale.Country == "DE" ? $"{street} {number}" : $"{number} {street}",
            town[0],
            town[1],
            town[2],
            locale.Phone(dice),
            new DateOnly(1948, 1, 1).AddDays(dice.Whole(0, 19000)),
            dice.Pick("M", "F"));
    }

    public static Vehicle NewVehicle(Locale locale, Dice dice)
    {
        var maker = dice.Pick(Names.Makers).Split('|');
        var year = dice.Whole(2010, 2023);
        var plate = locale.Country switch
        {
            "UK" => $"{dice.Letters(2)}{dice.Whole(10, 73)} {dice.Letters(3)}",
            "IN" => $"MH {dice.Whole(10, 49)} {dice.Letters(2)} {dice.Digits(4)}",
            "DE" => $"{dice.Pick("ZZ", "QX")}-{dice.Letters(2)} {dice.Digits(3)}",
            _ => dice.Pick($"{dice.Letters(3)} {dice.Digits(4)}", $"{dice.Digits(1)}{dice.Letters(3)}{dice.Digits(3)}", $"{dice.Letters(3)}-{dice.Digits(4)}"),
        };
        return new Vehicle(year, maker[0], maker[2], CheckDigits.Vin(dice, maker[1], year), plate, dice.Whole(4000, 160000), dice.Pick(Names.Colours));
    }

    public static Firm NewFirm(string name, Locale locale, Dice dice)
    {
        var person = NewPerson(locale, dice);
        return new Firm(name, person.Street, person.TownLine, person.Phone);
    }

    private static List<Charge> Charges(string[] wordings, Locale locale, Dice dice, int count) =>
        [.. dice.Several(count, wordings).Select(text => new Charge(text, dice.Chance(0.75) ? 1 : dice.Whole(2, 6), dice.Price(35, 720) * locale.PriceLevel))];

    private static string ClaimNumber(Dice dice, DateOnly loss) =>
        dice.Pick($"CLM{dice.Digits(6)}", $"CL-{loss.Year}-{dice.Digits(5)}", $"{dice.Digits(2)}-{dice.Digits(7)}", $"{dice.Letters(2)}{dice.Digits(8)}", $"{dice.Digits(3)}-{dice.Letters(3)}-{dice.Digits(4)}");

    private static string PolicyNumber(Dice dice) =>
        dice.Pick($"AUTO{dice.Digits(6)}", $"PA-{dice.Digits(4)}-{dice.Digits(4)}", $"{dice.Letters(3)} {dice.Digits(7)}", dice.Digits(10), $"{dice.Letters(2)}{dice.Digits(7)}-{dice.Digits(2)}");
}
