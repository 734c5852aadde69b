using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Providers;
using DocPipeline.Split;

namespace DocPipeline.Tests.Extract.Witnesses;

/// <summary>From what a service saw to what it says of our fields.</summary>
public sealed class StatementTests
{
    private static readonly DocumentExtractor Extractor = new(TimeProvider.System);

    private static readonly Page Receipt = PrintedPage.Of("""
        Example Market
        12 March 2025

        Sum of all        1,810.46
        Policy Number:    PL-20-7731
        """);

    [Fact]
    public void A_field_of_the_services_own_is_read_by_our_reader_from_words_on_the_page()
    {
        var statement = Assert.Single(Statements("receipt", Receipt, Seen.Named(Receipt, "TOTAL", "1,810.46")));

        Assert.Equal(("total_amount", "1810.46", true, true), (statement.Field, statement.Says.Value, statement.Names, statement.StandsOnPage));
        Assert.Equal((1, "1,810.46", "textract"), (statement.Says.Evidence.Page, statement.Says.Evidence.Text, statement.Says.Evidence.Source));
        Assert.Equal(Receipt.Words.Single(word => word.Text == "1,810.46").Box.X0, statement.Says.Evidence.Box.X0, 4);
        Assert.Equal((Seen.Expense, "textract AnalyzeExpense, as TOTAL"), (statement.Says.SaidBy, statement.Says.Reason));
    }

    [Theory]
    [InlineData("Policy Number:", "policy_number")]
    [InlineData("Sum of all", null)]
    public void A_label_means_what_the_same_label_means_to_us(string label, string? field) =>
        Assert.Equal(field is null ? [] : [field], Statements("auto_claim_form", Receipt, Seen.Pair(Receipt, label, "PL-20-7731")).Select(statement => statement.Field).Distinct());

    [Fact]
    public void A_label_that_only_the_service_saw_is_looked_up_by_its_wording()
    {
        var pair = Seen.Pair(Receipt, "Sum of all", "PL-20-7731") with { Label = new("Policy No.", Box: null, 0.9) };

        Assert.Equal("policy_number", Assert.Single(Statements("auto_claim_form", Receipt, pair)).Field);
    }

    [Fact]
    public void A_label_of_another_party_is_no_witness_for_ours()
    {
        var page = PrintedPage.Of("""
            OTHER DRIVER
            Policy Number:    ZZ-99-1000
            """);

        Assert.Empty(Statements("auto_claim_form", page, Seen.Pair(page, "Policy Number:", "ZZ-99-1000")));
    }

    [Fact]
    public void What_the_service_reads_and_the_page_does_not_say_is_told_apart()
    {
        var statement = Assert.Single(Statements("receipt", Receipt, Seen.Named(Receipt, "TOTAL", "1,810.46", text: "1,810.48")));

        Assert.Equal(("1810.48", false), (statement.Says.Value, statement.StandsOnPage));
    }

    [Fact]
    public void A_value_without_a_place_is_found_on_the_page()
    {
        var pair = new LayoutPair("INVOICE_RECEIPT_DATE", Label: null, new("12 MARCH 2025", Box: null, 0.9));

        var statement = Assert.Single(Statements("receipt", Receipt, pair));

        Assert.Equal(("2025-03-12", "12 March 2025", true), (statement.Says.Value, statement.Says.Evidence.Text, statement.StandsOnPage));
    }

    [Fact]
    public void A_name_that_may_mean_several_fields_names_none_of_them()
    {
        var page = PrintedPage.Of("Born 12 March 1990");

        var statements = Statements("insurance_card", page, Seen.Named(page, "DATE_OF_BIRTH", "12 March 1990"));

        Assert.Equal(["insured_birth_date", "patient_birth_date"], statements.Select(statement => statement.Field).Order());
        Assert.All(statements, statement => Assert.False(statement.Names));
    }

    [Fact]
    public void Parts_of_a_name_are_put_together()
    {
        var page = PrintedPage.Of("DOE JANE");

        var statements = Statements("other", page, Seen.Named(page, "FIRST_NAME", "JANE"), Seen.Named(page, "LAST_NAME", "DOE"));

        Assert.Contains(statements, statement => statement.Field == "insured_name" && statement.Says.Value == "JANE DOE");
    }

    [Fact]
    public void Who_is_less_sure_than_not_names_nothing() =>
        Assert.False(Assert.Single(Statements("receipt", Receipt, Seen.Named(Receipt, "TOTAL", "1,810.46", confidence: 0.4))).Names);

    [Fact]
    public void An_answer_to_a_question_has_the_name_of_the_field() =>
        Assert.Equal("policy_number", Assert.Single(Statements("auto_claim_form", Receipt, Seen.Named(Receipt, "policy_number", "PL-20-7731"))).Field);

    [Theory]
    [InlineData("TOTAL", "no amount at all")]
    [InlineData("TOTAL", "")]
    [InlineData("GREETING", "1,810.46")]
    public void Nonsense_says_nothing(string name, string text) =>
        Assert.Empty(Statements("receipt", Receipt, new LayoutPair(name, Label: null, new(text, Box: null, 0.9))));

    [Fact]
    public void What_the_reader_found_is_the_same_with_services_and_without()
    {
        var part = new DocumentPart("receipt", 0.9, [1]);

        var (alone, seen) = (Extractor.Extract(part, [Receipt]), Extractor.Extract(part, [Receipt], Seen.By(Seen.Expense, Seen.Named(Receipt, "TOTAL", "1,810.46"))));

        Assert.NotEmpty(seen.Statements);
        Assert.Equivalent(alone.Fields, seen.Fields, strict: true);
    }

    private static IReadOnlyList<Statement> Statements(string type, Page page, params LayoutPair[] pairs) =>
        Extractor.Extract(new DocumentPart(type, 0.9, [1]), [page], Seen.By(Seen.Expense, pairs)).Statements;
}
