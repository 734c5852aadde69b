namespace DocPipeline.Samples.Fiction;

internal sealed record Person(string First, string Last, string Street, string Town, string Region, string Postcode, string Phone, DateOnly Birth, string Sex)
{
    public string Name => $"{First} {Last}";

    public string LastFirst => $"{Last}, {First}";

    public string Address => $"{Street}, {TownLine}";

    public string TownLine => Region.Length > 0 ? $"{Town}, {Region} {Postcode}" : char.IsDigit(Postcode[0]) ? $"{Postcode} {Town}" : $"{Town} {Postcode}";

    public string Email => $"{First}.{Last}@example.com".Replace("'", "", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).ToLowerInvariant();
}

internal sealed record Firm(string Name, string Street, string TownLine, string Phone)
{
    public string Address => $"{Street}, {TownLine}";
}

internal sealed record Vehicle(int Year, string Make, string Model, string Vin, string Plate, int Mileage, string Colour);

internal sealed record Charge(string Description, decimal Quantity, decimal Price)
{
    public decimal Amount => Math.Round(Quantity * Price, 2);
}

internal sealed record Diagnosis(string Text, string Code);

/// <summary>One invented mishap with everybody and everything in it: what all its documents agree on.</summary>
internal sealed record Case
{
    public required Locale Locale { get; init; }
    public required string Insurer { get; init; }
    public required string OtherInsurer { get; init; }
    public required string ClaimNumber { get; init; }
    public required string PolicyNumber { get; init; }
    public required string OtherPolicyNumber { get; init; }
    public required Person Holder { get; init; }
    public required Person Other { get; init; }
    public required Vehicle Vehicle { get; init; }
    public required Vehicle OtherVehicle { get; init; }
    public required DateOnly LossDate { get; init; }
    public required TimeOnly LossTime { get; init; }
    public required string LossPlace { get; init; }
    public required string Cause { get; init; }
    public required string Description { get; init; }

    /// <summary>False where nobody else was at the wheel: hail, ice, a deer.</summary>
    public required bool TwoVehicles { get; init; }

    public required string ReportNumber { get; init; }
    public required string Officer { get; init; }
    public required DateOnly PolicyFrom { get; init; }
    public required decimal Deductible { get; init; }
    public required Firm Shop { get; init; }
    public required string EstimateNumber { get; init; }
    public required IReadOnlyList<Charge> Repairs { get; init; }
    public required Firm Hospital { get; init; }
    public required string Doctor { get; init; }
    public required string ReferringDoctor { get; init; }
    public required string HealthPlan { get; init; }
    public required string MemberId { get; init; }
    public required string GroupNumber { get; init; }
    public required string PatientId { get; init; }
    public required IReadOnlyList<Diagnosis> Diagnoses { get; init; }
    public required DateOnly Admission { get; init; }
    public required DateOnly Discharge { get; init; }
    public required IReadOnlyList<Charge> HospitalCharges { get; init; }

    public DateOnly PolicyTo => PolicyFrom.AddYears(1).AddDays(-1);

    public DateOnly ReportDate => LossDate.AddDays(1);

    public DateOnly EstimateDate => LossDate.AddDays(6);

    public decimal RepairSubtotal => Repairs.Sum(line => line.Amount);

    public decimal RepairTax => Math.Round(RepairSubtotal * Locale.TaxRate, 2);

    public decimal RepairTotal => RepairSubtotal + RepairTax + PlantedInTotal;

    /// <summary>By how much the printed total of repairs is wrong on purpose.</summary>
    public decimal PlantedInTotal { get; init; }

    public Case WithWrongTotal() => this with { PlantedInTotal = 90 };

    public Case WithWrongVin() => this with { Vehicle = Vehicle with { Vin = Vehicle.Vin[..16] + (char)('0' + ((Vehicle.Vin[16] - '0' + 1) % 10)) } };
}
