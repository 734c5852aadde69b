using DocPipeline.Documents;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>
/// Gives words to fields over the whole document, best proposal first, so that no word answers two fields.
/// A proposal that comes too late for its words stays as an alternative with half its score.
/// </summary>
internal static class Assignment
{
    private const int MostAlternatives = 6;

    private static readonly FieldType[][] SharingTypes =
    [
        [FieldType.Year, FieldType.VehicleMake, FieldType.VehicleModel],
        [FieldType.Date, FieldType.Time],
        [FieldType.Person, FieldType.Address],
        [FieldType.Text, FieldType.DiagnosisCodes],
        [FieldType.Amount, FieldType.Currency],
    ];

    /// <param name="required">Fields that the type must have: of two that want the same words equally, such a one gets them.</param>
    public static IReadOnlyList<FieldCandidates> Assign(IReadOnlyList<Proposal> proposals, IReadOnlyDictionary<string, FieldSchema> fields, IReadOnlyList<string> required)
    {
        var supports = new SupportCounter(proposals);
        var needed = required.SelectMany(entry => entry.Split('|')).ToHashSet();
        var owners = new Dictionary<(int Page, int Word), string>();
        var chosen = new Dictionary<string, List<Candidate>>();
        foreach (var proposal in WithoutNeedlessContention([.. proposals]).OrderByDescending(p => p.Score).ThenByDescending(p => needed.Contains(p.Field)).ThenBy(p => p.Page.Page.Number).ThenBy(p => p.Words[0].Index))
        {
            var list = chosen.TryGetValue(proposal.Field, out var known) ? known : chosen[proposal.Field] = [];
            if (list.Count == 0)
            {
                if (IsTaken(proposal, owners, fields))
                {
                    continue;
                }

                foreach (var word in proposal.Words)
                {
                    owners[(proposal.Page.Page.Number, word.Index)] = proposal.Field;
                }

                list.Add(proposal.ToCandidate() with { Support = supports.Of(proposal) });
            }
            else if (list.Count < MostAlternatives && !list.Exists(other => other.Value == proposal.Value))
            {
                list.Add((proposal with { Score = IsTaken(proposal, owners, fields) ? proposal.Score / 2 : proposal.Score }).ToCandidate());
            }
        }

        return [.. chosen
            .Where(entry => entry.Value.Count > 0)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new FieldCandidates(entry.Key, entry.Value))];
    }

    /// <summary>
    /// The same value stands twice and one of the places is wanted by another field too: about as good, the other place is taken.
    /// </summary>
    private static IEnumerable<Proposal> WithoutNeedlessContention(List<Proposal> proposals)
    {
        const double Wanted = 0.3;
        const double AboutAsGood = 0.1;
        var wanted = proposals.Where(p => p.Score >= Wanted)
            .SelectMany(p => p.Words, (p, word) => (Key: (p.Page.Page.Number, word.Index), p.Field))
            .ToLookup(entry => entry.Key, entry => entry.Field);
        var alike = proposals.ToLookup(p => (p.Field, p.Value));
        return proposals.Where(p => !IsContended(p) || !alike[(p.Field, p.Value)].Any(other => other.Score >= p.Score - AboutAsGood && !IsContended(other)));

        bool IsContended(Proposal proposal) => proposal.Words.Any(word => wanted[(proposal.Page.Page.Number, word.Index)].Any(field => field != proposal.Field));
    }

    private static bool IsTaken(Proposal proposal, Dictionary<(int Page, int Word), string> owners, IReadOnlyDictionary<string, FieldSchema> fields) =>
        !proposal.MayShare && proposal.Words.Any(word => owners.TryGetValue((proposal.Page.Page.Number, word.Index), out var owner)
            && owner != proposal.Field && !MayShare(proposal.Field, owner, fields));

    /// <summary>"2022 Lexus RX 350" is a year, a make and a model; one phrase may give a date and a time, a name and an address, a diagnosis and its code.</summary>
    private static bool MayShare(string field, string owner, IReadOnlyDictionary<string, FieldSchema> fields)
    {
        var (a, b) = (fields[field], fields[owner]);
        return a.SharesWith.Contains(owner) || b.SharesWith.Contains(field)
            || SharingTypes.Any(group => a.Type != b.Type && group.Contains(a.Type) && group.Contains(b.Type));
    }
}
