using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Digits that recognition takes for each other, as evidence that two different prints mean the same.</summary>
internal static partial class MisreadDigit
{
    // Open and closed loops, stems with and without a bar.
    private static readonly string[] Alike = ["38", "08", "06", "68", "56", "35", "89", "09", "17", "14", "49", "27", "58", "69"];

    /// <summary>True where the numbers are printed with the same length and differ in one or two digits that look alike.</summary>
    public static bool MayBe(string read, string meant)
    {
        if (read.Length != meant.Length)
        {
            return false;
        }

        var different = 0;
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] != meant[i] && (++different > 2 || !AreAlike(read[i], meant[i])))
            {
                return false;
            }
        }

        return different > 0;
    }

    /// <summary>
    /// A date whose day or month no calendar has, with the one digit replaced that makes it a date; null where there are several ways or none.
    /// </summary>
    /// <param name="order">The order of numbers in the document, or undecided: then both count.</param>
    public static string? Repair(string printed, DateOrder order, int referenceYear)
    {
        if (NumericDate().Match(printed) is not { Success: true } match || Math.Abs(int.Parse(match.Groups["c"].Value) - referenceYear) > 15)
        {
            return null;
        }

        var (a, b, c) = (match.Groups["a"].Value, match.Groups["b"].Value, match.Groups["c"].Value);
        if (Math.Max(int.Parse(a), int.Parse(b)) <= 31 && Math.Min(int.Parse(a), int.Parse(b)) <= 12)
        {
            // Both numbers are possible: 30 February is a misprint, or a joke.
            return null;
        }

        var all = Replaced(a).Select(other => (A: other, B: b)).Concat(Replaced(b).Select(other => (A: a, B: other)))
            .Where(pair => IsDate(pair.A, pair.B, c, order)).ToList();
        var alike = all.Where(pair => (pair.A == a || MayBe(a, pair.A)) && (pair.B == b || MayBe(b, pair.B))).ToList();
        var only = alike.Count > 0 ? alike : all;
        return only.Count == 1 ? $"{only[0].A}/{only[0].B}/{c}" : null;
    }

    private static bool IsDate(string a, string b, string year, DateOrder order) =>
        (order != DateOrder.DayFirst && DateMatch.TryDate(int.Parse(year), int.Parse(a), int.Parse(b), out _))
        || (order != DateOrder.MonthFirst && DateMatch.TryDate(int.Parse(year), int.Parse(b), int.Parse(a), out _));

    private static IEnumerable<string> Replaced(string number)
    {
        for (var i = 0; i < number.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != number[i])
                {
                    yield return $"{number[..i]}{digit}{number[(i + 1)..]}";
                }
            }
        }
    }

    private static bool AreAlike(char a, char b) => Array.Exists(Alike, pair => (pair[0] == a && pair[1] == b) || (pair[1] == a && pair[0] == b));

    [GeneratedRegex("^(?<a>[0-9]{2})[/.-](?<b>[0-9]{2})[/.-](?<c>(19|20)[0-9]{2})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NumericDate();
}
