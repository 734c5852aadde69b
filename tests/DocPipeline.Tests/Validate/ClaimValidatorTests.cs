using DocPipeline.Documents;
using DocPipeline.Validate;

namespace DocPipeline.Tests.Validate;

public sealed class ClaimValidatorTests
{
    private static readonly (string Name, string Value)[] Complete =
    [
        ("provider", "Lakeside Garage"), ("invoice_number", "EST-77"), ("document_date", "2026-01-12"), ("date_of_loss", "2026-01-05"),
        ("vin", "1HGCM82633A004352"), ("subtotal", "3609.58"), ("tax", "286.60"), ("total_amount", "3896.18"),
    ];

    [Fact]
    public void A_complete_claim_is_accepted_without_findings()
    {
        var claim = Claims.Of(Claims.Document("repair_estimate", Complete)).Requiring("repair_estimate", "provider", "total_amount");

        var validated = Claims.Validator.Validate(claim);

        Assert.Equal((ClaimStates.Accepted, (string?)null), validated.Decision.Outcome());
        Assert.Empty(claim.Findings());
    }

    [Fact]
    public void Warnings_alone_are_listed_and_do_not_stop_the_claim()
    {
        var claim = Claims.Of(Claims.Document("repair_estimate", [.. Complete.Where(field => field.Name != "vin"), ("vin", "1HGCM82633A004353")]));

        Assert.Equal(ClaimStates.Accepted, Claims.Validator.Validate(claim).Decision.State);
        Assert.Equal(["vin-check-digit"], claim.Codes());
    }

    [Fact]
    public void Every_error_makes_the_claim_wait_with_its_code_as_the_reason()
    {
        foreach (var rule in Claims.Validator.Rules.Where(rule => rule.Severity == Severity.Error && rule.Code != "not-a-claim"))
        {
            var decision = Claims.Validator.Validate(RuleExamples.ByCode[rule.Code] with { Pages = [] }).Decision;

            Assert.Equal((ClaimStates.NeedsReview, rule.Code.Replace('-', '_')), decision.Outcome());
        }
    }

    [Fact]
    public void A_recipe_is_rejected_as_no_claim() =>
        Assert.Equal((ClaimStates.Rejected, "not_a_claim"), Claims.Validator.Validate(Claims.Of(Claims.Document(NoClaimTypes.NotAClaim))).Decision.Outcome());

    [Fact]
    public void A_file_that_only_seems_to_be_no_claim_goes_to_a_person() =>
        Assert.Equal(
            (ClaimStates.NeedsReview, "not_a_claim"),
            Claims.Validator.Validate(Claims.Of(Claims.Document(NoClaimTypes.NotAClaim) with { TypeConfidence = 0.5 })).Decision.Outcome());

    [Fact]
    public void A_blank_form_goes_to_a_person_with_one_reason()
    {
        var claim = Claims.Of(Claims.Document("cms1500")).Requiring("cms1500", "patient_name", "total_amount");

        Assert.Equal((ClaimStates.NeedsReview, "blank_form"), Claims.Validator.Validate(claim).Decision.Outcome());
        Assert.Equal(["blank-form"], claim.Codes());
    }

    [Fact]
    public void Empty_pages_are_blank_and_of_no_unknown_type()
    {
        var claim = Claims.Of(Claims.Document(NoClaimTypes.Other)) with { Pages = [new PageQuality(1, 0, 0, IsBlank: true)] };

        Assert.Equal(["blank-form"], claim.Codes());
    }

    [Fact]
    public void A_recipe_within_a_packet_only_warns() =>
        Assert.Equal(["unclassified-pages"], Claims.Of(Claims.Document("repair_estimate", Complete), Claims.Document(NoClaimTypes.NotAClaim)).Codes());

    [Fact]
    public void Findings_go_to_the_document_they_are_about()
    {
        var validated = Claims.Validator.Validate(Claims.Of(
            Claims.Document("claim_form", ("vin", "1HGCM82633A004352")),
            Claims.Document("repair_estimate", ("vin", "1HGCM82633A004353")))).Claim;

        Assert.Equal(["documents-contradict"], validated.Findings.Select(finding => finding.Rule));
        Assert.Empty(validated.Documents[0].Findings);
        Assert.Equal(["vin-check-digit"], validated.Documents[1].Findings.Select(finding => finding.Rule));
    }

    [Fact]
    public void Validating_again_replaces_the_findings_and_keeps_those_of_others()
    {
        var claim = RuleExamples.ByCode["vin-check-digit"];
        var other = new Finding("resolved-by-person", Severity.Info, "Corrected.", "vin", []);
        claim = claim with { Claim = claim.Claim with { Findings = [other] } };

        var once = Claims.Validator.Validate(claim).Claim;
        var twice = Claims.Validator.Validate(claim with { Claim = once }).Claim;

        Assert.Equal(once.Documents[0].Findings.Select(finding => finding.Rule), twice.Documents[0].Findings.Select(finding => finding.Rule));
        Assert.Equal([other], twice.Findings);
    }

    [Fact]
    public void Broken_values_never_make_a_rule_throw()
    {
        string[] values = ["", "not a date", "2026-02-31", "99999999999999999999999999999", "-1", "１２", "O'Brien,,,", "1e9", "\0"];
        var names = Complete.Select(field => field.Name).Concat(["admission_date", "discharge_date", "patient_name", "insured_name", "amount_paid", "balance_due", "npi", "deductible"]).ToList();

        foreach (var value in values)
        {
            var document = Claims.Document("repair_estimate", [.. names.Select(name => (name, value))]) with { Tables = [Claims.Table("line_items", "amount", value)] };
            Assert.NotNull(Claims.Validator.Validate(Claims.Of(document, Claims.Document("claim_form", [.. names.Select(name => (name, "x"))]))).Decision.State);
        }
    }
}
