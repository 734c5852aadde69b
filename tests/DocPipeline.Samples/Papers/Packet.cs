using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>Several documents of one case in one file.</summary>
internal sealed record Packet(IReadOnlyList<Paper> Papers)
{
    public IReadOnlyList<Sheet> Sheets => [.. Papers.SelectMany(paper => paper.Sheets)];

    /// <summary>Each document with its page numbers, from 1.</summary>
    public IEnumerable<(Paper Paper, IReadOnlyList<int> Pages)> Placed()
    {
        var next = 1;
        foreach (var paper in Papers)
        {
            yield return (paper, [.. Enumerable.Range(next, paper.Sheets.Count)]);
            next += paper.Sheets.Count;
        }
    }

    /// <summary>What the documents agree on, and what only one of them says.</summary>
    public IReadOnlyDictionary<string, object> Agreed()
    {
        var agreed = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var said in Papers.SelectMany(paper => paper.Truth.Values).GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal))
        {
            if (said.Distinct().Count() == 1)
            {
                agreed.Add(said.Key, said.First());
            }
        }

        return agreed;
    }

    /// <summary>Two to five documents of the setting's case, each in a style of its own.</summary>
    /// <param name="contradicting">The police report gives a date of loss a day later than the other documents.</param>
    public static Packet Random(Setting setting, bool contradicting)
    {
        var dice = setting.Dice;
        Setting Restyled() => setting with { Style = Style.Random(dice, setting.Locale.IsA4), Words = new Wording(setting.Locale.Language, dice) };
        var reported = contradicting ? setting.Case with { LossDate = setting.Case.LossDate.AddDays(1) } : setting.Case;
        Func<Setting, Paper>[] makers =
        [
            s => Paper.Of(PaperTypes.AutoClaimForm, AutoClaimForm.Make(s, otherParty: true), s.Style),
            s => Paper.Of(PaperTypes.PoliceReport, PoliceReport.Make(s with { Case = reported }, insuredNamed: true), s.Style),
            s => Paper.Of(PaperTypes.RepairEstimate, RepairPapers.Estimate(s), s.Style),
            InsuranceCardPaper.MakeOnPage,
            s => Paper.Of(PaperTypes.PolicyDeclarations, PolicyPapers.Declarations(s), s.Style),
            s => Paper.Of(PaperTypes.DischargeSummary, HospitalPapers.DischargeSummary(s), s.Style),
        ];
        var chosen = contradicting ? makers[..2].Concat(dice.Several(dice.Whole(0, 3), makers[2..])) : dice.Several(dice.Whole(2, 5), makers);
        return new Packet([.. chosen.Select(make => make(Restyled()))]);
    }
}
