using System.Text;
using System.Text.Json.Nodes;
using DocPipeline.Azure.DocumentIntelligence;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;

namespace DocPipeline.Azure.Tests.DocumentIntelligence;

/// <summary>Every recorded reply of Document Intelligence, read and held against what is on the document. A recording that nobody reads fails the first test.</summary>
public sealed class RecordedRepliesTests
{
    private const string Invoice = "prebuilt-invoice.2023-02-28-preview.lro-excerpt.json";
    private const string HealthCard = "prebuilt-healthInsuranceCard.us.field-schema.json";

    private static readonly Dictionary<string, Action<string>> Readers = new(StringComparer.Ordinal)
    {
        ["prebuilt-layout.2024-11-30.form.json"] = Form,
        ["prebuilt-layout.2024-11-30.keyvaluepairs.json"] = Pairs,
        ["lro-headers.layout.2023-10-31-preview.real.json"] = file =>
        {
            var post = Recordings.Json("azure-di", file)["post"]!;
            var started = new AzureReply((int)post["status"]!, [], RetryAfter: null, (string?)post["headers"]!["Operation-Location"], RequestId: null);
            Assert.Equal("d5b17721-00df-46d5-ab21-437550171c7e", Client(new Uri("https://fakeendpoint.cognitiveservices.azure.com/"), "prebuilt-layout").IdOf(started));
            Assert.Throws<ProviderRefusal>(() => Client(new Uri("https://another.cognitiveservices.azure.com/"), "prebuilt-layout").IdOf(started));
        },
        ["error.400-invalid-content.real.json"] = file =>
        {
            var response = Recordings.Json("azure-di", file)["response"]!;
            var reply = new AzureReply((int)response["status"]!, Recordings.Bytes(response["body"]!), RetryAfter: null, OperationLocation: null, (string?)response["headers"]!["apim-request-id"]);
            var refusal = Assert.IsType<ProviderRefusal>(DocumentIntelligenceErrors.Classify("document-intelligence", "to read a document", reply));
            Assert.Equal(RefusalKind.Unsupported, refusal.Kind);
            Assert.Contains("InvalidRequest/InvalidContent (HTTP 400, request 263a98a0-eba3-41d0-b8cd-23a14674d08a)", refusal.Message, StringComparison.Ordinal);
        },
        [Invoice] = file => Assert.Equal(RefusalKind.BadReply, Assert.Throws<ProviderRefusal>(() => Client("prebuilt-invoice").Read(Recordings.Bytes(InvoiceReply(file)), [new(612, 792)])).Kind), // as recorded: no pages
        [HealthCard] = HealthInsuranceCard,
    };

    public static TheoryData<string> Files => [.. Readers.Keys];

