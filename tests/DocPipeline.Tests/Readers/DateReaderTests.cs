using DocPipeline.Extract.Readers;

namespace DocPipeline.Tests.Readers;

public sealed class DateReaderTests
{
    private const int ReferenceYear = 2026;

    [Theory]
    [InlineData("2026-01-05", "2026-01-05")]
    [InlineData("2026/1/5", "2026-01-05")]
    [InlineData("2018-12-25T08:13:39Z", "2018-12-25")]
    [InlineData("25/12/2018", "2018-12-25")]
    [InlineData("12/25/2018", "2018-12-25")]
    [InlineData("25/12/2018 8:13:39 PM", "2018-12-25")]
    [InlineData("25/12/201808:13:39", "2018-12-25")]
    [InlineData("08:13 PM 25/12/2018", "2018-12-25")]
    [InlineData("05/05/2020", "2020-05-05")]
    [InlineData("25 08 73", "1973-08-25")]
    [InlineData("25 | 08 | 73", "1973-08-25")]
    [InlineData("05 25 2020", "2020-05-25")]
    [InlineData("07-Sep-2020", "2020-09-07")]
    [InlineData("07Sep2020", "2020-09-07")]
    [InlineData("07-Sep-20", "2020-09-07")]
    [InlineData("7-SEP-2020 21:02", "2020-09-07")]
    [InlineData("Sep 7, 2020", "2020-09-07")]
    [InlineData("Sept. 7th, 2020", "2020-09-07")]
    [InlineData("September 07 2020", "2020-09-07")]
    [InlineData("7 September 2020", "2020-09-07")]
    [InlineData("7th of September, 2020", "2020-09-07")]
    [InlineData("7th September 2020", "2020-09-07")]
    [InlineData("1st May 2021", "2021-05-01")]
    [InlineData("Monday, September 7, 2020", "2020-09-07")]
    [InlineData("Montag 07. September 2020", "2020-09-07")]
    [InlineData("Montag, den 7. März 2022", "2022-03-07")]
    [InlineData("1er août 2021", "2021-08-01")]
    [InlineData("le 12 février 2021", "2021-02-12")]
    [InlineData("5 de diciembre de 2019", "2019-12-05")]
    [InlineData("19 april 2014", "2014-04-19")]
    [InlineData("3 maart 2020", "2020-03-03")]
    [InlineData("3 gennaio 2020", "2020-01-03")]
    [InlineData("2020 Sep 7", "2020-09-07")]
    [InlineData("7 Sep '20", "2020-09-07")]
    [InlineData("20200907", "2020-09-07")]
    [InlineData("12252018", "2018-12-25")]
    [InlineData("1 2 2 5 2 0 1 8", "2018-12-25")]
    [InlineData("98-12-31", "1998-12-31")]
    [InlineData("31.12.98", "1998-12-31")]
    [InlineData("Fri 25/12/2018", "2018-12-25")]
    [InlineData("25/12/2018 Invoice 778", "2018-12-25")]
    [InlineData("29/02/2024", "2024-02-29")]
    public void Read_DateWithOneMeaning_GivesIt(string text, string expected)
    {
        var reading = DateReader.Read(text, ReferenceYear);

        Assert.Equal([expected], reading?.Options.Select(option => option.Iso) ?? []);
    }

    [Theory]
    [InlineData("01/05/2026", "2026-01-05", "2026-05-01")]
    [InlineData("5.1.2026", "2026-05-01", "2026-01-05")]
    [InlineData("04-12-19", "2019-04-12", "2019-12-04")]
    [InlineData("03 02 20", "2020-03-02", "2020-02-03")]
    [InlineData("01052026", "2026-01-05", "2026-05-01")]
    public void Read_OrderUndecidable_GivesBothMonthFirstThenDayFirst(string text, string monthFirst, string dayFirst)
    {
        var reading = DateReader.Read(text, ReferenceYear);

        Assert.Equal([monthFirst, dayFirst], reading!.Options.Select(option => option.Iso));
        Assert.Equal(monthFirst, reading.Under(DateOrder.MonthFirst).Value);
        Assert.Equal(dayFirst, reading.Under(DateOrder.DayFirst).Value);
        Assert.Empty(reading.Under(DateOrder.DayFirst).Alternatives);
        Assert.Equal([dayFirst], reading.Under(DateOrder.Undecided).Alternatives);
        Assert.True(reading.Under(DateOrder.Undecided).Plausibility <= 0.5);
    }

