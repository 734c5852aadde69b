namespace DocPipeline.Documents;

/// <summary>Numbers that can tell by themselves whether they were read right.</summary>
public static class CheckDigits
{
    private const string VinWeights = "8765432X098765432";
    private const int VinCheckPosition = 8;

    /// <summary>17 characters, digits and letters without I, O and Q (ISO 3779).</summary>
    public static bool HasVinShape(ReadOnlySpan<char> vin)
    {
        if (vin.Length != VinWeights.Length)
        {
            return false;
        }

        foreach (var c in vin)
        {
            if (VinValue(c) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The check digit of 49 CFR 565.15; required in North America only, so a failure elsewhere proves nothing.</summary>
    public static bool IsVinValid(ReadOnlySpan<char> vin)
    {
        if (!HasVinShape(vin))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < vin.Length; i++)
        {
            var weight = VinWeights[i] == 'X' ? 10 : VinWeights[i] - '0';
            sum += VinValue(vin[i]) * weight;
        }

        var check = sum % 11;
        return char.ToUpperInvariant(vin[VinCheckPosition]) == (check == 10 ? 'X' : (char)('0' + check));
    }

    /// <summary>A National Provider Identifier: ten digits, Luhn over the prefix 80840 and the number (45 CFR 162.406).</summary>
    public static bool IsNpiValid(ReadOnlySpan<char> npi) =>
        npi.Length == 10 && !npi.ContainsAnyExceptInRange('0', '9') && npi[0] is '1' or '2' && LuhnSum(npi, prefixSum: 24) % 10 == 0;

    /// <summary>An International Bank Account Number without spaces: ISO 13616, remainder 1 modulo 97.</summary>
    public static bool IsIbanValid(ReadOnlySpan<char> iban)
    {
        if (iban.Length is < 15 or > 34 || !char.IsAsciiLetterUpper(iban[0]) || !char.IsAsciiLetterUpper(iban[1]))
        {
            return false;
        }

        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            if (char.IsAsciiDigit(c))
            {
                remainder = ((remainder * 10) + (c - '0')) % 97;
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                remainder = ((remainder * 100) + (c - 'A' + 10)) % 97;
            }
            else
            {
                return false;
            }
        }

        return remainder == 1;
    }

    private static int LuhnSum(ReadOnlySpan<char> digits, int prefixSum)
    {
        var sum = prefixSum;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
            {
                digit *= 2;
            }

            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum;
    }

    /// <summary>The transliteration of ISO 3779; -1 for characters that a VIN never has.</summary>
    private static int VinValue(char c) => char.ToUpperInvariant(c) switch
    {
        >= '0' and <= '9' and var digit => digit - '0',
        'A' or 'J' => 1,
        'B' or 'K' or 'S' => 2,
        'C' or 'L' or 'T' => 3,
        'D' or 'M' or 'U' => 4,
        'E' or 'N' or 'V' => 5,
        'F' or 'W' => 6,
        'G' or 'P' or 'X' => 7,
        'H' or 'Y' => 8,
        'R' or 'Z' => 9,
        _ => -1,
    };
}
