using DocPipeline.Extract.Readers;

namespace DocPipeline.Extract.Schema;

/// <summary>A field of the vocabulary: how its value reads and how documents label it.</summary>
internal sealed record FieldSchema
{
    public required FieldType Type { get; init; }

    /// <summary>Wordings that name this field and nothing else.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Wordings that often name it but may name something else.</summary>
    public IReadOnlyList<string> WeakLabels { get; init; } = [];

    /// <summary>Wordings that name it only when nothing better is on the document.</summary>
    public IReadOnlyList<string> FaintLabels { get; init; } = [];

    /// <summary>Wordings that name it inside a section of the given role, such as <c>Name</c> below <c>Policyholder Information</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> InSection { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Most lines a value may take; 0 for the type's own default.</summary>
    public int Lines { get; init; }

    /// <summary>Where a span holds several values of the type (a period has two dates), take the last one.</summary>
    public bool PickLast { get; init; }

    /// <summary>Labels count only on this side of the page: <c>left</c>, <c>right</c> or null for both. For forms that repeat a label in two columns.</summary>
    public string? Side { get; init; }

    /// <summary>Fields that may rest on the same words as this one.</summary>
    public IReadOnlyList<string> SharesWith { get; init; } = [];

    /// <summary>Ways to find a value that has no label; see <c>UnlabelledValues</c>.</summary>
    public IReadOnlyList<string> Unlabelled { get; init; } = [];
}

/// <summary>What all document types share.</summary>
internal sealed record VocabularySchema
{
    public required int Version { get; init; }

    public required IReadOnlyDictionary<string, FieldSchema> Fields { get; init; }

    /// <summary>Headings by role: <c>policyholder</c>, <c>other_party</c>, <c>vehicle</c>…</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Sections { get; init; }

    /// <summary>Words by role that a label inside a section may carry with it: "Policyholder's Mailing Address" needs no section.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Prefixes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Labels of things that are no field: they end the value before them and never become a value.</summary>
    public required IReadOnlyList<string> OtherLabels { get; init; }

    /// <summary>Words that mean the same in a label, such as <c>number</c>, <c>no</c>, <c>#</c>.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Equivalents { get; init; }
}

/// <summary>A column of a table: its name in the result, how its cells read, and how headers word it.</summary>
/// <param name="Marked">The column that is meant where a lone mark stands under such a header: "Rptd" over a date or over an X.</param>
internal sealed record ColumnSchema(string Name, FieldType Type, IReadOnlyList<string> Labels, string? Marked = null);

/// <param name="MinimumColumns">How many columns a header row must name before it counts as this table's header.</param>
/// <param name="Key">
/// The column that names a row. A header without it below an open row, such as the second line of a card, continues that row; null where rows have no name.
/// </param>
/// <param name="Context">Columns whose value may stand once above the rows that it holds for, such as a policy's number.</param>
/// <param name="OneOf">Columns of which a header must name at least one: tax and total alone head no table of items.</param>
/// <param name="ServiceLines">True for the service lines of a medical claim form, which are told apart by the kinds of their words; see <c>ServiceLine</c>.</param>
internal sealed record TableSchema(
    string Name, int MinimumColumns, IReadOnlyList<ColumnSchema> Columns, string? Key = null, IReadOnlyList<string>? Context = null, IReadOnlyList<string>? OneOf = null, bool ServiceLines = false);

/// <summary>A document type: a data file, no code.</summary>
internal sealed record DocumentType
{
    public required string Name { get; init; }

    /// <summary>Phrases of a heading that name the type.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>Phrases that are usual on such a document.</summary>
    public IReadOnlyList<string> Wordings { get; init; } = [];

    /// <summary>Phrases that speak against the type.</summary>
    public IReadOnlyList<string> Unlike { get; init; } = [];

    /// <summary>True where the document yields no fields at all.</summary>
    public bool YieldsNothing { get; init; }

    /// <summary>Fields without which the document is incomplete.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Fields of the vocabulary that this type never states.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Additions to the vocabulary's fields, and fields of this type's own.</summary>
    public IReadOnlyDictionary<string, FieldSchema> Fields { get; init; } = new Dictionary<string, FieldSchema>();

    public IReadOnlyList<TableSchema> Tables { get; init; } = [];

    /// <summary>How much a claim trusts this type's value for a field when documents disagree; higher wins. Fields not named have 0.</summary>
    public IReadOnlyDictionary<string, int> Authority { get; init; } = new Dictionary<string, int>();

    /// <summary>True for types printed on narrow rolls: a page of such proportions with amounts speaks for them.</summary>
    public bool NarrowPage { get; init; }

    /// <summary>True if every page of the file that looks like this type starts a document of its own.</summary>
    public bool OnePage { get; init; }
}
