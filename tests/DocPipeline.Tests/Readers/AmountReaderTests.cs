using DocPipeline.Extract.Readers;

namespace DocPipeline.Tests.Readers;

public sealed class AmountReaderTests
{
    [Theory]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("1 234,56", "1234.56")]
    [InlineData("1,25,000.00", "125000.00")]
    [InlineData("12,34,567", "1234567.00")]
    [InlineData("1'234.50", "1234.50")]
    [InlineData("1’234’567.50", "1234567.50")]
    [InlineData("45.-", "45.00")]
    [InlineData("45,--", "45.00")]
    [InlineData("1,939/-", "1939.00")]
    [InlineData("Rs. 1,939/-", "1939.00")]
    [InlineData("(123.45)", "-123.45")]
    [InlineData("($123.45)", "-123.45")]
    [InlineData("-123.45", "-123.45")]
    [InlineData("-$123.45", "-123.45")]
    [InlineData("$-123.45", "-123.45")]
    [InlineData("123.45-", "-123.45")]
    [InlineData("123.45 CR", "-123.45")]
    [InlineData("123.45 DR", "123.45")]
    [InlineData("$3,800.00", "3800.00")]
    [InlineData("%7,08,000.00", "708000.00")]
    [InlineData("$ 3,800.00", "3800.00")]
    [InlineData("3800", "3800.00")]
    [InlineData("3.800,00 €", "3800.00")]
    [InlineData("€3.800,00", "3800.00")]
    [InlineData("12,00 EUR", "12.00")]
    [InlineData("USD 12.00", "12.00")]
    [InlineData("US$12.00", "12.00")]
    [InlineData("$12.00 USD", "12.00")]
    [InlineData("RM 9.00", "9.00")]
    [InlineData("RM9.00", "9.00")]
    [InlineData("9.00*", "9.00")]
    [InlineData("9.00 SR", null)]
    [InlineData("9.00 S", "9.00")]
    [InlineData("9.00S", "9.00")]
    [InlineData("1 ,234.50", "1234.50")]
    [InlineData("1, 234.50", "1234.50")]
    [InlineData("1,234. 50", "1234.50")]
    [InlineData("$ 1,234 .50", "1234.50")]
    [InlineData(".50", "0.50")]
    [InlineData("0.500", "0.50")]
    [InlineData("0,1234", "0.1234")]
    [InlineData("1234.500", "1234.50")]
    [InlineData(": 12.50", "12.50")]
    [InlineData("1753 | 00", "1753.00")]
    [InlineData("$ 42842 | 80", "42842.80")]
    [InlineData("2,889.79", "2889.79")]
    [InlineData("1,000,000", "1000000.00")]
    [InlineData("1.000.000", "1000000.00")]
    [InlineData("1.000.000,5", "1000000.50")]
    public void Read_AmountWithOneMeaning_GivesPlainDecimals(string text, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], AmountReader.Read(text)?.Options.Select(option => option.Plain) ?? []);

    [Theory]
    [InlineData("1.234", "1.234", "1234.00")]
    [InlineData("1,234", "1234.00", "1.234")]
    [InlineData("9.000", "9.00", "9000.00")]
    [InlineData("$125,000", "125000.00", "125.00")]
    public void Read_OneSeparatorAndThreeDigits_GivesBothMeanings(string text, string withPoint, string withComma)
    {
        var reading = AmountReader.Read(text)!;

        Assert.Equal(withPoint, reading.Under(DecimalStyle.Point).Value);
        Assert.Equal(withComma, reading.Under(DecimalStyle.Comma).Value);
        Assert.Equal([withComma], reading.Under(DecimalStyle.Undecided).Alternatives);
    }

    [Theory]
    [InlineData("S1,234.50", "1234.50")]
    [InlineData("B12.50", "12.50")]
    [InlineData("1O.00", "10.00")]
    [InlineData("l2.5O", "12.50")]
    [InlineData("3,8OO.00", "3800.00")]
    public void Read_MisreadCharacters_RepairedAtLowerPlausibility(string text, string expected)
    {
        var reading = AmountReader.Read(text);

        Assert.Equal(expected, reading?.Options[0].Plain);
        Assert.True(reading!.Repaired);
        Assert.InRange(reading.Plausibility, 0.2, 0.7);
    }

    [Theory]
    [InlineData("12.05.2026")]
    [InlineData("12/05/2026")]
    [InlineData("21:02")]
    [InlineData("15%")]
    [InlineData("555-1234")]
    [InlineData("CLM093079")]
    [InlineData("10.11.12.13")]
    [InlineData("1,23,45")]
    [InlineData("12,34,56.78.90")]
    [InlineData("Total")]
    [InlineData("$")]
    [InlineData("2 items")]
    [InlineData("1753 00")]
    [InlineData("1234567890123456789")]
    [InlineData("")]
    public void Read_NoAmount_GivesNothing(string text) => Assert.Null(AmountReader.Read(text));

    [Fact]
    public void Read_CentsInAColumnOfTheirOwn_OnlyWhenTheCallerSaysSo() =>
        Assert.Equal("1753.00", AmountReader.Read("1753 00", centsInOwnColumn: true)!.Options[0].Plain);

    [Theory]
    [InlineData("€12,00", "EUR")]
    [InlineData("£12.00", "GBP")]
    [InlineData("₹ 1,25,000", "INR")]
    [InlineData("Rs.12.00", "INR")]
    [InlineData("RM 9.00", "MYR")]
    [InlineData("12.00 CHF", "CHF")]
    [InlineData("US$12.00", "USD")]
    [InlineData("CA$12.00", "CAD")]
    [InlineData("A$12.00", "AUD")]
    [InlineData("R$ 12,00", "BRL")]
    [InlineData("12,00 zł", "PLN")]
    [InlineData("$12.00", null)]
    [InlineData("¥1200", null)]
    [InlineData("12.00", null)]
    public void Read_Currency_OnlyWhereTheSignMeansOne(string text, string? expected) => Assert.Equal(expected, AmountReader.Read(text)!.Currency);

    [Theory]
    [InlineData("Total: $3,896.18", "$3,896.18")]
    [InlineData("Total (RM): 9.00 Cash 10.00", "9.00|10.00")]
    [InlineData("2 Oil filter 12.50 25.00", "12.50|25.00")]
    [InlineData("Labour 3 500.00", "500.00")]
    [InlineData("Gesamt 1 234,56 €", "1 234,56 €")]
    [InlineData("Total 1 ,234.50 due 2026-01-05", "1 ,234.50")]
    [InlineData("Subtotal 2,889.79 Tax (10%) 288.98 Total 3,178.77", "2,889.79|288.98|3,178.77")]
    [InlineData("Invoice 444346 of 12.05.2026, call 555-1234", "")]
    [InlineData("Amount Claimed ₹ 1,25,000 only", "₹ 1,25,000")]
    public void FindAll_Line_FindsEachAmountWhereItStands(string line, string expected)
    {
        var found = AmountReader.FindAll(line).Select(amount => line[amount.Span].TrimStart(':', ' '));

        Assert.Equal(expected, string.Join('|', found));
    }
}
