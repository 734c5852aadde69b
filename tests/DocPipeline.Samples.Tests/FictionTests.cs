using DocPipeline.Samples.Fiction;

namespace DocPipeline.Samples.Tests;

public sealed class FictionTests
{
    [Fact]
    public void Vin_Always_HasTheCheckDigitOfItsOtherCharacters()
    {
        Assert.True(HasCheckDigit("11111111111111111"));
        Assert.False(HasCheckDigit("11111111211111111"));
        var dice = new Dice(5);
        Assert.All(Enumerable.Range(0, 500), i => Assert.True(HasCheckDigit(CheckDigits.Vin(dice, "1HG", 2010 + (i % 14)))));
    }

    [Fact]
    public void Npi_Always_PassesLuhn()
    {
        Assert.True(PassesLuhn("808401234567893"));
        Assert.False(PassesLuhn("808401234567894"));
        var dice = new Dice(6);
        Assert.All(Enumerable.Range(0, 500), _ => Assert.True(PassesLuhn("80840" + CheckDigits.Npi(dice))));
    }

    [Theory]
    [InlineData("US", "1,234,567.80")]
    [InlineData("UK", "1,234,567.80")]
    [InlineData("IN", "12,34,567.80")]
    [InlineData("DE", "1.234.567,80")]
    public void Amount_InACountry_IsGroupedAsThere(string country, string printed) =>
        Assert.Equal(printed, new Locale { Country = country, DatePattern = "", MoneyPrefix = "" }.Plain(1234567.80m));

    [Fact]
    public void Case_Always_KeepsItsDatesInOrder()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var made = World.NewCase(Locale.UnitedStates(new Dice(seed)), new Dice(seed));
            Assert.InRange(made.LossDate, made.PolicyFrom, made.PolicyTo);
            Assert.True(made.Admission <= made.Discharge);
            Assert.NotEqual(made.Insurer, made.OtherInsurer);
        }
    }

    private static bool HasCheckDigit(string vin)
    {
        int[] weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        const string Letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
        const string Values = "12345678123457923456789";
        var sum = vin.Select((c, i) => weights[i] * (char.IsDigit(c) ? c - '0' : Values[Letters.IndexOf(c, StringComparison.Ordinal)] - '0')).Sum() % 11;
        return vin[8] == (sum == 10 ? 'X' : (char)('0' + sum));
    }

    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var counted = i % 2 == 1 ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return sum % 10 == 0;
    }
}
