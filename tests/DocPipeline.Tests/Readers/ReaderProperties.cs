using System.Diagnostics;
using System.Globalization;
using DocPipeline.Extract.Readers;
using FsCheck;
using FsCheck.Fluent;

namespace DocPipeline.Tests.Readers;

/// <summary>What holds for every date, every amount and every hostile text.</summary>
public sealed class ReaderProperties
{
    private const int ReferenceYear = 2026;

    private static readonly Gen<DateOnly> Dates = Gen.Choose(new DateOnly(1930, 1, 1).DayNumber, new DateOnly(2035, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);

    private static readonly Gen<decimal> Amounts = Gen.Choose(0, int.MaxValue).Select(cents => cents / 100m);

    [Theory]
    [InlineData("yyyy-MM-dd", DateOrder.YearFirst)]
    [InlineData("yyyy/M/d", DateOrder.YearFirst)]
    [InlineData("MM/dd/yyyy", DateOrder.MonthFirst)]
    [InlineData("M/d/yyyy", DateOrder.MonthFirst)]
    [InlineData("MM dd yyyy", DateOrder.MonthFirst)]
    [InlineData("M-d-yyyy", DateOrder.MonthFirst)]
    [InlineData("d.M.yyyy", DateOrder.DayFirst)]
    [InlineData("dd/MM/yyyy", DateOrder.DayFirst)]
    [InlineData("d. MMMM yyyy", DateOrder.DayFirst)]
    [InlineData("dd-MMM-yyyy", DateOrder.MonthFirst)]
    [InlineData("MMM d, yyyy", DateOrder.DayFirst)]
    [InlineData("dddd, MMMM d, yyyy", DateOrder.MonthFirst)]
    [InlineData("ddd d MMM yyyy", DateOrder.MonthFirst)]
    [InlineData("yyyyMMdd", DateOrder.MonthFirst)]
    public void Read_PrintedDate_GivesItBackUnderItsOrder(string format, DateOrder order) =>
        Holds(Prop.ForAll(Dates.ToArbitrary(), date =>
            DateReader.Read(date.ToString(format, CultureInfo.InvariantCulture), ReferenceYear)?.Under(order).Value == Iso(date)));

    [Theory]
    [InlineData("MM/dd/yy", DateOrder.MonthFirst)]
    [InlineData("dd.MM.yy", DateOrder.DayFirst)]
    [InlineData("dd-MMM-yy", DateOrder.MonthFirst)]
    public void Read_TwoDigitYear_IsWithinTheHundredYearsThatEndTenYearsAhead(string format, DateOrder order) =>
        Holds(Prop.ForAll(Gen.Choose(new DateOnly(1937, 1, 1).DayNumber, new DateOnly(2036, 12, 31).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary(), date =>
            DateReader.Read(date.ToString(format, CultureInfo.InvariantCulture), ReferenceYear)?.Under(order).Value == Iso(date)));

    [Fact]
    public void Read_NumericDate_OffersTheTruthWhateverTheOrder() =>
        Holds(Prop.ForAll(Dates.ToArbitrary(), date =>
            Offers(date, "MM/dd/yyyy") && Offers(date, "dd/MM/yyyy")));

    [Theory]
    [InlineData("#,##0.00", "en", DecimalStyle.Point)]
    [InlineData("#,##0.00", "de", DecimalStyle.Comma)]
    [InlineData("#,##0.00", "fr", DecimalStyle.Comma)]
    [InlineData("#,##0.00", "ch", DecimalStyle.Point)]
    [InlineData("#,##0.00", "in", DecimalStyle.Point)]
    [InlineData("0.00", "en", DecimalStyle.Point)]
    [InlineData("0.00", "de", DecimalStyle.Comma)]
    [InlineData("$#,##0.00", "en", DecimalStyle.Point)]
    [InlineData("#,##0.00 €", "de", DecimalStyle.Comma)]
    [InlineData("RM #,##0.00", "en", DecimalStyle.Point)]
    public void Read_PrintedAmount_GivesItBack(string format, string place, DecimalStyle style) =>
        Holds(Prop.ForAll(Amounts.ToArbitrary(), amount =>
            AmountReader.Read(amount.ToString(format, Numbers(place)))?.Under(style).Value == amount.ToString("0.00", CultureInfo.InvariantCulture)));

    [Fact]
    public void Read_WholeAmountWithGroups_NeverLosesTheTruth() =>
        Holds(Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), amount =>
            AmountReader.Read(amount.ToString("#,##0", Numbers("en")))!.Options.Any(option => option.Value == amount)
            && AmountReader.Read(amount.ToString("#,##0", Numbers("de")))!.Options.Any(option => option.Value == amount)));

