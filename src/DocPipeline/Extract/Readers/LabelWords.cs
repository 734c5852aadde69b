using System.Collections.Frozen;

namespace DocPipeline.Extract.Readers;

/// <summary>Words that forms print as labels. A value made of nothing else is a label that was taken for a value.</summary>
public static class LabelWords
{
    private static readonly FrozenSet<string> Words = (
        "name first last middle initial date dates birth dob sex gender male female address street city state zip code postal country phone telephone tel fax mobile cell home work " +
        "email e-mail number no nr num id policy claim group member plan insured insurer patient subscriber insurance company carrier agent agency adjuster provider physician doctor " +
        "hospital facility clinic account acct invoice bill billing estimate receipt order total subtotal amount paid due balance tax taxes sum charge charges charged price unit qty quantity " +
        "rate description details code item line hours labor labour parts discount deductible currency payment terms from to through of the and or for in on at by with loss accident incident " +
        "report police time location place cause type kind year make model vin vehicle plate license licence registration mileage odometer color colour driver owner operator " +
        "signature signed relationship status employer occupation school marital single married other yes information section part page see attached above below same as if any applicable " +
        "effective expiration expiry period coverage limit limits premium diagnosis procedure modifier units referring service services source admission discharge treatment condition related " +
        "auto employment self spouse child is was there another health benefit authorization accept assignment federal ssn ein npi signature physician's supplier " +
        "insured's patient's policyholder claimant witness reference ref remarks comments notes reserved local use only office nucc cashier customer client table server").Split(' ').ToFrozenSet();

    public static bool IsLabel(string word) => Words.Contains(word.Trim(':', '.', ',', '#', '(', ')', '*', '?', ';', '/').ToLowerInvariant());

    /// <summary>True when every word of the text is one that labels are made of.</summary>
    public static bool AreAll(string text)
    {
        var words = text.Split((char[])[' ', '/', '-', '&', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 && Array.TrueForAll(words, word => IsLabel(word) || word.Length == 1);
    }
}
