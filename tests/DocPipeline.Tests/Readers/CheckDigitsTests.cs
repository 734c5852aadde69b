using DocPipeline.Documents;

namespace DocPipeline.Tests.Readers;

public sealed class CheckDigitsTests
{
    [Theory]
    [InlineData("1HGCM82633A004352", true)]
    [InlineData("1M8GDM9AXKP042788", true)]
    [InlineData("11111111111111111", true)]
    [InlineData("1hgcm82633a004352", true)]
    [InlineData("1HGCM82633A004353", false)]
    [InlineData("1M8GDM9A1KP042788", false)]
    [InlineData("1HGCM82633AO04352", false)]
    [InlineData("1HGCM82633A00435", false)]
    public void IsVinValid_Vin_ChecksPositionNine(string vin, bool expected) => Assert.Equal(expected, CheckDigits.IsVinValid(vin));

    [Theory]
    [InlineData("1234567893", true)]
    [InlineData("1245319599", true)]
    [InlineData("1234567890", false)]
    [InlineData("3234567893", false)]
    [InlineData("123456789", false)]
    [InlineData("12345678X3", false)]
    public void IsNpiValid_Npi_ChecksLuhnWithItsPrefix(string npi, bool expected) => Assert.Equal(expected, CheckDigits.IsNpiValid(npi));

    [Theory]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("DE89370400440532013000", true)]
    [InlineData("DE89370400440532013001", false)]
    [InlineData("DE8937", false)]
    [InlineData("de89370400440532013000", false)]
    public void IsIbanValid_Iban_ChecksModulo97(string iban, bool expected) => Assert.Equal(expected, CheckDigits.IsIbanValid(iban));
}
