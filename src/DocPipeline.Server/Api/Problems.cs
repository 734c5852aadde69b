using DocPipeline.Server.Api.OpenApi;
using DocPipeline.Server.Api.Rows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DocPipeline.Server.Api;

/// <summary>Errors as problem details (RFC 9457). The type of each is an anchor on the page for people, which says what to do.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static IResult InvalidParameters(IReadOnlyList<Mistake> mistakes) => Of(
        StatusCodes.Status400BadRequest,
        "invalid-parameters",
        $"{mistakes.Count} parameter(s) cannot be used.",
        new() { ["mistakes"] = mistakes.Select(mistake => new Dictionary<string, string> { ["parameter"] = mistake.Parameter, ["message"] = mistake.Message }).ToArray() });

    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not-found", what);

    /// <summary>For what the framework itself refuses.</summary>
    public static IResult OfStatus(int status) => Of(status, "http", status switch
    {
        StatusCodes.Status401Unauthorized => "This needs a key that is in force, in the header 'Authorization: Bearer KEY'. ./run apikey create NAME makes one.",
        StatusCodes.Status403Forbidden => "The key lacks the scope for this. ./run apikey list shows what each key may do.",
        StatusCodes.Status404NotFound => $"There is no such path. What there is: {ApiPage.Path}.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    });

    public static IResult Of(int status, string name, string detail, Dictionary<string, object?>? more = null) => Results.Problem(
        type: $"/api/v1/docs#{name}", title: ReasonPhrases.GetReasonPhrase(status), detail: detail, statusCode: status, extensions: more);
}
