using DocPipeline.Extract.Readers;

namespace DocPipeline.Tests.Readers;

public sealed class FieldReadersTests
{
    private static readonly ReaderContext Context = new(DateOrder.MonthFirst, DecimalStyle.Point, ReferenceYear: 2026);

    [Theory]
    [InlineData(FieldType.Identifier, "CLM093079", "CLM093079")]
    [InlineData(FieldType.Identifier, "4b17k-9m", "4b17k-9m")]
    [InlineData(FieldType.Identifier, "CA-20260105-MV", "CA-20260105-MV")]
    [InlineData(FieldType.Identifier, "CP-ALB-2021-001", "CP-ALB-2021-001")]
    [InlineData(FieldType.Identifier, "#76818-B", "#76818-B")]
    [InlineData(FieldType.Identifier, "11-2234-10190", "11-2234-10190")]
    [InlineData(FieldType.Identifier, "0000-44444", "0000-44444")]
    [InlineData(FieldType.Identifier, "29842989", "29842989")]
    [InlineData(FieldType.Identifier, "GB20246717948", "GB20246717948")]
    [InlineData(FieldType.Identifier, "INV/2024/0017", "INV/2024/0017")]
    [InlineData(FieldType.Identifier, ": AUTO678465", "AUTO678465")]
    [InlineData(FieldType.Identifier, "AUTO678465 Insured Name", "AUTO678465")]
    [InlineData(FieldType.Identifier, "AUTO678465,", "AUTO678465")]
    [InlineData(FieldType.GroupCode, "GROUP-17", "GROUP-17")]
    [InlineData(FieldType.Vin, "1HGCM82633A004352", "1HGCM82633A004352")]
    [InlineData(FieldType.Vin, "1HGCM82633A 004352", "1HGCM82633A004352")]
    [InlineData(FieldType.Vin, "1HGCM82633AOO4352", "1HGCM82633A004352")]
    [InlineData(FieldType.Vin, "2T2BZMCAXZH7GB3LV", "2T2BZMCAXZH7GB3LV")]
    [InlineData(FieldType.Vin, "1HGCM82633A004352 Mileage 87103", "1HGCM82633A004352")]
    [InlineData(FieldType.LicensePlate, "CA-BTI4462", "CA-BTI4462")]
    [InlineData(FieldType.LicensePlate, "7ABC123", "7ABC123")]
    [InlineData(FieldType.LicensePlate, "AB12 CDE", "AB12 CDE")]
    [InlineData(FieldType.LicensePlate, "KA 01 AB 1234", "KA 01 AB 1234")]
    [InlineData(FieldType.Date, "01/05/2026", "2026-01-05")]
    [InlineData(FieldType.BirthDate, "04/04/50", "1950-04-04")]
    [InlineData(FieldType.Time, "21:02", "21:02")]
    [InlineData(FieldType.Time, "9:15 PM", "9:15 PM")]
    [InlineData(FieldType.Time, "approx. 9:15 p.m.", "9:15 p.m.")]
    [InlineData(FieldType.Time, "2102 hrs", "2102 hrs")]
    [InlineData(FieldType.Time, "9 AM", "9 AM")]
    [InlineData(FieldType.Time, "21.02 Uhr", "21.02 Uhr")]
    [InlineData(FieldType.Amount, "$3,800.00 USD", "3800.00")]
    [InlineData(FieldType.Currency, "USD", "USD")]
    [InlineData(FieldType.Currency, "€", "EUR")]
    [InlineData(FieldType.Currency, "$3,800.00 USD", "USD")]
    [InlineData(FieldType.Percentage, "8.25 %", "8.25")]
    [InlineData(FieldType.Percentage, "19,0%", "19.0")]
    [InlineData(FieldType.Number, "7", "7")]
    [InlineData(FieldType.Person, "Camille Roy", "Camille Roy")]
    [InlineData(FieldType.Person, "DOE, JOHN Q", "DOE, JOHN Q")]
    [InlineData(FieldType.Person, "Dr. Jane Smith", "Dr. Jane Smith")]
    [InlineData(FieldType.Person, "Mateo Jackson, Phd", "Mateo Jackson, Phd")]
    [InlineData(FieldType.Person, "Juan de la Cruz", "Juan de la Cruz")]
    [InlineData(FieldType.Person, "Seán O'Brien-Núñez", "Seán O'Brien-Núñez")]
    [InlineData(FieldType.Organization, "ADISHAKTI CARS PVT. LTD.", "ADISHAKTI CARS PVT. LTD.")]
    [InlineData(FieldType.Organization, "QualityHosting AG", "QualityHosting AG")]
    [InlineData(FieldType.Organization, "WeServeEveryone Clinic", "WeServeEveryone Clinic")]
    [InlineData(FieldType.Organization, "Lakeshore Auto Repair", "Lakeshore Auto Repair")]
    [InlineData(FieldType.Phone, "(632) 735-1027", "(632) 735-1027")]
    [InlineData(FieldType.Phone, "202 555-1212", "202 555-1212")]
    [InlineData(FieldType.Phone, "+44 20 7946 0958", "+44 20 7946 0958")]
    [InlineData(FieldType.Phone, "Tel: 555.123.4567 x 12", "555.123.4567 x 12")]
    [InlineData(FieldType.Email, "camille.roy@example.com", "camille.roy@example.com")]
    [InlineData(FieldType.Email, "camille.roy @ example.com", "camille.roy@example.com")]
    [InlineData(FieldType.Address, "070 Quinn Run Suite 984, West Mariahton, CA 94978, USA", "070 Quinn Run Suite 984, West Mariahton, CA 94978, USA")]
    [InlineData(FieldType.Address, "73 Regal Way, LEEDS, West Yorkshire, LS1 5AB", "73 Regal Way, LEEDS, West Yorkshire, LS1 5AB")]
    [InlineData(FieldType.Address, "Hauptstraße 12, 10115 Berlin", "Hauptstraße 12, 10115 Berlin")]
    [InlineData(FieldType.Address, "NO.53 55,57 & 59, JALAN SAGU 18, TAMAN DAYA, 81100 JOHOR BAHRU", "NO.53 55,57 & 59, JALAN SAGU 18, TAMAN DAYA, 81100 JOHOR BAHRU")]
    [InlineData(FieldType.Year, "2022", "2022")]
    [InlineData(FieldType.VehicleMake, "Lexus", "Lexus")]
    [InlineData(FieldType.VehicleModel, "RX 350", "RX 350")]
    [InlineData(FieldType.Mileage, "50,051 miles", "50051")]
    [InlineData(FieldType.Mileage, "87103", "87103")]
    [InlineData(FieldType.Sex, "Female", "Female")]
    [InlineData(FieldType.Sex, "F", "F")]
    [InlineData(FieldType.Sex, "[ ] M [X] F", "F")]
    [InlineData(FieldType.YesNo, "Yes", "Yes")]
    [InlineData(FieldType.YesNo, "☐ Yes ☒ No", "No")]
    [InlineData(FieldType.DiagnosisCodes, "M54.9", "M54.9")]
    [InlineData(FieldType.DiagnosisCodes, "A. M54.9 B. S13.4XXA", "M54.9 S13.4XXA")]
    [InlineData(FieldType.ProcedureCode, "97810", "97810")]
    [InlineData(FieldType.ProcedureCode, "J3490", "J3490")]
    [InlineData(FieldType.Npi, "1234567893", "1234567893")]
    [InlineData(FieldType.TaxId, "12-3456789", "12-3456789")]
    [InlineData(FieldType.TaxId, "123-45-6789", "123-45-6789")]
    [InlineData(FieldType.Text, "  Side-impact   collision at  four-way stop ", "Side-impact collision at four-way stop")]
    [InlineData(FieldType.LongText, "Silver 2022 Lexus\nsustained damage.", "Silver 2022 Lexus sustained damage.")]
    public void Read_TextOfItsType_GivesTheValue(FieldType type, string text, string expected)
    {
        var reading = FieldReaders.Read(type, text, Context);

        Assert.Equal(expected, reading?.Value);
        Assert.InRange(reading!.Plausibility, 0.35, 1);
    }

