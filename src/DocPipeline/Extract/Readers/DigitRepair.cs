namespace DocPipeline.Extract.Readers;

/// <summary>Letters that recognition confuses with digits. Applied only where digits must be.</summary>
internal static class DigitRepair
{
    /// <summary>The digit that a character is often misread from, or the character itself when it is a digit; <c>'\0'</c> otherwise.</summary>
    public static char DigitFor(char c) => c switch
    {
        >= '0' and <= '9' => c,
        'O' or 'o' or 'Q' or 'D' => '0',
        'l' or 'I' or 'i' or '|' or '!' => '1',
        'Z' or 'z' => '2',
        'S' or 's' => '5',
        'B' => '8',
        _ => '\0',
    };

    /// <summary>The letter that a digit is often misread from; the character itself when it is none of these digits.</summary>
    public static char LetterFor(char c) => c switch
    {
        '0' => 'o',
        '1' => 'l',
        '5' => 's',
        '8' => 'b',
        _ => c,
    };

    /// <summary>Reads a run as digits. At least one character must really be one, and not more may be repaired than are real.</summary>
    public static bool TryDigits(ReadOnlySpan<char> run, out string digits, out int repaired)
    {
        Span<char> buffer = stackalloc char[run.Length <= 64 ? run.Length : 0];
        digits = string.Empty;
        repaired = 0;
        if (run.IsEmpty || buffer.IsEmpty)
        {
            return false;
        }

        for (var i = 0; i < run.Length; i++)
        {
            var digit = DigitFor(run[i]);
            if (digit == '\0')
            {
                return false;
            }

            buffer[i] = digit;
            repaired += digit == run[i] ? 0 : 1;
        }

        if (repaired * 2 > run.Length)
        {
            return false;
        }

        digits = new string(buffer);
        return true;
    }
}
