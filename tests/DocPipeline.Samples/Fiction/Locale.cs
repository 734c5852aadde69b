using System.Globalization;

namespace DocPipeline.Samples.Fiction;

internal enum Language
{
    English,
    German,
}

/// <summary>How one document writes dates, amounts, telephone numbers and addresses.</summary>
internal sealed record Locale
{
    private static readonly string[] GermanMonths =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    public required string Country { get; init; }

    public required string DatePattern { get; init; }

    public required string MoneyPrefix { get; init; }

    public string MoneySuffix { get; init; } = "";

    /// <summary>The ISO code where the sign on the paper means one currency only; null for a bare dollar sign or none.</summary>
    public string? Currency { get; init; }

    public bool Grouping { get; init; } = true;

    public Language Language => Country == "DE" ? Language.German : Language.English;

    public bool IsA4 => Country != "US";

    /// <summary>The wording of the tax on parts and labour.</summary>
    public string TaxName => Country switch { "IN" => "GST", "UK" => "VAT", "DE" => "MwSt.", _ => "Sales Tax" };

    public decimal TaxRate => Country switch { "IN" => 0.18m, "UK" => 0.20m, "DE" => 0.19m, _ => 0.0725m };

    /// <summary>How many of the local currency buy what a dollar buys, roughly: keeps prices plausible.</summary>
    public decimal PriceLevel => Country == "IN" ? 80 : 1;

    public string Date(DateOnly date) => DatePattern == "d. MMMM yyyy"
        ? $"{date.Day}. {GermanMonths[date.Month - 1]} {date.Year}"
        : date.ToString(DatePattern, CultureInfo.InvariantCulture);

    /// <summary>Without sign or currency, as in the cells of a table.</summary>
    public string Plain(decimal amount)
    {
        var digits = amount.ToString("0.00", CultureInfo.InvariantCulture);
        var (whole, cents) = (digits[..^3], digits[^2..]);
        if (!Grouping)
        {
            return Country == "DE" ? $"{whole},{cents}" : digits;
        }

        return Country switch
        {
            "IN" => $"{Group(whole, 2, ",")}.{cents}",
            "DE" => $"{Group(whole, 3, ".")},{cents}",
            _ => $"{Group(whole, 3, ",")}.{cents}",
        };
    }

    public string Money(decimal amount) => MoneyPrefix + Plain(amount) + MoneySuffix;

    public string Phone(Dice dice) => Country switch
    {
        "US" => dice.Pick($"({dice.Whole(201, 989)}) 555-01{dice.Digits(2)}", $"{dice.Whole(201, 989)}-555-01{dice.Digits(2)}"),
        "UK" => $"020 7946 0{dice.Digits(3)}",
        "IN" => $"+91 20 5550 01{dice.Digits(2)}",
        _ => $"030 23125 {dice.Digits(3)}",
    };

    public static Locale UnitedStates(Dice dice)
    {
        var (prefix, suffix, currency) = dice.Pick<(string, string, string?)>(("$", "", null), ("$", "", null), ("", "", null), ("$ ", "", null), ("$", " USD", "USD"), ("USD ", "", "USD"));
        return new Locale
        {
            Country = "US",
            DatePattern = dice.Pick("MM/dd/yyyy", "MM/dd/yyyy", "M/d/yyyy", "MMMM d, yyyy", "MMM d, yyyy", "yyyy-MM-dd", "MM-dd-yyyy", "M/d/yy"),
            MoneyPrefix = prefix,
            MoneySuffix = suffix,
            Currency = currency,
            Grouping = dice.Chance(0.85),
        };
    }

    public static Locale UnitedKingdom(Dice dice) => new()
    {
        Country = "UK",
        DatePattern = dice.Pick("dd/MM/yyyy", "d MMMM yyyy", "dd MMM yyyy", "dd.MM.yyyy"),
        MoneyPrefix = "£",
        Currency = "GBP",
    };

    public static Locale India(Dice dice)
    {
        var prefix = dice.Pick("Rs. ", "Rs.", "INR ", "Rs ");
        return new Locale
        {
            Country = "IN",
            DatePattern = dice.Pick("dd/MM/yyyy", "dd-MM-yyyy", "dd-MMM-yyyy", "dd MMM yyyy"),
            MoneyPrefix = prefix,
            Currency = "INR",
        };
    }

    public static Locale Germany(Dice dice) => new()
    {
        Country = "DE",
        DatePattern = dice.Pick("dd.MM.yyyy", "dd.MM.yyyy", "d. MMMM yyyy"),
        MoneyPrefix = "",
        MoneySuffix = dice.Pick(" EUR", " €"),
        Currency = "EUR",
    };

    // Groups of three digits from the right, then groups of the given size.
    private static string Group(string whole, int size, string separator)
    {
        var groups = new Stack<string>();
        var take = 3;
        while (whole.Length > take)
        {
            groups.Push(whole[^take..]);
            whole = whole[..^take];
            take = size;
        }

        groups.Push(whole);
        return string.Join(separator, groups);
    }
}