    [Fact]
    public void FindAll_AmountsAndDatesAmongWords_AreFoundAsTheyWerePut() =>
        Holds(Prop.ForAll(Amounts.ToArbitrary(), Dates.ToArbitrary(), (amount, date) =>
        {
            var line = $"Invoice date: {date:MMM d, yyyy} Total due: ${amount.ToString("#,##0.00", CultureInfo.InvariantCulture)} thank you";
            return DateReader.FindAll(line, ReferenceYear).Single().Reading.Options[0].Date == date
                && AmountReader.FindAll(line).Single().Reading.Options[0].Value == amount;
        }));

    [Fact]
    public void Read_AnyText_NeverThrowsAndKeepsItsPromises() =>
        Holds(Prop.ForAll(Hostile().ToArbitrary(), text =>
        {
            foreach (var type in Enum.GetValues<FieldType>())
            {
                if (FieldReaders.Read(type, text, new ReaderContext(DateOrder.Undecided, DecimalStyle.Undecided, ReferenceYear)) is { } reading
                    && (reading.Plausibility is < 0 or > 1 || string.IsNullOrWhiteSpace(reading.Value) || reading.Alternatives.Contains(reading.Value)))
                {
                    return false;
                }
            }

            return DateReader.FindAll(text, ReferenceYear).All(found => text[found.Span] == found.Reading.Printed)
                && AmountReader.FindAll(text).All(found => text[found.Span].Length > 0);
        }));

    [Theory]
    [InlineData("1/")]
    [InlineData("1 ")]
    [InlineData("1,")]
    [InlineData("a@a.")]
    [InlineData("12 Main St ")]
    [InlineData("A B C D ")]
    [InlineData("(((((")]
    [InlineData("$")]
    [InlineData("MM/DD/")]
    public void Read_LongRepetition_TakesNoTime(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length));
        var context = new ReaderContext(DateOrder.Undecided, DecimalStyle.Undecided, ReferenceYear);
        var watch = Stopwatch.StartNew();

        foreach (var type in Enum.GetValues<FieldType>())
        {
            _ = FieldReaders.Read(type, text, context);
        }

        _ = Conventions.Of([text], ReferenceYear);

        // A generous bound: what it guards against takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    private static bool Offers(DateOnly date, string format) =>
        DateReader.Read(date.ToString(format, CultureInfo.InvariantCulture), ReferenceYear)!.Options.Any(option => option.Date == date);

    private static Gen<string> Hostile() =>
        Gen.Elements("0123456789OolISB/.-,:;()$€£%#@' |\t\u00a0\u2013XxMDYAPm年́ß".ToCharArray()).ArrayOf().Select(characters => new string(characters));

    private static NumberFormatInfo Numbers(string place) => place switch
    {
        "de" => new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." },
        "fr" => new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u202f" },
        "ch" => new() { NumberDecimalSeparator = ".", NumberGroupSeparator = "’" },
        "in" => new() { NumberDecimalSeparator = ".", NumberGroupSeparator = ",", NumberGroupSizes = [3, 2] },
        _ => new() { NumberDecimalSeparator = ".", NumberGroupSeparator = "," },
    };

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Holds(Property property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true), property);
}
