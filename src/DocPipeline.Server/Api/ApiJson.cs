using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DocPipeline.Server.Api;

/// <summary>Small bodies that are no rows of a collection.</summary>
internal static class ApiJson
{
    private const int LargestBody = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = Rows.RowJson.Options.Encoder,
        // A misspelt member must not be taken for one that was left out.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static IResult Reply<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);

    /// <summary>The body, or null and what is wrong with it.</summary>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestBody;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Options, context.RequestAborted) is { } body
                ? (body, null)
                : (null, Problems.Of(StatusCodes.Status400BadRequest, "invalid-body", "It takes a JSON object."));
        }
        catch (JsonException mistake)
        {
            return (null, Problems.Of(StatusCodes.Status400BadRequest, "invalid-body", $"The body cannot be used at {mistake.Path ?? "$"}: it lacks a member, has one too many, or one of another type."));
        }
    }
}
