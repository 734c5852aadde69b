namespace DocPipeline.Samples.Fiction;

internal static class CheckDigits
{
    private const string VinAlphabet = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    private const string YearCodes = "ABCDEFGHJKLMNPRSTVWXY123456789";
    private static readonly int[] VinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <summary>A VIN of 17 characters with the year code and the check digit of 49 CFR 565.15.</summary>
    public static string Vin(Dice dice, string maker, int year)
    {
        var body = string.Concat(Enumerable.Range(0, 5).Select(_ => VinAlphabet[dice.Whole(0, VinAlphabet.Length - 1)]));
        var vin = $"{maker}{body}0{YearCodes[(year - 1980) % 30]}{dice.Letters(1)}{dice.Digits(6)}".ToCharArray();
        var sum = vin.Select((c, i) => VinWeights[i] * VinValue(c)).Sum() % 11;
        vin[8] = sum == 10 ? 'X' : (char)('0' + sum);
        return new string(vin);
    }

    /// <summary>A National Provider Identifier: nine digits and a Luhn digit over 80840 and them.</summary>
    public static string Npi(Dice dice)
    {
        var body = "1" + dice.Digits(8);
        var sum = 24 + body.Reverse().Select((c, i) => i % 2 == 0 ? Doubled(c - '0') : c - '0').Sum();
        return body + ((10 - (sum % 10)) % 10);
    }

    private static int Doubled(int digit) => digit > 4 ? (2 * digit) - 9 : 2 * digit;

    private static int VinValue(char character) => character switch
    {
        <= '9' => character - '0',
        <= 'H' => character - 'A' + 1,
        <= 'R' => character - 'J' + 1,
        _ => character - 'S' + 2,
    };
}
