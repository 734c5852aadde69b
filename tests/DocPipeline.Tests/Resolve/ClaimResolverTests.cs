using DocPipeline.Documents;
using DocPipeline.Resolve;

namespace DocPipeline.Tests.Resolve;

public sealed class ClaimResolverTests
{
    private static readonly Support Strong = new(WeakestWord: 1, PageLegibility: 1, Label: 1, Ways: 4, Mentions: 4, Sums: 2, BrokenSums: false);

    [Fact]
    public void A_claim_says_which_calibration_its_confidences_are_of() =>
        Assert.Equal(Calibration.Shipped.Version, Resolve(0.005, Values.Document("receipt")).Calibration);

    [Fact]
    public void A_stricter_target_accepts_fewer_values_and_reports_the_same()
    {
        var document = Values.Document("repair_estimate",
            [.. new[] { "claim_number", "policy_number", "invoice_number", "vin", "total_amount", "document_date", "provider", "insurer" }
                .Select((field, i) => (field, Printed(field, "2026-01-05", 0.95 - (i * 0.05), Strong with { Ways = 1 + (i % 3), Mentions = 1 })))]);

        var accepted = new[] { 0.0001, 0.005, 0.2 }.Select(target => Resolve(target, document)).ToList();

        Assert.Equal(accepted[0].Fields.Select(field => field.Field.Name), accepted[2].Fields.Select(field => field.Field.Name));
        Assert.True(Count(accepted[0]) <= Count(accepted[1]) && Count(accepted[1]) <= Count(accepted[2]), "A stricter target accepted more.");
        Assert.True(Count(accepted[0]) < Count(accepted[2]), "The dial moves nothing.");

        static int Count(ResolvedClaim claim) => claim.Fields.Count(field => field.Field.Accepted);
    }

    [Fact]
    public void A_value_with_another_reading_is_never_accepted()
    {
        var (sure, torn) = (Printed("document_date", "2026-01-05", 1, Strong), Printed("document_date", "2026-01-05", 1, Strong, "2026-05-01"));

        Assert.True(Assert.Single(Resolve(0.2, Values.Document("invoice", ("document_date", sure))).Fields).Field.Accepted);
        var field = Assert.Single(Resolve(0.2, Values.Document("invoice", ("document_date", torn))).Fields).Field;
        Assert.False(field.Accepted);
        Assert.Equal("2026-05-01", Assert.Single(field.Alternatives).Value);
    }

    [Fact]
    public void Documents_that_say_the_same_make_it_surer_and_one_that_contradicts_makes_it_less_sure()
    {
        var form = Values.Document("auto_claim_form", ("date_of_loss", Printed("date_of_loss", "2026-01-05", 0.7, Values.Doubtful)));
        var same = Values.Document("police_report", ("date_of_loss", Printed("date_of_loss", "2026-01-05", 0.7, Values.Doubtful)));
        var other = Values.Document("police_report", ("date_of_loss", Printed("date_of_loss", "2026-01-06", 0.7, Values.Doubtful)));

        var alone = Confidence(form);
        Assert.True(Confidence(form, same) > alone, "Agreement is worth nothing.");
        Assert.True(Confidence(form, other) < alone, "Contradiction costs nothing.");

        static double Confidence(params ExtractedDocument[] documents) =>
            new ClaimResolver(Calibration.Shipped, new ResolveOptions { ReportFrom = 0 }).Resolve(documents).Documents[0]["date_of_loss"]!.Confidence;
    }

    [Fact]
    public void A_candidate_whose_support_nobody_counted_waits_for_a_person()
    {
        var claim = Resolve(0.2, Values.Document("invoice", ("total_amount", Printed("total_amount", "41.80", 1, support: null))));

        Assert.DoesNotContain(claim.Fields, field => field.Field.Accepted);
    }

    [Fact]
    public void What_is_stored_beside_a_value_has_no_support_in_it()
    {
        var best = Printed("total_amount", "41.80", 0.9, Strong, "4180.00");
        var field = Assert.Single(Resolve(0.005, Values.Document("invoice", ("total_amount", best))).Fields).Field;

        Assert.All(field.Alternatives, alternative => Assert.Null(alternative.Support));
    }

    private static Candidate Printed(string field, string value, double score, Support? support, params string[] readings) =>
        Values.Candidate(field, value, score, support, PageSources.TextLayer, readings);

    private static ResolvedClaim Resolve(double target, params ExtractedDocument[] documents) =>
        new ClaimResolver(Calibration.Shipped, new ResolveOptions { ErrorTarget = target }).Resolve(documents);
}
