using DocPipeline.Documents;
using DocPipeline.Split;
using DocPipeline.Tests.Extract;
using DocPipeline.Validate;

namespace DocPipeline.Tests.Split;

public sealed class PageSplitterTests
{
    private const string ClaimForm = """
        AUTO INSURANCE CLAIM FORM
        Claim Number: CLM-1     Policy Number: PA-1
        Date of Loss: 2026-01-05
        Cause of Loss: Hail     Deductible: 500.00
        """;

    private const string Estimate = """
        REPAIR ESTIMATE
        Estimate Number: E-77    Labor  Parts  Paint
        Total Estimate: 950.00
        """;

    private static readonly PageSplitter Splitter = new();

    [Fact]
    public void A_packet_is_divided_where_another_title_heads_a_page()
    {
        var parts = Splitter.Split([PrintedPage.Of(ClaimForm, 1), PrintedPage.Of("Continued description of the events of that day, in words.", 2), PrintedPage.Of(Estimate, 3)]);

        Assert.Equal([("auto_claim_form", "1,2"), ("repair_estimate", "3")], parts.Select(part => (part.Type, string.Join(',', part.Pages))));
    }

    [Fact]
    public void A_page_that_says_it_is_the_second_does_not_open_a_document()
    {
        var parts = Splitter.Split([PrintedPage.Of(Estimate + "\nPage 1 of 2", 1), PrintedPage.Of(Estimate + "\nPage 2 of 2", 2)]);

        Assert.Equal([1, 2], Assert.Single(parts).Pages);
    }

    [Fact]
    public void A_blank_page_belongs_to_the_document_before_it()
    {
        var parts = Splitter.Split([PrintedPage.Of(ClaimForm, 1), new Page(2, 612, 792, PageSources.Blank, []), PrintedPage.Of(Estimate, 3)]);

        Assert.Equal(["1,2", "3"], parts.Select(part => string.Join(',', part.Pages)));
    }

    [Fact]
    public void A_recipe_is_not_a_claim()
    {
        var parts = Splitter.Split([PrintedPage.Of("""
            Lemon Cake
            Ingredients: 200 g flour, 3 eggs, 1 teaspoon salt
            Preheat the oven to 180 C and bake for 40 minutes until golden.
            """)]);

        Assert.Equal("not_a_claim", Assert.Single(parts).Type);
    }

    [Theory]
    [InlineData("The Blue Door\nMENU\nSoup of the day 6.50\nMain courses\nGrilled trout 18.00\nDesserts\nPear tart 7.00")]
    [InlineData("LECTURE NOTES\nLemma 2.1 Let f be continuous.\nThe proof of the lemma is an exercise for students.")]
    [InlineData("Rowan Example\nCURRICULUM VITAE\nProfessional experience\n2019 to 2024 Librarian\nEducation\nBachelor of Arts")]
    [InlineData("USER MANUAL\nRead these instructions before use. Press and hold the power button.\nTroubleshooting")]
    [InlineData("Harbour Choir\nNEWSLETTER\nIn this issue: upcoming events, save the date\nDear members, the concert is on 3 May.")]
    public void What_is_plainly_something_else_is_rejected_without_a_person(string text)
    {
        var part = Assert.Single(Splitter.Split([PrintedPage.Of(text)]));

        Assert.Equal("not_a_claim", part.Type);
        Assert.True(part.Confidence >= new ValidateOptions().RejectFromTypeConfidence);
    }

    [Fact]
    public void A_police_report_mentioned_in_a_label_is_no_title()
    {
        var parts = Splitter.Split([PrintedPage.Of(ClaimForm, 1), PrintedPage.Of("SUPPORTING DOCUMENTS\nPolice Report Copy:   Yes\nRepair Shop Estimate:   Yes\nTotal Estimated Repair:  3,800.00", 2)]);

        Assert.Single(parts);
    }
}
