using System.Globalization;
using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Server.Api.Rows;

/// <summary>What somebody wants of a collection.</summary>
/// <param name="Columns">The columns to show.</param>
/// <param name="Filters">Values by filter; what is not asked for is absent. A list is an array.</param>
/// <param name="After">Key of the row to go on after; null to begin.</param>
/// <param name="Limit">Most rows of a page; null for all of them.</param>
internal sealed record ListRequest(
    Collection Collection, IReadOnlyList<Column> Columns, IReadOnlyDictionary<string, object> Filters, IReadOnlyList<object>? After, int? Limit)
{
    public const int DefaultLimit = 50;
    public const int MostRows = 1000;

    /// <summary>Parameters that every list takes beside its filters.</summary>
    public static readonly IReadOnlyList<string> PageParameters = ["limit", "cursor"];

    /// <summary>Everything, unfiltered.</summary>
    public static ListRequest All(Collection collection) => new(collection, collection.Columns, new Dictionary<string, object>(), After: null, Limit: null);

    /// <summary>Reads a query string. Whatever is wrong with it is added to <paramref name="mistakes"/>; the request is of use only if nothing was.</summary>
    /// <param name="isPaged">False: <c>limit</c> and <c>cursor</c> are unknown, and all rows are wanted.</param>
    /// <param name="others">Parameters that mean something to the caller.</param>
    public static ListRequest Parse(Collection collection, IQueryCollection query, bool isPaged, List<Mistake> mistakes, params string[] others)
    {
        string[] known = [.. collection.Filters.Select(filter => filter.Name), "fields", .. isPaged ? PageParameters : [], .. others];
        mistakes.AddRange(query.Keys.Except(known, StringComparer.Ordinal).Select(name => new Mistake(name, $"There is no such parameter. There are: {string.Join(", ", known)}.")));
        mistakes.AddRange(known.Where(name => query[name].Count > 1 && collection.Filters.FirstOrDefault(filter => filter.Name == name) is not { IsList: true })
            .Select(name => new Mistake(name, "It may be given once.")));
        var filters = new Dictionary<string, object>();
        foreach (var filter in collection.Filters.Where(filter => query.ContainsKey(filter.Name)))
        {
            if (ValueOf(filter, query[filter.Name].ToString(), mistakes) is { } value)
            {
                filters[filter.Name] = value;
            }
        }

        return new(
            collection,
            ColumnsOf(collection, query["fields"], mistakes),
            filters,
            isPaged ? AfterOf(collection, query["cursor"], mistakes) : null,
            isPaged ? LimitOf(query["limit"], mistakes) : null);
    }

    /// <summary>The statement's parameters. One row more than the limit, to know whether there is another page.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var filter in Collection.Filters)
        {
            var type = ParameterValue.DbType(filter.Type);
            parameters.Add(new() { ParameterName = filter.Name, Value = Filters.GetValueOrDefault(filter.Name) ?? DBNull.Value, NpgsqlDbType = filter.IsList ? type | NpgsqlDbType.Array : type });
        }

        for (var i = 0; i < Collection.Key.Count; i++)
        {
            var column = Collection.ColumnOf(Collection.Key[i]);
            parameters.Add(new() { ParameterName = "after_" + column.Name, Value = After?[i] ?? DBNull.Value, NpgsqlDbType = ParameterValue.DbType(column.Type) });
        }

        parameters.Add(new() { ParameterName = "limit", Value = (object?)(Limit + 1) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
    }

    private static object? ValueOf(Filter filter, string text, List<Mistake> mistakes)
    {
        var texts = filter.IsList ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
        var values = texts.Select(one => ParameterValue.Parse(filter.Type, one)).ToArray();
        if (text.Length == 0 || values.Contains(null))
        {
            mistakes.Add(new(filter.Name, $"It takes {ParameterValue.Shape(filter.Type)}{(filter.IsList ? ", or several with commas between" : "")}."));
            return null;
        }

        if (filter.OneOf is { } allowed && texts.Except(allowed).Any())
        {
            mistakes.Add(new(filter.Name, $"It takes {string.Join(", ", allowed)}."));
            return null;
        }

        return filter.Prepare is { } prepare ? prepare(text)
            : !filter.IsList ? values[0]
            : filter.Type == ColumnType.Uuid ? values.Cast<Guid>().ToArray()
            : values.Cast<string>().ToArray();
    }

    private static IReadOnlyList<Column> ColumnsOf(Collection collection, string? text, List<Mistake> mistakes)
    {
        if (text is null)
        {
            return collection.Columns;
        }

        var wanted = text.Split(',', StringSplitOptions.TrimEntries);
        var unknown = wanted.Except(collection.Columns.Select(column => column.Name)).ToList();
        if (unknown.Count > 0)
        {
            mistakes.Add(new("fields", $"There is no field '{string.Join("', '", unknown)}'. There are: {string.Join(", ", collection.Columns.Select(column => column.Name))}."));
        }

        return [.. collection.Columns.Where(column => wanted.Contains(column.Name))];
    }

    private static IReadOnlyList<object>? AfterOf(Collection collection, string? text, List<Mistake> mistakes)
    {
        var after = text is null ? null : Cursor.Parse(collection, text);
        if (text is not null && after is null)
        {
            mistakes.Add(new("cursor", "It is not the 'next' of a page of this list."));
        }

        return after;
    }

    private static int LimitOf(string? text, List<Mistake> mistakes)
    {
        if (text is null)
        {
            return DefaultLimit;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > MostRows)
        {
            mistakes.Add(new("limit", $"It takes a whole number from 1 to {MostRows}."));
            return DefaultLimit;
        }

        return limit;
    }
}

/// <summary>What is wrong with a parameter.</summary>
internal sealed record Mistake(string Parameter, string Message);
