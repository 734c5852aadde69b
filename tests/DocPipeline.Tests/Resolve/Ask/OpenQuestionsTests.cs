using DocPipeline.Documents;
using DocPipeline.Resolve.Ask;

namespace DocPipeline.Tests.Resolve.Ask;

public sealed class OpenQuestionsTests
{
    [Fact]
    public void A_required_date_with_two_readings_is_asked_with_both()
    {
        var question = Assert.Single(Of(("invoice", Paper.TornBill)), question => question.Field == "document_date");

        Assert.Equal(Doubt.TwoReadings, question.Doubt);
        Assert.Equal(["2026-03-04", "2026-04-03"], question.Choices.Select(choice => choice.Value).Order(StringComparer.Ordinal).Take(2));
    }

    [Fact]
    public void A_required_field_that_no_document_has_is_asked()
    {
        var question = Assert.Single(Of(("auto_claim_form", Paper.UndatedForm)));

        Assert.Equal(("date_of_loss", Doubt.Missing), (question.Field, question.Doubt));
        Assert.Empty(question.Choices);
    }

    [Fact]
    public void What_another_document_says_beyond_doubt_is_not_asked() => Assert.DoesNotContain(
        Of(("auto_claim_form", Paper.UndatedForm), ("police_report",
            """
            POLICE REPORT
            Report Number: PR-2026-1188
            Date of Accident: March 17, 2026
            Time of Accident: 19:40
            Location of Accident: Harbour Road 4, Springfield
            Reporting Officer: J. Sample
            Policy Number: PL-88-4410
            """)),
        question => question.Field == "date_of_loss");

    [Theory]
    [InlineData("PL-88-4470", true)]
    [InlineData("PL-71-9000", false)]
    public void What_documents_are_at_odds_about_is_asked_where_this_page_may_say_what_the_other_one_does(string elsewhere, bool isAsked) => Assert.Equal(isAsked, Of(
        ("auto_claim_form",
            """
            AUTO CLAIM FORM
            Claim Number: CL-2044-17
            Policy Number: PL-88-4410
            Policy Number: PL-88-4470
            Policyholder Name: Martha Example
            Date of Loss: March 17, 2026
            Loss Location: Harbour Road 4, Springfield
            """),
        ("police_report",
            $"""
            POLICE REPORT
            Report Number: PR-2026-1188
            Date of Accident: March 17, 2026
            Time of Accident: 19:40
            Location of Accident: Harbour Road 4, Springfield
            Reporting Officer: J. Sample
            Policy Number: {elsewhere}
            """)).Any(question => question is { Document: 0, Field: "policy_number", Doubt: Doubt.DocumentsContradict }));

    [Fact]
    public void A_blank_form_is_asked_nothing() => Assert.Empty(Of(("auto_claim_form",
        """
        AUTO CLAIM FORM
        Claim Number:
        Policy Number:
        Policyholder Name:
        Date of Loss:
        Loss Location:
        """)));

    [Fact]
    public void A_paper_that_is_no_claim_is_asked_nothing() => Assert.Empty(Of(("not_a_claim", "Apple pie\nTake 03/04 of a cup of flour.\nTotal time: 45 minutes")));

    private static IReadOnlyList<OpenQuestion> Of(params (string, string)[] parts)
    {
        var paper = Paper.Of(parts);
        return OpenQuestions.Of(paper.Documents, paper.Claim);
    }
}
