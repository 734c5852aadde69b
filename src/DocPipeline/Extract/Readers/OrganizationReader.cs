namespace DocPipeline.Extract.Readers;

/// <summary>Reads names of companies, hospitals, garages and authorities, as printed.</summary>
public static class OrganizationReader
{
    public static Reading? Read(string text, ReaderContext context)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', ';', ',', '*', '|', ' ', '_', '=');
        if (folded.Length is < 2 or > 120 || Placeholders.IsPlaceholder(folded) || !folded.Any(char.IsLetter))
        {
            return null;
        }

        if (DateReader.Read(folded, context.ReferenceYear) is not null || AmountReader.Read(folded) is { Plausibility: > 0.6 }
            || EmailReader.Read(folded) is { Plausibility: > 0.8 } || PhoneReader.Read(folded) is { Plausibility: > 0.8 })
        {
            return null;
        }

        var words = folded.Split(' ');
        var legal = words.Skip(1).Any(word => NameWords.LegalForms.Contains(NameWords.Bare(word)));
        var business = words.Any(word => NameWords.Businesses.Contains(NameWords.Bare(word)));
        if (!legal && LabelWords.AreAll(folded))
        {
            return null;
        }

        var letters = (double)folded.Count(c => char.IsLetter(c) || c == ' ') / folded.Length;
        var capitals = words.Count(word => char.IsUpper(word[0])) / (double)words.Length;
        var labels = words.Count(LabelWords.IsLabel) / (double)words.Length;
        var plausibility = legal ? 0.98 : business ? 0.85 : 0.55;
        plausibility *= letters < 0.6 ? 0.5 : 1;
        plausibility *= capitals < 0.5 ? 0.6 : 1;
        plausibility *= words.Length > 9 ? 0.5 : 1;
        plausibility *= legal || business ? 1 : 1 - (0.6 * labels);
        plausibility *= folded.EndsWith('.') && !legal && words.Length > 5 ? 0.5 : 1;
        return Reading.Certain(folded, plausibility);
    }
}