    [Fact]
    public void A_group_may_be_letters_alone_but_is_hardly_believed() =>
        Assert.Equal(("QRSTX", 0.2), (FieldReaders.Read(FieldType.GroupCode, ": QRSTX", Context)?.Value, FieldReaders.Read(FieldType.GroupCode, ": QRSTX", Context)?.Plausibility));

    [Theory]
    [InlineData(FieldType.Identifier, "Name")]
    [InlineData(FieldType.Identifier, "Side impact")]
    [InlineData(FieldType.Identifier, "MEDICAID")]
    [InlineData(FieldType.Person, ".D. NUMBER")]
    [InlineData(FieldType.Identifier, "N/A")]
    [InlineData(FieldType.Vin, "AUTO678465")]
    [InlineData(FieldType.Vin, "International trad")]
    [InlineData(FieldType.LicensePlate, "License")]
    [InlineData(FieldType.Date, "MM/DD/YYYY")]
    [InlineData(FieldType.Time, "25:99")]
    [InlineData(FieldType.Amount, "enter amount")]
    [InlineData(FieldType.Currency, "$")]
    [InlineData(FieldType.Person, "Policy Number")]
    [InlineData(FieldType.Person, "(632) 735-1027")]
    [InlineData(FieldType.Organization, "2026-01-05")]
    [InlineData(FieldType.Phone, "12.50")]
    [InlineData(FieldType.Email, "camille.roy")]
    [InlineData(FieldType.Address, "Camille Roy")]
    [InlineData(FieldType.Year, "1753")]
    [InlineData(FieldType.VehicleMake, "Make")]
    [InlineData(FieldType.Mileage, "Odometer")]
    [InlineData(FieldType.Sex, "[X] M [X] F")]
    [InlineData(FieldType.YesNo, "maybe")]
    [InlineData(FieldType.DiagnosisCodes, "Back pain")]
    [InlineData(FieldType.ProcedureCode, "Office visit")]
    [InlineData(FieldType.Npi, "12345")]
    [InlineData(FieldType.TaxId, "SSN EIN")]
    [InlineData(FieldType.Text, "____")]
    [InlineData(FieldType.Text, "Policy Number:")]
    public void Read_TextOfAnotherType_GivesNothing(FieldType type, string text) => Assert.Null(FieldReaders.Read(type, text, Context));

