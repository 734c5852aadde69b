using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Split;

namespace DocPipeline.Tests.Extract;

/// <summary>What extraction says of the words that it could not use.</summary>
public sealed class CoverageTests
{
    private static readonly DocumentExtractor Extractor = new(TimeProvider.System);

    [Fact]
    public void Labels_values_rows_headings_and_sentences_account_for_a_page()
    {
        var page = Assert.Single(Coverage("repair_estimate", """
            REPAIR ESTIMATE

            Estimate Number: EST-4471        Date: 03/14/2026

            Description              Qty      Amount
            Front bumper cover       1        412.50
            Headlamp left            1        188.00

            Total                             600.50

            This estimate is valid for thirty days and does not cover hidden damage.
            """));

        Assert.Empty(page.LostRows);
        Assert.Equal(page.Words, page.Explained);
    }

    [Fact]
    public void A_list_under_no_known_header_is_lost_and_said_to_be()
    {
        var page = Assert.Single(Coverage("repair_estimate", """
            Estimate Number: EST-4471        Date: 03/14/2026

            Wobble           Frob      Zing
            Front cover      12.50     412.50
            Headlamp left    11.20     188.00
            Hood             16.10     240.00
            Fender           12.90     310.75

            Total:                     1,151.25
            """));

        Assert.Equal(["Front cover 12.50 412.50", "Headlamp left 11.20 188.00", "Hood 16.10 240.00", "Fender 12.90 310.75"], page.LostRows.Select(row => row.Text));
        Assert.True(page.Share < 0.6);
    }

    [Fact]
    public void Two_lines_with_figures_are_no_list()
    {
        var page = Assert.Single(Coverage("repair_estimate", """
            Estimate Number: EST-4471        Date: 03/14/2026

            Wobble           Frob      Zing
            Front cover      12.50     412.50
            Headlamp left    11.20     188.00
            """));

        Assert.Empty(page.LostRows);
    }

    [Fact]
    public void Totals_of_many_lists_are_no_list_and_neither_are_dates_in_sentences()
    {
        var page = Assert.Single(Coverage("loss_run", """
            Period total                       59,679.60    49,217.52
            Nothing was reported for this period on 01/05/2026 as far as we know.
            Nothing was reported on 01/05/2026.          Nothing was reported on 02/06/2026.
            Nothing was reported on 03/05/2026.          Nothing was reported on 04/06/2026.
            Nothing was reported on 05/05/2026.          Nothing was reported on 06/06/2026.



            Period total                            0.00         0.00




            Period total                          840.60       217.52
            """));

        Assert.Empty(page.LostRows);
    }

    [Fact]
    public void A_type_that_yields_nothing_has_nothing_to_account_for() =>
        Assert.Empty(Coverage("not_a_claim", "Peel 2.50 potatoes and 1.25 onions"));

    private static IReadOnlyList<PageCoverage> Coverage(string type, string text) => Extractor.Extract(new DocumentPart(type, 0.9, [1]), [PrintedPage.Of(text)]).Coverage;
}