    [Fact]
    public void Every_recording_is_read() => Assert.Equal(
        Readers.Keys.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Recordings.Folder("azure-di")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_recording_holds_what_is_on_the_document(string file) => Readers[file](file);

    /// <summary>The recording leaves out the pages; one of its size in pixels is put in, and then the fields are read from the real conversation.</summary>
    [Fact]
    public async Task A_recorded_conversation_about_an_invoice_is_held()
    {
        var interactions = Recordings.Json("azure-di", Invoice)["interactions"]!.AsArray();
        var location = new Uri((string)interactions[0]!["response"]!["headers"]!["Operation-Location"]!);
        await using var stub = new StubService();
        stub.Answers(StubReply.Empty(202).With("Operation-Location", $"{stub.Address.AbsoluteUri.TrimEnd('/')}{location.PathAndQuery}"));
        foreach (var interaction in interactions.Skip(1))
        {
            var body = interaction!["response"]!["body"]!.DeepClone();
            if (body["analyzeResult"] is JsonObject result)
            {
                result["pages"] = JsonNode.Parse("""[{"pageNumber":1,"width":1700,"height":2200,"unit":"pixel","words":[]}]""");
            }

            stub.Answers(StubReply.Json(Recordings.Bytes(body)));
        }

        stub.Answers(StubReply.Empty(204));
        var reading = await StubResource.ReadAsync(StubResource.At(stub) with { Model = DocumentIntelligenceModels.Invoice });

        Assert.Equal(("prebuilt-invoice", 1), (reading.Usage.Model, reading.Usage.Units[ProviderUnits.Page]));
        Assert.Equal(3, reading.Layout.Page.Number);
        Assert.Contains(reading.Layout.Pairs, pair => pair is { Name: "SubTotal", Value.Text: "$100.00" });
        Assert.Contains(reading.Layout.Pairs, pair => pair is { Name: "VendorName", Value.Text: "CONTOSO LTD." });
        Assert.Contains(reading.Layout.Pairs, pair => pair is { Name: "ServiceAddress", Value.Text: "123 Service St,\nRedmond WA, 98052" });
        var items = reading.Layout.Tables.Single();
        Assert.Equal((3, 8), (items.Rows, items.Columns));
        Assert.Equal(["Date", "Description", "ProductCode", "Quantity", "TaxRate", "Unit", "UnitPrice", "Amount"], items.Cells.Where(cell => cell.Header).Select(cell => cell.Region.Text));
        var quantity = items.Cells.Single(cell => cell is { Row: 1, Column: 3 }).Region;
        Assert.Equal(("2", 0.899), (quantity.Text, quantity.Confidence));
        Assert.Equal(914 / 1700.0, quantity.Box!.Value.X0, precision: 9);
        Assert.Equal(1162 / 2200.0, quantity.Box.Value.Y1, precision: 9);
        Assert.Equal("DELETE", stub.Requests[^1].Method);
    }

    private static void Form(string file)
    {
        var pages = Client("prebuilt-layout").Read(Recordings.Bytes("azure-di", file), [new(792, 612), new(792, 612)]).Pages;
        Assert.Equal([(1, 54, 1, 2), (2, 206, 3, 10)], pages.Select(page => (page.Page.Number, page.Page.Words.Count, page.Tables.Count, page.Marks.Count)));
        Assert.Equal([2, 8], pages.Select(page => page.Marks.Count(mark => mark.Selected)));
        AssertPages(pages);

        var first = pages[0].Page.Words[0];
        Assert.Equal(("Sample", 0.998), (first.Text, first.Confidence));
        Assert.Equal(4.054 / 11, first.Box.X0, precision: 9); // inches of a landscape page
        Assert.Equal(0.891 / 8.5, first.Box.Y1, precision: 9);
        Assert.Equal("Sample Form Document", pages[0].Paragraphs.Single(paragraph => paragraph.Role == ParagraphRoles.Title).Region.Text);
        Assert.Equal(190, pages.Sum(page => page.Paragraphs.Count));

        var cells = pages[0].Tables[0].Cells;
        Assert.Equal("String Field: Trevor Malone", cells[0].Region.Text);
        Assert.Contains(cells, cell => cell.Region.Text == "Selection Mark 1: [x]"); // the mark itself is no text
        Assert.Equal(LeastSure(pages[0], "String", "Field:", "Trevor", "Malone"), cells[0].Region.Confidence);
        var (items, rows, columns) = (pages[1].Tables[0], pages[1].Tables[1], pages[1].Tables[2]);
        Assert.Equal([(9, 12, 108), (3, 13, 39), (9, 3, 24)], new[] { items, rows, columns }.Select(table => (table.Rows, table.Columns, table.Cells.Count)));
        Assert.Equal(12, items.Cells.Count(cell => cell.Header));
        Assert.Contains(columns.Cells, cell => cell is { Row: 1, Column: 1, ColumnSpan: 2, Region.Text: "Alexa Adams Katherine Powell" });
    }

    private static void Pairs(string file)
    {
        var page = Client("prebuilt-layout").Read(Recordings.Bytes("azure-di", file), [new(612, 792)]).Pages.Single();
        AssertPages([page]);
        Assert.Equal((499, 5, 69, 28, 143), (page.Page.Words.Count, page.Tables.Count, page.Pairs.Count, page.Marks.Count, page.Paragraphs.Count));
        Assert.Equal(11, page.Pairs.Count(pair => pair.Value is { Text: "", Box: null }));
        Assert.Contains(page.Pairs, pair => pair is { Label.Text: "Net Employment Income", Value.Text: "$ 5603.29", Value.Confidence: 0.993 });
        Assert.Equal([("Yes", true), ("No", false)], page.Pairs.Where(pair => pair.Selected is not null).Take(2).Select(pair => (pair.Label!.Text, pair.Selected!.Value)));
        Assert.Equal("Yes", page.Tables[0].Cells.Single(cell => cell is { Row: 0, Column: 1 }).Region.Text);
        Assert.Contains(page.Tables[1].Cells, cell => cell is { Header: true, Column: 1, ColumnSpan: 2, Region.Text: "Applicant" });
        Assert.Equal(133 / 2610.0, page.Page.Words[0].Box.X0, precision: 9); // pixels
        Assert.Equal("Monthly Report Avoid delays, submit by the 5th", page.Paragraphs.Single(paragraph => paragraph.Role == ParagraphRoles.PageHeader).Region.Text);
    }

    // Of the health card only the schema is known: a reply is made of it, with a value for each field, and every field must come out under its name.
    private static void HealthInsuranceCard(string file)
    {
        var names = new List<string>();
        var fields = FieldsOf(Recordings.Json("azure-di", file)["fields"]!.AsObject(), "", names);
        var reply = $$$"""
            {"status":"succeeded","analyzeResult":{"modelId":"prebuilt-healthInsuranceCard.us","pages":[{"pageNumber":1,"width":1000,"height":600,"unit":"pixel","words":[]}],
             "documents":[{"docType":"healthInsuranceCard.us","fields":{{{fields.ToJsonString()}}} }]}}
            """;
        var page = Client(DocumentIntelligenceModels.HealthInsuranceCard).Read(Encoding.UTF8.GetBytes(reply), [new(243, 153)]).Pages.Single();
        Assert.Equal(names.Order(StringComparer.Ordinal), page.Pairs.Select(pair => pair.Name!).Order(StringComparer.Ordinal));
        Assert.Contains("PrescriptionInfo.RxBIN", names);
        Assert.All(page.Pairs, pair => Assert.Equal($"of {pair.Name}", pair.Value.Text));
        Assert.Equal([["Name", "of Dependents.Name"], ["Benefit", "Amount", "of Copays.Benefit", "of Copays.Amount"]], page.Tables.Select(table => table.Cells.Select(cell => cell.Region.Text)));
    }

    private static JsonObject FieldsOf(JsonObject schema, string within, List<string> names)
    {
        var fields = new JsonObject();
        foreach (var (name, type) in schema)
        {
            fields[name] = type switch
            {
                JsonObject members => new JsonObject { ["type"] = "object", ["valueObject"] = FieldsOf(members, $"{within}{name}.", names) },
                JsonArray items => new JsonObject { ["type"] = "array", ["valueArray"] = new JsonArray(new JsonObject { ["type"] = "object", ["valueObject"] = FieldsOf(items[0]!.AsObject(), $"{within}{name}.", []) }) },
                _ => Field((string)type!, $"of {within}{name}"),
            };
            if (type is JsonValue)
            {
                names.Add(within + name);
            }
        }

        return fields;
    }

    private static JsonObject Field(string type, string content) => new()
    {
        ["type"] = type,
        ["content"] = content,
        ["confidence"] = 0.9,
        ["boundingRegions"] = JsonNode.Parse("""[{"pageNumber":1,"polygon":[10,10,50,10,50,20,10,20]}]"""),
    };

    private static JsonNode InvoiceReply(string file) => Recordings.Json("azure-di", file)["interactions"]!.AsArray()[^1]!["response"]!["body"]!;

    private static double LeastSure(PageLayout page, params string[] words) => words.Select(text => page.Page.Words.First(word => word.Text == text).Confidence).Min();

    private static void AssertPages(IEnumerable<PageLayout> pages) => Assert.All(pages, page =>
    {
        Assert.Equal("document-intelligence", page.Page.Source);
        Assert.All(page.Page.Words, word => Assert.True(word is { Text.Length: > 0, Confidence: > 0 and <= 1, Box: { X0: >= 0, Y0: >= 0, X1: <= 1, Y1: <= 1, Width: > 0, Height: > 0 } } && !word.Text.Any(char.IsWhiteSpace)));
    });

    private static DocumentIntelligenceClient Client(string model) => Client(new Uri("https://fakeendpoint.cognitiveservices.azure.com"), model);

    private static DocumentIntelligenceClient Client(Uri endpoint, string model) => StubResource.Client(new DocumentIntelligenceOptions(endpoint) { Key = new(StubResource.Key), Model = model });
}
