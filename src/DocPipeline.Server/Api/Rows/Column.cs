using DocPipeline.Server.Access.ApiKeys;

namespace DocPipeline.Server.Api.Rows;

/// <summary>What a value is, in the database, in JSON and in a query string.</summary>
internal enum ColumnType
{
    Text,
    Uuid,

    /// <summary>ISO 8601 date.</summary>
    Date,

    /// <summary>ISO 8601 date and time in UTC, to the microsecond.</summary>
    Time,

    /// <summary>Decimal number; keeps the decimals that the database has.</summary>
    Amount,

    /// <summary>Binary floating point number.</summary>
    Fraction,

    Whole,
    Boolean,

    /// <summary>Whole numbers.</summary>
    WholeList,

    /// <summary>A JSON array of texts as the database has it.</summary>
    TextList,

    /// <summary>A JSON object as the database has it.</summary>
    JsonObject,

    /// <summary>A JSON array of objects as the database has it.</summary>
    JsonList,
}

/// <summary>A column of a collection.</summary>
/// <param name="Example">A value of it, as JSON.</param>
internal sealed record Column(string Name, ColumnType Type, string Description, string Example, bool IsNullable = false, IReadOnlyList<string>? OneOf = null);

/// <summary>A query parameter that leaves rows out. The statement has a parameter of the same name, null where nothing is asked for.</summary>
/// <param name="Example">A value of it, as it stands in the query string.</param>
/// <param name="IsList">True: several values, with commas between or repeated, of which one has to match.</param>
/// <param name="Prepare">Makes of a text what the database compares with.</param>
internal sealed record Filter(
    string Name, ColumnType Type, string Description, string Example, bool IsList = false, IReadOnlyList<string>? OneOf = null, Func<string, string>? Prepare = null);

/// <summary>Rows of one kind that can be listed.</summary>
/// <param name="Name">Its path below <c>/api/v1</c>.</param>
/// <param name="Sql">Path of the statement.</param>
/// <param name="RowName">What one row is called.</param>
/// <param name="Description">What one row is, and in which order rows come.</param>
/// <param name="Key">The columns that the rows are ordered by; unique together.</param>
internal sealed record Collection(
    string Name, string Sql, string RowName, string Description, IReadOnlyList<Column> Columns, IReadOnlyList<string> Key, IReadOnlyList<Filter> Filters)
{
    /// <summary>What a key has to be allowed to see it.</summary>
    public string Scope { get; init; } = ApiScopes.Read;

    /// <summary>The filter that leaves one row by the id in a path; null where rows have none.</summary>
    public string? IdFilter { get; init; }

    /// <summary>True: rows are only added at the end, so that 'next' of the last page is of use later.</summary>
    public bool IsFeed { get; init; }

    public Column ColumnOf(string name) => Columns.Single(column => column.Name == name);
}
