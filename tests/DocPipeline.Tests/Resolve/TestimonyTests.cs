using DocPipeline.Documents;
using DocPipeline.Resolve;

namespace DocPipeline.Tests.Resolve;

/// <summary>What services may change, rule by rule; that they accept nothing and clear nothing is tried with everything that they can say.</summary>
public sealed class TestimonyTests
{
    private const string Textract = "textract AnalyzeExpense";

    private static readonly Support Strong = new(WeakestWord: 1, PageLegibility: 1, Label: 1, Ways: 4, Mentions: 4, Sums: 2, BrokenSums: false);

    [Theory]
    [InlineData("total_amount", "41.80", "41.8")]
    [InlineData("invoice_number", "INV-7", "inv 7")]
    [InlineData("policyholder_name", "Jane Doe", "DOE JANE")]
    public void Who_says_the_same_stands_in_the_evidence_and_changes_nothing_else(string field, string read, string said)
    {
        var (alone, heard) = (Resolve(Invoice(field, read)), Resolve(Invoice(field, read, Says(field, said))));

        Assert.Equal([Textract], heard[field]!.Evidence.Witnesses!);
        Assert.Equal((alone[field]!.Value, alone[field]!.Confidence, alone[field]!.Accepted), (heard[field]!.Value, heard[field]!.Confidence, heard[field]!.Accepted));
        Assert.Empty(heard[field]!.Alternatives);
    }

    [Fact]
    public void Who_contradicts_what_was_accepted_offers_a_choice_and_the_value_stays()
    {
        var field = Resolve(Invoice("total_amount", "41.80", Says("total_amount", "44.80")))["total_amount"]!;

        Assert.Equal(("41.80", true, null), (field.Value, field.Accepted, field.Evidence.Witnesses));
        var choice = Assert.Single(field.Alternatives);
        Assert.Equal(("44.80", Textract), (choice.Value, choice.SaidBy));
    }

    [Theory]
    [InlineData("provider", "Example Market Ltd", "Example Market")]
    [InlineData("invoice_number", "INV-20417", "20417")]
    public void Who_saw_less_of_it_neither_agrees_nor_contradicts(string field, string read, string said)
    {
        var heard = Resolve(Invoice(field, read, Says(field, said)))[field]!;

        Assert.Null(heard.Evidence.Witnesses);
        Assert.Empty(heard.Alternatives);
    }

    [Fact]
    public void Who_says_both_says_nothing_against_it()
    {
        var heard = Resolve(Invoice("total_amount", "41.80", Says("total_amount", "44.80"), Says("total_amount", "41.80")))["total_amount"]!;

        Assert.Equal([Textract], heard.Evidence.Witnesses!);
        Assert.Empty(heard.Alternatives);
    }

    [Fact]
    public void Who_does_not_name_the_field_can_only_agree()
    {
        Assert.Empty(Resolve(Invoice("total_amount", "41.80", Says("total_amount", "44.80") with { Names = false }))["total_amount"]!.Alternatives);
        Assert.Equal([Textract], Resolve(Invoice("total_amount", "41.80", Says("total_amount", "41.80") with { Names = false }))["total_amount"]!.Evidence.Witnesses!);
        Assert.Empty(Resolve(Document(Says("tax", "3.00") with { Names = false })).Findings);
    }

    [Fact]
    public void Who_may_mean_a_required_field_proposes_the_only_value_that_no_other_field_has()
    {
        var (torn, alone, taken) = (Says("document_date", "2026-01-05") with { Names = false }, Says("document_date", "2026-01-06") with { Names = false }, Says("document_date", "2026-02-01") with { Names = false });
        var loss = ("date_of_loss", Values.Candidate("date_of_loss", "2026-02-01", 1, Strong, PageSources.TextLayer));

        Assert.Null(Resolve(Values.Document("invoice", loss) with { Statements = [torn, alone] })["document_date"]);
        Assert.Equal(("2026-01-06", false), Resolve(Values.Document("invoice", loss) with { Statements = [alone, taken] })["document_date"] is { } field ? (field.Value, field.Accepted) : default);
    }

