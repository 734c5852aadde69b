using System.Collections.Frozen;

namespace DocPipeline.Extract.Readers;

/// <summary>Names of months and days in English, German, French, Spanish, Dutch, Italian and Portuguese, folded.</summary>
internal static class DateWords
{
    private static readonly FrozenDictionary<string, int> Months = new (int Month, string Names)[]
    {
        (1, "january jan januar janner jaenner janvier janv enero ene januari gennaio gen janeiro"),
        (2, "february feb febr februar feber fevrier fev fevr febrero februari febbraio fevereiro"),
        (3, "march mar marz maerz mrz mars marzo maart mrt marco"),
        (4, "april apr avril avr abril abr aprile"),
        (5, "may mai mayo mei maggio mag maio"),
        (6, "june jun juni juin junio giugno giu junho"),
        (7, "july jul juli juil juillet julio luglio lug julho"),
        (8, "august aug aout agosto ago augustus"),
        (9, "september sep sept septembre septiembre settembre set setembro"),
        (10, "october oct oktober okt octobre octubre ottobre ott outubro"),
        (11, "november nov novembre noviembre novembro"),
        (12, "december dec dezember dez decembre diciembre dic dicembre dezembro"),
    }.SelectMany(entry => entry.Names.Split(' ').Select(name => (name, entry.Month))).ToFrozenDictionary(pair => pair.name, pair => pair.Month);

    private static readonly FrozenSet<string> Weekdays = (
        "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun " +
        "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so " +
        "lundi lun mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo " +
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag lunedi martedi mercoledi giovedi venerdi domenica").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Connectors = "of de del di d den der le the el il op am".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Ordinals = "st nd rd th er e o a te de ste eme".Split(' ').ToFrozenSet();

    /// <summary>1 to 12, or 0 when the word names no month.</summary>
    public static int Month(string folded) => Months.GetValueOrDefault(folded);

    public static bool IsWeekday(string folded) => Weekdays.Contains(folded);

    public static bool IsConnector(string folded) => Connectors.Contains(folded);

    public static bool IsOrdinal(string folded) => Ordinals.Contains(folded);
}