    [Theory]
    [InlineData("O1/25/2O26", "2026-01-25")]
    [InlineData("l2/25/2018", "2018-12-25")]
    [InlineData("25/l2/20l8", "2018-12-25")]
    [InlineData("2S/12/2018", "2018-12-25")]
    [InlineData("l/25/2018", "2018-01-25")]
    [InlineData("7 0ct 2020", "2020-10-07")]
    [InlineData("Ju1y 4, 2020", "2020-07-04")]
    public void Read_MisreadCharacters_RepairedAtLowerPlausibility(string text, string expected)
    {
        var reading = DateReader.Read(text, ReferenceYear);

        Assert.Equal(expected, reading?.Options[0].Iso);
        Assert.True(reading!.Repaired);
        Assert.InRange(reading.Plausibility, 0.2, 0.75);
    }

    [Theory]
    [InlineData("30/02/2020")]
    [InlineData("Feb 30, 2020")]
    [InlineData("13/13/2020")]
    [InlineData("29/02/2023")]
    [InlineData("00/10/2020")]
    [InlineData("1,234.56")]
    [InlineData("10.11.12.13")]
    [InlineData("1-800-12-05-2026")]
    [InlineData("555-12-1234")]
    [InlineData("01 12 34 56 78")]
    [InlineData("(632) 735-1027")]
    [InlineData("Sep 2020")]
    [InlineData("Sep 7 20:13")]
    [InlineData("21:02")]
    [InlineData("CLM093079")]
    [InlineData("EST-02646")]
    [InlineData("7 marbles 2020")]
    [InlineData("Invoice of 25/12/2018")]
    [InlineData("")]
    public void Read_NoDate_GivesNothing(string text) => Assert.Null(DateReader.Read(text, ReferenceYear));

    [Fact]
    public void Read_BirthDateWithTwoDigitYear_IsNeverInTheFuture()
    {
        Assert.Equal(2030, DateReader.Read("25/12/30", ReferenceYear)!.Options[0].Date.Year);
        Assert.Equal(1930, DateReader.Read("25/12/30", ReferenceYear, notAfterReference: true)!.Options[0].Date.Year);
    }

    [Fact]
    public void FindAll_SeveralDatesInALine_FindsEachWhereItStands()
    {
        const string Line = "Policy Period: 04/12/19 - 04/12/20 (issued Sep 7, 2020) REF 20200907 10.50";

        var found = DateReader.FindAll(Line, ReferenceYear).ToList();

        Assert.Equal(["04/12/19", "04/12/20", "Sep 7, 2020", "20200907"], found.Select(date => Line[date.Span]));
        Assert.Equal(found.Select(date => date.Reading.Printed), found.Select(date => Line[date.Span]));
    }

    [Fact]
    public void FindAll_DashBetweenDatesWithoutSpaces_FindsBoth() =>
        Assert.Equal(["04/12/19", "04/13/20"], DateReader.FindAll("04/12/19-04/13/20", ReferenceYear).Select(found => found.Reading.Printed));

    [Fact]
    public void FindAll_ServiceLineOfACms1500_FindsFromAndTo() =>
        Assert.Equal(["03 02 20", "03 09 20"], DateReader.FindAll("03 02 20 03 09 20 21 48578", ReferenceYear).Select(found => found.Reading.Printed));
}
