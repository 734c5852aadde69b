using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Labels;

/// <summary>All wordings of a document type, folded, with what they name. Built once a type.</summary>
internal sealed class LabelBook
{
    private const double Weak = 0.75;
    private const double Faint = 0.5;

    private readonly Dictionary<string, List<LabelTarget>> _targets = [];
    private readonly Dictionary<string, string> _sections = [];
    private readonly KnownTexts _known;

    public LabelBook(VocabularySchema vocabulary, IReadOnlyDictionary<string, FieldSchema> fields, IEnumerable<TableSchema> tables)
    {
        Text = new(vocabulary.Equivalents);
        foreach (var (name, field) in fields)
        {
            AddAll(name, field.Labels, 1, role: null);
            AddAll(name, field.WeakLabels, Weak, role: null);
            AddAll(name, field.FaintLabels, Faint, role: null);
            foreach (var (role, labels) in field.InSection)
            {
                AddAll(name, labels, 1, role);
                AddAll(name, vocabulary.Prefixes.GetValueOrDefault(role, []).SelectMany(prefix => labels.Select(label => $"{prefix} {label}")), 1, role: null);
            }
        }

        foreach (var label in vocabulary.OtherLabels)
        {
            Add(Text.Fold(label), new(Field: null, 1, Role: null));
        }

        foreach (var column in tables.SelectMany(table => table.Columns).SelectMany(column => column.Labels))
        {
            Add(Text.Fold(column), new(Field: null, 0.5, Role: null));
        }

        foreach (var (role, headings) in vocabulary.Sections)
        {
            foreach (var heading in headings)
            {
                _sections.TryAdd(Text.Fold(heading), role);
            }
        }

        _known = new(_targets.Keys);
    }

    public LabelText Text { get; }

    /// <summary>What a folded wording names, or null.</summary>
    public IReadOnlyList<LabelTarget>? Find(string folded) => _targets.GetValueOrDefault(folded);

    /// <summary>The role of a folded heading, or null.</summary>
    public string? SectionOf(string folded) => _sections.GetValueOrDefault(folded);

    /// <summary>The wording that a misread one most likely was: one wrong character in eight, and only where one wording fits best.</summary>
    public string? FindMisread(string folded) => _known.Nearest(folded);

    private void AddAll(string field, IEnumerable<string> labels, double strength, string? role)
    {
        foreach (var label in labels)
        {
            Add(Text.Fold(label), new(field, strength, role));
        }
    }

    private void Add(string folded, LabelTarget target)
    {
        if (folded.Length == 0)
        {
            return;
        }

        if (!_targets.TryGetValue(folded, out var targets))
        {
            _targets[folded] = targets = [];
        }

        // The first entry of a field for a role is the strongest: lists go from strong to faint.
        if (!targets.Exists(known => known.Field == target.Field && known.Role == target.Role))
        {
            targets.Add(target);
        }
    }
}
