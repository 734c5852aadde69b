using System.Text.Json;
using DocPipeline.Aws.Wire;

namespace DocPipeline.Aws.Textract;

/// <summary>Bodies of requests, byte for byte as the official SDK sends them.</summary>
internal static class TextractRequests
{
    /// <summary>One page by its bytes.</summary>
    public static byte[] Sync(TextractOptions options, ReadOnlyMemory<byte> picture) => AwsJson.Object(body =>
    {
        if (options.Operation == TextractOperation.AnalyzeID)
        {
            body.List("DocumentPages", [picture], static (writer, page) => writer.Item(item => item.WriteBase64String("Bytes", page.Span)));
            return;
        }

        body.Object("Document", document => document.WriteBase64String("Bytes", picture.Span));
        if (options.Operation == TextractOperation.AnalyzeDocument)
        {
            WriteFeatures(body, options);
            WriteQueries(body, options);
        }
    });

    /// <summary>Starts a job.</summary>
    /// <param name="token">Makes the request idempotent: the same token gives the same job. 1 to 64 letters, digits, _ and -.</param>
    public static byte[] Start(TextractOptions options, S3Location file, string? token) => AwsJson.Object(body =>
    {
        body.Object("DocumentLocation", location => location.Object("S3Object", place =>
        {
            place.WriteString("Bucket", file.Bucket);
            place.WriteString("Name", file.Key);
            if (file.Version is not null)
            {
                place.WriteString("Version", file.Version);
            }
        }));
        if (options.Operation == TextractOperation.AnalyzeDocument)
        {
            WriteFeatures(body, options);
        }

        if (token is not null)
        {
            body.WriteString("ClientRequestToken", token);
        }

        if (options.Operation == TextractOperation.AnalyzeDocument)
        {
            WriteQueries(body, options);
        }
    });

    /// <summary>Asks for a page of a job's result.</summary>
    public static byte[] Get(string job, int maxResults, string? next) => AwsJson.Object(body =>
    {
        body.WriteString("JobId", job);
        body.WriteNumber("MaxResults", maxResults);
        if (next is not null)
        {
            body.WriteString("NextToken", next);
        }
    });

    /// <summary>The features as the API names them.</summary>
    public static IEnumerable<string> NamesOf(TextractFeatures features) =>
        Enum.GetValues<TextractFeatures>().Where(feature => feature != TextractFeatures.None && features.HasFlag(feature)).Select(feature => feature.ToString().ToUpperInvariant());

    private static void WriteFeatures(Utf8JsonWriter body, TextractOptions options) =>
        body.List("FeatureTypes", NamesOf(options.Features), static (writer, name) => writer.WriteStringValue(name));

    private static void WriteQueries(Utf8JsonWriter body, TextractOptions options)
    {
        if (!options.Features.HasFlag(TextractFeatures.Queries))
        {
            return;
        }

        body.Object("QueriesConfig", queries => queries.List("Queries", options.Queries, static (writer, query) => writer.Item(item =>
        {
            item.WriteString("Text", query.Text);
            if (query.Alias is not null)
            {
                item.WriteString("Alias", query.Alias);
            }

            if (query.Pages.Count > 0)
            {
                item.List("Pages", query.Pages, static (pages, page) => pages.WriteStringValue(page));
            }
        })));
    }
}
