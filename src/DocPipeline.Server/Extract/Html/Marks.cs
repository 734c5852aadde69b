using DocPipeline.Documents;

namespace DocPipeline.Server.Extract.Html;

/// <summary>A box on a page, and the one number by which everything that speaks of it is linked.</summary>
/// <param name="Document">Index of the document; it has a colour of its own.</param>
/// <param name="Title">What is there, for the tip and for those who hear the page.</param>
/// <param name="Sure">Every value that was read here is accepted.</param>
internal sealed record Mark(int Number, int Document, Evidence Place, string Title, bool Sure, bool IsRow);

/// <summary>All boxes of a claim, numbered in the order of its values. One place is one box, however many values and findings name it.</summary>
internal sealed class Marks
{
    private readonly Dictionary<(int Page, Box Box), Mark> _marks = [];

    public Marks(ResolvedClaim claim)
    {
        // Values before findings: a box says what was read there, and only where nothing was, what is wrong there.
        foreach (var (index, document) in claim.Documents.Index())
        {
            foreach (var field in document.Fields)
            {
                Add(index, field.Evidence, $"{Names.Spoken(field.Name)}: {field.Value} ({Names.Percent(field.Confidence)})", field.Accepted);
            }

            foreach (var (table, number, row) in document.Tables.SelectMany(table => table.Rows.Select((row, number) => (table, number, row))))
            {
                Add(index, row.Evidence, $"{Names.Spoken(table.Name)}, row {number + 1}", sure: true, isRow: true);
            }
        }

        foreach (var (index, document) in claim.Documents.Index())
        {
            AddMissing(index, document.Findings);
        }

        AddMissing(document: 0, claim.Findings);
    }

    public int this[Evidence place] => _marks[(place.Page, place.Box)].Number;

    /// <summary>The boxes of a page. Rows come first: they lie under the values in them.</summary>
    public IEnumerable<Mark> On(int page) => _marks.Values.Where(mark => mark.Place.Page == page).OrderByDescending(mark => mark.IsRow).ThenBy(mark => mark.Number);

    private void AddMissing(int document, IReadOnlyList<Finding> findings)
    {
        foreach (var (finding, place) in findings.SelectMany(finding => finding.Evidence.Select(place => (finding, place))))
        {
            if (!_marks.ContainsKey((place.Page, place.Box)))
            {
                Add(document, place, finding.Message, sure: false);
            }
        }
    }

    private void Add(int document, Evidence place, string title, bool sure, bool isRow = false)
    {
        var key = (place.Page, place.Box);
        _marks[key] = _marks.TryGetValue(key, out var known)
            ? known with { Title = $"{known.Title}; {title}", Sure = known.Sure && sure, IsRow = known.IsRow && isRow }
            : new(_marks.Count + 1, document, place, title, sure, isRow);
    }
}
