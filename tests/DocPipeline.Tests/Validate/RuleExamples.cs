using DocPipeline.Documents;
using DocPipeline.Validate;

namespace DocPipeline.Tests.Validate;

/// <summary>For every rule the smallest claim that breaks it: the README's examples are the messages that these give.</summary>
internal static class RuleExamples
{
    public static IReadOnlyDictionary<string, ClaimUnderReview> ByCode { get; } = new Dictionary<string, ClaimUnderReview>
    {
        ["not-a-claim"] = Claims.Of(Claims.Document(NoClaimTypes.NotAClaim)),
        ["blank-form"] = Claims.Of(Claims.Document("cms1500")),
        ["document-type-unknown"] = Claims.Of(Claims.Document(NoClaimTypes.Other)),
        ["duplicate-invoice"] = Claims.Of(Estimate(("invoice_number", "EST-77"), ("provider", "Lakeside Garage"))).Knowing(Claims.Known("inbox/march.pdf", invoiceNumber: "est 77", provider: "LAKESIDE GARAGE")),
        ["partly-read"] = Claims.Of(Estimate(("provider", "Lakeside Garage")) with { Coverage = [new(1, Words: 200, Explained: 150, [Claims.At("Door 100.00"), Claims.At("Hood 150.00"), Claims.At("Labour 80.00")])] })
            .Requiring("repair_estimate", "total_amount"),
        ["required-field-missing"] = Claims.Of(Claims.Document("auto_claim_form", ("claim_number", "CL-2044-17")), Estimate()).Requiring("repair_estimate", "total_amount"),
        ["ambiguous-date"] = Claims.Of(Estimate() with { Fields = [Claims.Field("date_of_loss", "2026-01-05", accepted: false, "2026-05-01") with { Evidence = Claims.At("01/05/2026") }] }),
        ["required-field-uncertain"] = Claims.Of(Estimate() with { Fields = [Claims.Field("total_amount", "3800.00", accepted: false)] }).Requiring("repair_estimate", "total_amount"),
        ["model-chosen"] = Claims.Of(Estimate() with { Fields = [Claims.Field("date_of_loss", "2026-01-05", accepted: false) with { ChosenBy = new("openai", "a-model", "1f0c77e2a9b3") }] }),
        ["service-contradicts"] = Claims.Of(Estimate() with
        {
            Fields = [Claims.Field("total_amount", "3800.00", accepted: true) with { Alternatives = [new("3860.00", 0, Claims.At("3860.00") with { Source = "textract" }, "textract AnalyzeExpense, as TOTAL", []) { SaidBy = "textract AnalyzeExpense" }] }],
        }),
        ["documents-contradict"] = Claims.Of(Claims.Document("claim_form", ("date_of_loss", "2026-01-05")), Claims.Document("police_report", ("date_of_loss", "2026-01-06"))),
        ["dates-in-order"] = Claims.Of(Claims.Document("discharge_summary", ("admission_date", "2020-09-08"), ("discharge_date", "2020-09-07"))),
        ["date-in-future"] = Claims.Of(Claims.Document("claim_form", ("date_of_loss", "2026-02-03"))),
        ["loss-outside-policy-period"] = Claims.Of(Claims.Document("claim_form", ("date_of_loss", "2026-01-05"), ("policy_effective_from", "2024-12-31"), ("policy_effective_to", "2025-12-31"))),
        ["subtotal-tax-total"] = Claims.Of(Estimate(("subtotal", "100.00"), ("tax", "10.00"), ("total_amount", "120.00"))),
        ["balance-arithmetic"] = Claims.Of(Estimate(("total_amount", "660.00"), ("amount_paid", "60.00"), ("balance_due", "660.00"))),
        ["npi-check-digit"] = Claims.Of(Claims.Document("cms1500", ("billing_npi", "1234567890"))),
        ["lines-do-not-sum"] = Claims.Of(Estimate(("total_amount", "300.00")) with { Tables = [Claims.Table("line_items", "amount", "100.00", "150.00")] }),
        ["amount-implausible"] = Claims.Of(Estimate(("subtotal", "100.00"), ("tax", "90.00"), ("total_amount", "190.00"))),
        ["vin-check-digit"] = Claims.Of(Estimate(("vin", "1HGCM82633A004353"))),
        ["duplicate-claim-number"] = Claims.Of(Estimate(("claim_number", "CL-2044-17"))).Knowing(Claims.Known("inbox/photos.pdf", claimNumber: "CL204417")),
        ["unreadable-page"] = Claims.Of(Estimate(("provider", "Lakeside Garage"))) with { Pages = [new PageQuality(1, Words: 40, WeakShare: 0.7, IsBlank: false)] },
        ["low-coverage"] = Claims.Of(Estimate(("provider", "Lakeside Garage")) with { Coverage = [new(1, Words: 200, Explained: 40, [])] }),
        ["unclassified-pages"] = Claims.Of(Estimate(("provider", "Lakeside Garage")), Claims.Document(NoClaimTypes.Other)),
        ["ambiguous-value"] = Claims.Of(Estimate() with { Fields = [Claims.Field("license_plate", "7ABC128", accepted: false, "7ABC123")] }),
        ["patient-insured-differ"] = Claims.Of(Claims.Document("cms1500", ("patient_name", "Ann Example"), ("insured_name", "Bob Example"))),
        ["reader-fell-back"] = Claims.Of(Estimate(("provider", "Lakeside Garage"))) with { Pages = [NotByTextract(1), NotByTextract(2)] },
    };

    private static PageQuality NotByTextract(int page) => new(page, Words: 40, WeakShare: 0, IsBlank: false)
    {
        Source = "tesseract",
        Skipped = [new("textract", "textract did not answer within 60 s.")],
    };

    private static ResolvedDocument Estimate(params (string Name, string Value)[] fields) => Claims.Document("repair_estimate", fields);
}
