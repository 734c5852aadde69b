using System.Globalization;
using DocPipeline.Review;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.Server.Web;

/// <summary>
/// How pages are grouped into documents, as the workbench shows it and a reviewer sends it back: <c>document.PAGE</c> is the number of the document that a page belongs
/// to, <c>type.NUMBER</c> the document's type.
/// </summary>
internal sealed class PostedDocuments
{
    /// <summary>New documents that one press can make: what needs more is done in two.</summary>
    private const int MostNew = 8;

    private PostedDocuments(IReadOnlyDictionary<int, int> numberOf, IReadOnlyDictionary<int, string> typeOf, int most) => (NumberOf, TypeOf, Most) = (numberOf, typeOf, most);

    /// <summary>The document's number, from 1, by page; 0 where none was given.</summary>
    public IReadOnlyDictionary<int, int> NumberOf { get; }

    /// <summary>The type's name by the document's number.</summary>
    public IReadOnlyDictionary<int, string> TypeOf { get; }

    /// <summary>The highest number of a document.</summary>
    public int Most { get; }

    /// <summary>As it stands in the database.</summary>
    public static PostedDocuments Of(ReviewCase given) => new(
        given.Documents.SelectMany(document => document.Pages.Select(page => (Page: page, Number: document.Index + 1))).OrderBy(pair => pair.Page).ToDictionary(pair => pair.Page, pair => pair.Number),
        given.Documents.ToDictionary(document => document.Index + 1, document => document.Type),
        MostOf(given));

    /// <summary>As it was posted.</summary>
    public static PostedDocuments Of(ReviewCase given, IFormCollection form)
    {
        var most = MostOf(given);
        return new(
            given.Documents.SelectMany(document => document.Pages).Order().ToDictionary(page => page, page => Number(form[$"document.{page}"].ToString()) is { } number && number <= most ? number : 0),
            Enumerable.Range(1, most).Where(number => form[$"type.{number}"].ToString().Length > 0).ToDictionary(number => number, number => form[$"type.{number}"].ToString()),
            most);
    }

    /// <summary>The documents in the order of their first pages; a page without a number, or a document without a type, is what the problem says.</summary>
    public (IReadOnlyList<PageGroup> Groups, string? Problem) Read()
    {
        if (NumberOf.FirstOrDefault(page => page.Value == 0) is { Key: > 0 } lost)
        {
            return ([], $"Page {lost.Key} needs the number of its document, from 1 to {Most}.");
        }

        var documents = NumberOf.GroupBy(page => page.Value, page => page.Key).OrderBy(document => document.Min()).ToList();
        return documents.FirstOrDefault(document => !TypeOf.ContainsKey(document.Key)) is { } untyped
            ? ([], $"Document {untyped.Key} needs a type.")
            : ([.. documents.Select(document => new PageGroup(TypeOf[document.Key], [.. document.Order()]))], null);
    }

    private static int MostOf(ReviewCase given) => Math.Min(given.Documents.Sum(document => document.Pages.Count), given.Documents.Count + MostNew);

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
