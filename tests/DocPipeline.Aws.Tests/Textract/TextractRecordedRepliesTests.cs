using System.Text.Json.Nodes;
using DocPipeline.Aws.Tests.Wire;
using DocPipeline.Aws.Textract;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Testing;

namespace DocPipeline.Aws.Tests.Textract;

/// <summary>Every recorded reply of Textract, read and held against what is on the document. A recording that nobody reads fails the first test.</summary>
public sealed class TextractRecordedRepliesTests
{
    private static readonly TextractOptions Analysis = new() { Operation = TextractOperation.AnalyzeDocument, Features = TextractFeatures.Forms | TextractFeatures.Tables };
    private static readonly TextractOptions ExpenseAnalysis = new() { Operation = TextractOperation.AnalyzeExpense };
    private static readonly TextractOptions IdentityAnalysis = new() { Operation = TextractOperation.AnalyzeID };

    private static readonly Dictionary<string, Action<string>> Readers = new(StringComparer.Ordinal)
    {
        ["detect-document-text.json"] = file => AssertPage(Page(file, new()), words: 51),
        ["analyze-document.forms-tables-queries.paystub.json"] = Paystub,
        ["analyze-document.forms-tables.employment.js-sdk.json"] = Employment,
        ["analyze-document.forms-tables.patient-intake.json"] = file =>
        {
            var page = AssertPage(Page(file, Analysis), words: 124, tables: 1, pairs: 31, marks: 12, selected: 6);
            Assert.Contains(page.Pairs, pair => pair is { Label.Text: "Relationship to Patient:", Value.Text: "BROTHER" });
            Assert.Equal(12, page.Pairs.Count(pair => pair.Selected is not null));
            Assert.Equal("Did you feel fever or feverish lately?", page.Tables[0].Cells[0].Region.Text);
        },
        ["analyze-document.layout-forms-tables.json"] = file =>
        {
            var page = AssertPage(Page(file, Analysis), words: 282, tables: 8, pairs: 28, paragraphs: 24);
            Assert.Equal("ANY COMPANY CORP. 475 ANY AVENUE ANYTOWN, USA 10101", page.Paragraphs.First(paragraph => paragraph.Role == ParagraphRoles.Text).Region.Text);
            Assert.Contains(page.Paragraphs, paragraph => paragraph is { Role: ParagraphRoles.SectionHeading, Region.Text: "Earnings Statement" });
            Assert.Equal(2, page.Paragraphs.Count(paragraph => paragraph.Role == ParagraphRoles.Table));
        },
        ["analyze-document.queries.json"] = file =>
        {
            var page = AssertPage(Page(file, Analysis), words: 51, pairs: 2);
            Assert.Equal([("What is the name of the package?", "Textractor", 0.92), ("What is the title of the document?", "Textractor Test Document", 0.87)], page.Pairs.Select(pair => (pair.Name, pair.Value.Text, pair.Value.Confidence)));
        },
        ["analyze-document.queries-no-answer.json"] = file => AssertPage(Page(file, Analysis), words: 51, pairs: 0),
        ["analyze-document.signatures.json"] = file =>
        {
            var signature = Assert.Single(AssertPage(Page(file, Analysis), words: 353, signatures: 1).Signatures);
            Assert.Equal(("", 0.548), (signature.Text, Math.Round(signature.Confidence, 3)));
            Assert.NotNull(signature.Box);
        },
        ["analyze-document.tables-2023q2-titles-footers.json"] = MergedCells,
        ["analyze-expense.receipt.json"] = Receipt,
        ["analyze-expense.sample2.json"] = file =>
        {
            var content = Content(file, ExpenseAnalysis);
            var page = content.PageOf(1, 1, new(612, 792));
            Assert.Contains(page.Pairs, pair => pair is { Name: "TOTAL", Label.Text: "AMOUNT:", Value.Text: "$38.48" });
            Assert.Equal(["ITEM", "PRICE", "BNLS/SL BRST", "22.10", "GRAPE TOMATO", "5.99", "KS BUTTER", "10.39"], Assert.Single(page.Tables).Cells.Select(cell => cell.Region.Text));
            Assert.False(content.HasRead(1)); // an old reply without words: nothing on it can be grounded
            Assert.Equal(RefusalKind.BadReply, Assert.Throws<ProviderRefusal>(() => Page(file, ExpenseAnalysis)).Kind);
        },
        ["analyze-id.passport.json"] = file =>
        {
            var content = Content(file, IdentityAnalysis);
            Assert.Equal(
                ["FIRST_NAME=LI", "LAST_NAME=JUAN", "DOCUMENT_NUMBER=0002028373", "EXPIRATION_DATE=09 MAY 2029", "DATE_OF_BIRTH=01 MAY 1982", "DATE_OF_ISSUE=09 MAY 2019", "ID_TYPE=PASSPORT", "PLACE_OF_BIRTH=NEW YORK CITY"],
                content.PageOf(1, 1, new(612, 792)).Pairs.Select(pair => $"{pair.Name}={pair.Value.Text}"));
            Assert.False(content.HasRead(1));
        },
        ["analyze-id.with-ocr.json"] = file =>
        {
            var page = AssertPage(Page(file, IdentityAnalysis), words: 53, pairs: 15);
            Assert.Contains(page.Pairs, pair => pair is { Name: "DOCUMENT_NUMBER", Value: { Text: "736HDV7874JSB", Box: null } });
            Assert.Contains(page.Page.Words, word => word.Text == "MASSACHUSETTS");
        },
        ["get-expense-analysis.multipage.json"] = Invoice,
        ["derived.get-document-analysis.paged.json"] = file => TwoPages([.. Recordings.Json("textract", file)["pages"]!.AsArray().Select(page => Recordings.Bytes(page!))], Analysis, tables: 1, pairs: [4, 3]),
        ["get-document-analysis.2page.json"] = file => TwoPages([Recordings.Bytes("textract", file)], Analysis, tables: 1, pairs: [4, 3]),
        ["get-document-text-detection.2page.json"] = file => TwoPages([Recordings.Bytes("textract", file)], new(), tables: 0, pairs: [0, 0]),
        ["get-document-analysis.page-with-nexttoken.json"] = file =>
        {
            // Its next page was never recorded: what is in this one is read as a result's first.
            var page = AssertPage(Content(file, Analysis).PageOf(1, 1, new(612, 792)), words: 131, tables: 3, pairs: 7);
            Assert.Contains(page.Pairs, pair => pair is { Label.Text: "Date:", Value.Text: "2020-03-27" });
            Assert.Equal([(8, 3), (5, 5), (3, 3)], page.Tables.Select(table => (table.Rows, table.Columns)));
        },
        ["get-document-analysis.failed.json"] = file => Assert.Equal("FAILED", ReplyJson.Read(TextractClient.Provider, Recordings.Bytes("textract", file), TextractClient.StatusOf)),
        ["get-document-analysis.in-progress.json"] = file => Assert.Equal("IN_PROGRESS", ReplyJson.Read(TextractClient.Provider, Recordings.Bytes("textract", file), TextractClient.StatusOf)),
    };

