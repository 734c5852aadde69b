using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Split;

namespace DocPipeline.Tests.Extract;

public sealed class SupportTests
{
    private static readonly DocumentExtractor Extractor = new(TimeProvider.System);

    [Fact]
    public void Amounts_that_make_a_sum_vouch_for_each_other()
    {
        var fields = Extract("""
            Subtotal:    100.00
            Tax:           8.00
            Total:       108.00
            """);

        Assert.All(new[] { "subtotal", "tax", "total_amount" }, field => Assert.True(fields[field].Sums > 0, field));
        Assert.DoesNotContain(fields.Values, support => support.BrokenSums);
    }

    [Fact]
    public void A_sum_that_does_not_come_out_speaks_against_its_parts()
    {
        var fields = Extract("""
            Subtotal:    100.00
            Tax:           8.00
            Total:       103.00
            """);

        Assert.All(new[] { "subtotal", "tax", "total_amount" }, field => Assert.True(fields[field] is { Sums: 0, BrokenSums: true }, field));
    }

    [Fact]
    public void Every_place_where_an_amount_stands_is_a_mention_whatever_stands_around_it()
    {
        var fields = Extract("""
            Total:       108.00
            Paid by card USD108.00
            Thank you: $108.00
            Ticket 1080 of 99108
            """);

        Assert.Equal(3, fields["total_amount"].Mentions);
    }

    [Fact]
    public void A_value_under_two_labels_was_found_in_two_ways()
    {
        var once = Extract("Invoice Number: IN-2044-17");
        var twice = Extract("Invoice Number: IN-2044-17\n\n\nBill No.: IN-2044-17");

        Assert.True(twice["invoice_number"].Ways > once["invoice_number"].Ways);
        Assert.True(twice["invoice_number"].Label > 0);
    }

    [Fact]
    public void Words_of_a_recognised_page_carry_the_readers_doubt()
    {
        var support = Extract("Total:       108.00", PageSources.Tesseract)["total_amount"];

        Assert.Equal(0.9, support.WeakestWord);
        Assert.Equal(0.9, support.PageLegibility);
    }

    private static Dictionary<string, Support> Extract(string text, string source = PageSources.TextLayer) =>
        Extractor.Extract(new DocumentPart("invoice", 0.9, [1]), [PrintedPage.Of(text, source: source)]).Fields
            .ToDictionary(field => field.Field, field => field.Candidates[0].Support ?? throw new InvalidOperationException($"{field.Field} has no support."));
}
