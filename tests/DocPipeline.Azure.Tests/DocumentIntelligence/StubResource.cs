using DocPipeline.Azure.DocumentIntelligence;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Testing.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Azure.Tests.DocumentIntelligence;

/// <summary>A resource on the loopback, with an invented key.</summary>
internal static class StubResource
{
    public const string Key = "FAKEKEY";
    public const string Id = "3b31320d-8bab-4f88-b19c-2322a7f11034";

    /// <summary>A result of one page with the words Total 12.50.</summary>
    public const string Result = """
        {"status":"succeeded","analyzeResult":{"modelId":"prebuilt-layout","content":"Total 12.50","pages":[{"pageNumber":1,"width":8.5,"height":11,"unit":"inch","words":[
          {"content":"Total","polygon":[1,1,2,1,2,1.2,1,1.2],"confidence":0.99,"span":{"offset":0,"length":5}},
          {"content":"12.50","polygon":[3,1,4,1,4,1.2,3,1.2],"confidence":0.9,"span":{"offset":6,"length":5}}]}],
         "keyValuePairs":[{"confidence":0.8,"key":{"content":"Total","spans":[{"offset":0,"length":5}],"boundingRegions":[{"pageNumber":1,"polygon":[1,1,2,1,2,1.2,1,1.2]}]},
           "value":{"content":"12.50","spans":[{"offset":6,"length":5}],"boundingRegions":[{"pageNumber":1,"polygon":[3,1,4,1,4,1.2,3,1.2]}]}}],
         "tables":[{"rowCount":1,"columnCount":2,"spans":[],"boundingRegions":[{"pageNumber":1,"polygon":[1,1,4,1,4,1.2,1,1.2]}],"cells":[
           {"kind":"rowHeader","rowIndex":0,"columnIndex":0,"content":"Total","spans":[{"offset":0,"length":5}],"boundingRegions":[{"pageNumber":1,"polygon":[1,1,2,1,2,1.2,1,1.2]}]},
           {"rowIndex":0,"columnIndex":1,"content":"12.50","spans":[{"offset":6,"length":5}],"boundingRegions":[{"pageNumber":1,"polygon":[3,1,4,1,4,1.2,3,1.2]}]}]}]}}
        """;

    public const string Running = """{"status":"running"}""";

    public static PagePicture Picture { get; } = new(Page: 3, Width: 612, Height: 792, "image/png", "%PDF-1.4 fake"u8.ToArray());

    public static DocumentIntelligenceOptions At(StubService stub) => new(stub.Address)
    {
        Key = new Secret(Key),
        Time = new QuickTime(),
        // A hundredth of that is waited: a machine with other work must not become a fault.
        Limits = new WireLimits { MaxReplyBytes = 100_000, Deadline = TimeSpan.FromMinutes(30), JobDeadline = TimeSpan.FromHours(1) },
    };

    public static DocumentIntelligenceClient Client(DocumentIntelligenceOptions options) => new(options, NullLogger<DocumentIntelligenceClient>.Instance);

    public static StubReply Started(StubService stub, string model = "prebuilt-layout") =>
        StubReply.Empty(202).With("Operation-Location", $"{stub.Address.AbsoluteUri.TrimEnd('/')}/documentintelligence/documentModels/{model}/analyzeResults/{Id}?api-version=2024-11-30");

    public static Task<PageReading> ReadAsync(DocumentIntelligenceOptions options) => new DocumentIntelligenceEngine(Client(options)).ReadAsync(Picture, TestContext.Current.CancellationToken);
}