    [Fact]
    public void What_the_type_requires_and_only_a_service_saw_is_proposed_and_not_accepted()
    {
        var field = Resolve(Document(Says("total_amount", "44.80"), Says("total_amount", "44.00")))["total_amount"]!;

        Assert.Equal(("44.80", false, "textract"), (field.Value, field.Accepted, field.Evidence.Source));
        Assert.Equal("44.00", Assert.Single(field.Alternatives).Value);
    }

    [Theory]
    [InlineData("tax", true)]
    [InlineData("total_amount", false)]
    public void What_nobody_requires_or_does_not_stand_on_the_page_is_a_suggestion_and_no_value(string field, bool stands)
    {
        var document = Resolve(Document(Says(field, "3.00") with { StandsOnPage = stands }));

        Assert.Empty(document.Fields);
        var finding = Assert.Single(document.Findings);
        Assert.Equal(("service-suggests", Severity.Info, field), (finding.Rule, finding.Severity, finding.Field));
        Assert.Contains("'3.00'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_document_of_the_file_says_is_not_missing()
    {
        var claim = Claim(Invoice("total_amount", "41.80"), Document(Says("total_amount", "44.80")));

        Assert.Empty(claim.Documents[1].Fields);
        Assert.Equal("41.80", claim.Fields.Single(field => field.Field.Name == "total_amount").Field.Value);
    }

    [Fact]
    public void A_service_that_was_not_heard_is_a_finding()
    {
        var document = Resolve(Invoice("total_amount", "41.80") with { NotAsked = [new(Textract, "It is down."), new(Textract, "It rests.")] });

        var finding = Assert.Single(document.Findings);
        Assert.Equal(("service-not-asked", Severity.Info, "textract AnalyzeExpense was not heard on the invoice: It is down. It rests."), (finding.Rule, finding.Severity, finding.Message));
    }

    [Fact]
    public void Whatever_services_say_the_same_values_are_accepted()
    {
        string[] names = ["total_amount", "document_date", "provider", "invoice_number"];
        var invoice = Values.Document("invoice", [.. names.Select(name => (name, Candidate(name)))]);
        var alone = Resolve(invoice);
        foreach (var statements in names.Append("tax").SelectMany(name => new[] { Value(name), "7", "2031-01-01", "" }.Select(value => Says(name, value))).Chunk(3))
        {
            var heard = Resolve(invoice with { Statements = statements });

            Assert.Equal(Accepted(alone).Order(), Accepted(heard).Order());
        }

        static IEnumerable<(string, string)> Accepted(ResolvedDocument document) => document.Fields.Where(field => field.Accepted).Select(field => (field.Name, field.Value));
    }

    private static string Value(string name) => name switch { "document_date" => "2026-01-05", "provider" => "Example Market", "invoice_number" => "INV-7", _ => "41.80" };

    private static Candidate Candidate(string field) => Values.Candidate(field, Value(field), 1, Strong, PageSources.TextLayer);

    private static ExtractedDocument Document(params Statement[] statements) => Values.Document("invoice") with { Statements = statements };

    private static ExtractedDocument Invoice(string field, string value, params Statement[] statements) =>
        Values.Document("invoice", (field, Values.Candidate(field, value, 1, Strong, PageSources.TextLayer))) with { Statements = statements };

    private static Statement Says(string field, string value) =>
        new(field, new(value, 0, new Evidence(1, new Box(0.5, 0.5, 0.6, 0.52), value, "textract"), "as TOTAL", []) { SaidBy = Textract }, Names: true, StandsOnPage: true);

    private static ResolvedDocument Resolve(ExtractedDocument document) => Claim(document).Documents[0];

    private static ResolvedClaim Claim(params ExtractedDocument[] documents) => new ClaimResolver(Calibration.Shipped, new ResolveOptions { ErrorTarget = 0.2 }).Resolve(documents);
}