    public static TheoryData<string> Files => [.. Readers.Keys];

    [Fact]
    public void Every_recording_is_read() => Assert.Equal(
        Readers.Keys.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Recordings.Folder("textract")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_recording_holds_what_is_on_the_document(string file) => Readers[file](file);

    private static void Paystub(string file)
    {
        var page = AssertPage(Page(file, Analysis), words: 282, tables: 9, pairs: 31);
        Assert.Equal(3, page.Page.Number);
        Assert.Equal(["YTD gross pay=23,526.80", "gross pay=$ 452.43", "income tax=-40.60"], page.Pairs.Where(pair => pair.Name is not null).Select(pair => $"{pair.Name}={pair.Value.Text}"));
        Assert.Contains(page.Pairs, pair => pair is { Name: null, Label.Text: "Social Security No.", Value.Text: "987-65-4321" });
        Assert.DoesNotContain(page.Page.Words, word => word.Text.Any(char.IsWhiteSpace)); // '$ 452.43' is one of its words
        Assert.Contains(page.Tables.SelectMany(table => table.Cells), cell => cell is { Row: 1, Column: 0, RowSpan: 16, ColumnSpan: 1 });
        Assert.All(page.Tables, table => Assert.All(table.Cells, cell => Assert.True(cell.Row + cell.RowSpan <= table.Rows && cell.Column + cell.ColumnSpan <= table.Columns)));
    }

    private static void Employment(string file)
    {
        var page = AssertPage(Page(file, Analysis), words: 71, tables: 1, pairs: 14, marks: 3, selected: 1);
        Assert.Equal([("Job fair", true), ("Website", false), ("Company Employee", false)], page.Pairs.Where(pair => pair.Selected is not null).Select(pair => (pair.Label!.Text, pair.Selected!.Value)));
        var table = page.Tables.Single();
        Assert.Equal((4, 5, 20), (table.Rows, table.Columns, table.Cells.Count));
        Assert.Equal(["Start Date", "End Date", "Employer Name", "Position Held", "Reason for leaving"], table.Cells.Where(cell => cell.Header).Select(cell => cell.Region.Text));
        Assert.Contains(page.Pairs, pair => pair is { Label.Text: "Full Name:", Value.Text: "Jane Doe" });
    }

    private static void MergedCells(string file)
    {
        var table = AssertPage(Page(file, Analysis), words: 93, tables: 1).Tables.Single();
        Assert.Equal((13, 5, 35), (table.Rows, table.Columns, table.Cells.Count));
        Assert.Equal(("Balance Sheet", 0, 5), (table.Cells[0].Region.Text, table.Cells[0].Row, table.Cells[0].ColumnSpan));
        Assert.Equal(["Date", "Description", "Credit", "Debit", "Balance"], table.Cells.Where(cell => cell.Header).Select(cell => cell.Region.Text));
        Assert.Equal(65, table.Cells.Sum(cell => cell.RowSpan * cell.ColumnSpan)); // a place is in one cell: the parts of merged ones are gone
    }

    private static void Receipt(string file)
    {
        var page = AssertPage(Page(file, ExpenseAnalysis), words: 92, tables: 1, pairs: 25);
        Assert.Contains(page.Pairs, pair => pair is { Name: "TOTAL", Label.Text: "TOTAL", Value.Text: "$1810.46" });
        Assert.Contains(page.Pairs, pair => pair is { Name: "VENDOR.NAME", Label: null, Value.Text: "MEGA MARKET PLUS" });
        Assert.Contains(page.Pairs, pair => pair is { Name: null, Label.Text: "ACCOUNT #", Value.Text: "**** VISA 3433" });
        var items = page.Tables.Single();
        Assert.Equal((5, 2), (items.Rows, items.Columns));
        Assert.Equal(["ITEM", "PRICE", "LG FLATSCREEN 65", "$899.99 S"], items.Cells.Take(4).Select(cell => cell.Region.Text));
        Assert.All(items.Cells, cell => Assert.Equal(cell.Header, cell.Region.Box is null));
    }

    private static void Invoice(string file)
    {
        var content = Content(file, ExpenseAnalysis);
        Assert.Equal(2, content.Pages);
        var (first, second) = (content.PageOf(1, 1, new(612, 792)), content.PageOf(2, 2, new(612, 792)));
        Assert.Equal(219, first.Page.Words.Count + second.Page.Words.Count);
        Assert.Contains(first.Pairs, pair => pair is { Name: "RECEIVER.CITY", Value.Text: "San Francisco" });
        Assert.Contains(second.Pairs, pair => pair is { Name: "TOTAL", Value.Text: "$5,715.00" });
        Assert.Equal([6, 4], [first.Tables.Single().Rows, second.Tables.Single().Rows]);
        Assert.Equal(["QUANTITY", "ITEM", "PRICE"], second.Tables.Single().Cells.Where(cell => cell.Header).Select(cell => cell.Region.Text));
        Assert.Contains(second.Tables.Single().Cells, cell => cell.Region.Text == "$495.00");
    }

    private static void TwoPages(IReadOnlyList<byte[]> replies, TextractOptions options, int tables, int[] pairs)
    {
        var content = new TextractContent(TextractClient.Provider, options);
        foreach (var reply in replies)
        {
            ReplyJson.Read(TextractClient.Provider, reply, json =>
            {
                content.Add(json);
                return true;
            });
        }

        Assert.Equal(2, content.Pages);
        for (var number = 1; number <= 2; number++)
        {
            Assert.True(content.HasRead(number));
            var page = AssertPage(content.PageOf(number, number, new(612, 792)), words: 53, tables: tables, pairs: pairs[number - 1], marks: tables * 2, selected: tables);
            if (tables > 0)
            {
                Assert.Equal(["Cell 1", "Cell 2", "Cell 3", "Cell 4", "Cell 5"], page.Tables[0].Cells.Where(cell => cell.Header).Select(cell => cell.Region.Text));
            }
        }
    }

    private static PageLayout Page(string file, TextractOptions options) => Client(options).ReadPage(Recordings.Bytes("textract", file), StubAccess.Picture).Layout;

    private static TextractContent Content(string file, TextractOptions options) => ReplyJson.Read(TextractClient.Provider, Recordings.Bytes("textract", file), json =>
    {
        var content = new TextractContent(TextractClient.Provider, options);
        content.Add(json);
        return content;
    });

    private static TextractClient Client(TextractOptions options) => new(new("us-east-1"), options);

    private static PageLayout AssertPage(PageLayout page, int words, int tables = 0, int pairs = 0, int marks = 0, int selected = 0, int signatures = 0, int paragraphs = 0)
    {
        Assert.Equal(
            (words, tables, pairs, marks, selected, signatures, paragraphs),
            (page.Page.Words.Count, page.Tables.Count, page.Pairs.Count, page.Marks.Count, page.Marks.Count(mark => mark.Selected), page.Signatures.Count, page.Paragraphs.Count));
        Assert.Equal((612, 792, "textract"), (page.Page.Width, page.Page.Height, page.Page.Source));
        Assert.All(page.Page.Words, word => Assert.True(word is { Text.Length: > 0, Confidence: > 0 and <= 1, Box: { X0: >= 0, Y0: >= 0, X1: <= 1, Y1: <= 1, Width: > 0, Height: > 0 } }));
        return page;
    }
}