    [Theory]
    [InlineData("2026-01-05")]
    [InlineData("01/05/2026")]
    [InlineData("$3,800.00")]
    [InlineData("(632) 735-1027")]
    [InlineData("21:02")]
    public void Read_OtherTypesAsIdentifier_AreHardlyPlausible(string text) =>
        Assert.InRange(FieldReaders.Read(FieldType.Identifier, text, Context)?.Plausibility ?? 0, 0, 0.3);

    [Fact]
    public void Read_CompanyAsPerson_IsLessPlausibleThanAPerson()
    {
        var company = FieldReaders.Read(FieldType.Person, "Lakeshore Repair Inc.", Context)?.Plausibility ?? 0;
        var person = FieldReaders.Read(FieldType.Person, "Lakeshore Miller", Context)!.Plausibility;

        Assert.True(company < person / 2);
    }

    [Fact]
    public void Read_VinWithFailedCheckDigit_IsKeptAsPrintedAtLowerPlausibility()
    {
        var valid = VinReader.Read("1HGCM82633A004352")!;
        var invalid = VinReader.Read("1HGCM82633A004353")!;

        Assert.Equal("1HGCM82633A004353", invalid.Value);
        Assert.True(invalid.Plausibility < valid.Plausibility);
    }

    [Fact]
    public void Read_DrivingLicenceAsVin_IsHardlyPlausible() => Assert.InRange(VinReader.Read("BLOGGS901050JJ1AB")!.Plausibility, 0, 0.3);

    [Fact]
    public void Read_VinOneConfusionFromAValidOne_OffersIt()
    {
        var reading = VinReader.Read("1HGCMB2633A004352")!;

        Assert.Equal("1HGCMB2633A004352", reading.Value);
        Assert.Equal(["1HGCM82633A004352"], reading.Alternatives);
    }

    [Theory]
    [InlineData("2022 Lexus RX 350", "2022", "Lexus", "RX 350")]
    [InlineData("2022/Lexus/RX 350", "2022", "Lexus", "RX 350")]
    [InlineData("Honda Accord EX 2003", "2003", "Honda", "Accord EX")]
    [InlineData("Land Rover Discovery", null, "Land Rover", "Discovery")]
    [InlineData("2019 Mercedes-Benz", "2019", "Mercedes-Benz", null)]
    public void Split_Vehicle_GivesYearMakeAndModel(string text, string? year, string? make, string? model) =>
        Assert.Equal(new VehicleReading(year, make, model), VehicleReader.Split(text, referenceYear: 2026));

    [Fact]
    public void Split_NoVehicle_GivesNothing() => Assert.Null(VehicleReader.Split("Camille Roy", referenceYear: 2026));

    [Theory]
    [InlineData("N/A")]
    [InlineData("____________")]
    [InlineData("__/__/____")]
    [InlineData("MM/DD/YYYY")]
    [InlineData("(mm/dd/yyyy)")]
    [InlineData("DD MM YY")]
    [InlineData("YYYY-MM-DD")]
    [InlineData("hh:mm")]
    [InlineData("(   )    -")]
    [InlineData("$ ____.__")]
    [InlineData("XXX-XX-XXXX")]
    [InlineData("Enter tax rate")]
    [InlineData("Click here to enter text.")]
    [InlineData("(if any)")]
    [InlineData("if applicable")]
    [InlineData("Please print")]
    [InlineData("Same as above")]
    [InlineData("Select one")]
    [InlineData("First name")]
    [InlineData("□ Yes □ No")]
    [InlineData("For office use only")]
    [InlineData("City, ST ZIP")]
    [InlineData(". . . . . . .")]
    public void IsPlaceholder_RulesLegendsAndInstructions_AreNoValues(string text) => Assert.True(Placeholders.IsPlaceholder(text));

    [Theory]
    [InlineData("Enterprise Rent-A-Car")]
    [InlineData("Type 2 diabetes")]
    [InlineData("Tap water leak")]
    [InlineData("Check engine light")]
    [InlineData("Nancy Naylor")]
    [InlineData("0.00")]
    [InlineData("A")]
    [InlineData("Selecta AG")]
    [InlineData("Date Industries Inc")]
    [InlineData("01/05/2026")]
    [InlineData("Noneya Insurance")]
    public void IsPlaceholder_Values_AreNone(string text) => Assert.False(Placeholders.IsPlaceholder(text));
}
