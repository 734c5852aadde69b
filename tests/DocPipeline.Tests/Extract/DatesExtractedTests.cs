using static DocPipeline.Tests.Extract.PrintedDocument;

namespace DocPipeline.Tests.Extract;

public sealed class DatesExtractedTests
{
    [Fact]
    public void A_period_gives_its_first_and_its_last_day()
    {
        var document = Printed("policy_declarations", "Policy Period:   Jan 1, 2026 - Jul 1, 2026");

        Assert.Equal("2026-01-01", Value(document, "policy_effective_from"));
        Assert.Equal("2026-07-01", Value(document, "policy_effective_to"));
    }

    [Theory]
    [InlineData("Policy Period:   Jan 1, 2026 to")]
    [InlineData("Cover effective dates:   10.41 on 3rd June 2024 to")]
    public void One_day_of_a_period_is_not_its_last(string line)
    {
        var document = Printed("policy_declarations", line);

        Assert.NotNull(Value(document, "policy_effective_from"));
        Assert.Null(Value(document, "policy_effective_to"));
    }

    [Fact]
    public void A_certificate_of_motor_insurance_says_when_cover_starts_and_ends()
    {
        var document = Printed("policy_declarations", """
            3. Effective date of the commencement of insurance for the purpose of the relevant law
            Your insurance starts at
            10:41 on 3rd June 2024
            4. Date of expiry of insurance
            Your insurance ends at
            23:59 on 2nd June 2025
            """);

        Assert.Equal("2024-06-03", Value(document, "policy_effective_from"));
        Assert.Equal("2025-06-02", Value(document, "policy_effective_to"));
    }

    [Fact]
    public void An_undecidable_date_keeps_both_readings()
    {
        var document = Printed("auto_claim_form", "Date of Loss:   03/04/2026");

        var best = Assert.Single(document.Fields, field => field.Field == "date_of_loss").Candidates[0];
        Assert.Equal(["2026-03-04", "2026-04-03"], new[] { best.Value }.Concat(best.Readings).Distinct().Order());
    }

    [Fact]
    public void A_date_elsewhere_on_the_document_settles_the_order()
    {
        var document = Printed("auto_claim_form", """
            Date of Loss:    03/04/2026
            Date Reported:   25/04/2026
            """);

        Assert.Equal("2026-04-03", Value(document, "date_of_loss"));
    }

    [Fact]
    public void Captions_of_date_boxes_do_not_part_a_caption_from_its_value()
    {
        var document = Printed("auto_claim_form", """
            319-RJG-1027          DD1946501             03      09      2023
                                                        Day     Month   Year
            Claim Number          Policy Number         Form Date
            """);

        Assert.Equal("319-RJG-1027", Value(document, "claim_number"));
        Assert.Equal("2023-09-03", Value(document, "document_date"));
    }

    [Theory]
    [InlineData("88/09/2017", "2017-09-08")]
    [InlineData("25/29/2017", "2017-09-25")]
    [InlineData("88/88/2017", null)]
    [InlineData("47/99/2017", null)]
    public void A_date_that_no_calendar_has_is_mended_where_one_other_digit_makes_the_only_date(string printed, string? date)
    {
        Assert.Equal(date, Value(Receipt($"EXAMPLE SDN BHD KUALA LUMPUR\nDate: {printed}\nTotal     5.00"), "document_date"));
    }

    [Theory]
    [InlineData("Invoice Date: 25/04/2026", "Issued: 2026-04-03", "2026-04-03", false)]
    [InlineData("Invoice Date: 04/25/2026", "Issued: 2026-04-03", "2026-03-04", false)]
    [InlineData("Invoice Date: 04/25/2026", "Report Date: 25/04/2026", "2026-03-04", true)]
    [InlineData("Invoice Date: 2026-04-25", "Issued: 2026-04-03", "2026-03-04", true)]
    public void The_rest_of_the_file_settles_the_order_where_the_document_is_silent_and_its_pages_agree(string second, string third, string date, bool open)
    {
        var pages = new[] { PrintedPage.Of("Date of Loss:   03/04/2026", 1), PrintedPage.Of(second, 2), PrintedPage.Of(third, 3) };

        var best = Printed("auto_claim_form", [1], pages).Fields.Single(field => field.Field == "date_of_loss").Candidates[0];
        var alone = Printed("auto_claim_form", "Date of Loss:   14/04/2026").Fields.Single(field => field.Field == "date_of_loss").Candidates[0];

        Assert.Equal(date, best.Value);
        Assert.Equal(open, best.Readings.Count > 0);
        Assert.True(best.Score < alone.Score);
    }
}
