using static DocPipeline.Tests.Extract.PrintedDocument;

namespace DocPipeline.Tests.Extract;

public sealed class AmountsExtractedTests
{
    [Fact]
    public void The_total_that_equals_subtotal_and_tax_wins_over_decoys()
    {
        var document = Printed("invoice", """
            Previous Balance:            500.00
            Subtotal:                    100.00
            Sales Tax:                    10.00
            Total:                       110.00
            Amount Due:                  610.00
            """);

        Assert.Equal("110.00", Value(document, "total_amount"));
        Assert.Equal("100.00", Value(document, "subtotal"));
        Assert.Equal("10.00", Value(document, "tax"));
    }

    [Fact]
    public void What_was_paid_and_what_is_due_vouch_for_the_total_and_a_column_of_totals_is_none()
    {
        var document = Printed("invoice", """
            Description              Qty          Price          Total
            Room charges             2           300.00         600.00
            Laboratory               1           410.00         410.00

                                             Subtotal         1,010.00
                                             Discount            50.00
                                             Total              960.00
                                             Amount Paid        200.00
                                             Balance Due        760.00
            """);

        var total = document.Fields.Single(field => field.Field == "total_amount").Candidates;
        Assert.Equal("960.00", total[0].Value);
        Assert.True(total.Count == 1 || total[1].Score < 0.5 * total[0].Score);
    }

    [Fact]
    public void A_currency_may_stand_far_from_its_amount()
    {
        Assert.Equal("34.73", Value(Printed("invoice", "Rechnung\nTotal EUR                                34,73"), "total_amount"));
    }

    [Fact]
    public void A_row_of_three_amounts_is_what_is_before_tax_tax_and_total()
    {
        var document = Printed("invoice", """
            FACTURE
            Montant HT       Montant TVA       Montant TTC
            Abonnement             24,99       5,00       29,99
            Total facture          24,99       5,00       29,99
            """);

        Assert.Equal(["24.99", "5.00", "29.99"], new[] { "subtotal", "tax", "total_amount" }.Select(field => Value(document, field)));
    }

    [Fact]
    public void Lines_that_add_up_vouch_for_the_total_and_are_the_subtotal_where_nothing_is_added()
    {
        var document = Printed("invoice", """
            Description              Qty       Unit Price     Amount
            Stretch wrap roll        5             16.62       83.10
            Bubble film              2             10.00       20.00
            Total Price                                       103.10
            """);

        Assert.Equal("103.10", Value(document, "total_amount"));
        Assert.Equal("103.10", Value(document, "subtotal"));
    }

    [Theory]
    [InlineData("12 Main Street, Redmond, WA 98052", "USD")]
    [InlineData("12 Main Street, Toronto, Canada", null)]
    [InlineData("12 Main Street, WA 98052, shipped from Canada", null)]
    public void A_dollar_sign_is_that_of_the_United_States_beside_their_addresses_only(string address, string? currency)
    {
        Assert.Equal(currency, Value(Printed("invoice", $"Example Stores Inc\n{address}\nTotal:   $19.80"), "currency"));
    }

    [Fact]
    public void The_same_amount_at_two_places_leaves_the_contested_place_to_the_other_field()
    {
        var document = Printed("invoice", """
            Net Amount:              462.80
            Grand Total:             462.80
            """);

        Assert.Equal("462.80", Value(document, "total_amount"));
        Assert.Equal("462.80", Value(document, "subtotal"));
    }

    [Theory]
    [InlineData("Total Sales Inclusive GST     13.06", "SR @ 6%     16.98     1.02", "18.00")]
    [InlineData("Total Sales Inclusive GST     28.40", "SR @ 6%     26.79     1.61", "28.40")]
    [InlineData("Total Sales Inclusive GST     13.06", "SR @ 6%     95.00     5.70", "13.06")]
    public void A_misread_total_is_mended_where_a_tax_summary_makes_one_that_looks_alike(string total, string summary, string value)
    {
        Assert.Equal(value, Value(Receipt($"{total}\n{summary}"), "total_amount"));
    }

    [Fact]
    public void A_total_that_was_read_surely_is_not_mended()
    {
        var document = Printed("receipt", "Total Sales Inclusive GST     13.06\nSR @ 6%     16.98     1.02");

        Assert.Equal("13.06", Value(document, "total_amount"));
    }
}
