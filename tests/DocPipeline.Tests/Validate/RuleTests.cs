using DocPipeline.Documents;
using DocPipeline.Validate;

namespace DocPipeline.Tests.Validate;

/// <summary>What each rule lets pass and where it begins to speak.</summary>
public sealed class RuleTests
{
    [Fact]
    public void RequiredField_OnAnotherDocumentOfTheFile_IsNotMissing()
    {
        var claim = Claims.Of(Claims.Document("claim_form", ("claim_number", "CLM1")), Claims.Document("repair_estimate", ("provider", "Lakeside Garage")))
            .Requiring("repair_estimate", "claim_number", "total_amount");

        Assert.Equal(["partly-read", "required-field-missing"], claim.Codes());
        Assert.Equal("total_amount", claim.Findings()[1].Field);
    }

    [Fact]
    public void PartlyRead_NamesEverythingThatIsMissing_AndBecomesTheReason()
    {
        var claim = Claims.Of(Claims.Document("repair_estimate", ("provider", "Lakeside Garage"))).Requiring("repair_estimate", "claim_number|policy_number", "provider", "total_amount");

        var decision = Claims.Validator.Validate(claim).Decision;

        Assert.Equal((ClaimStates.NeedsReview, "partly_read"), decision.Outcome());
        Assert.Equal("Only part of the repair estimate was read. Missing: claim number or policy number, total amount.", decision.Reason);
    }

    [Fact]
    public void PartlyRead_OfADocumentThatGaveNothing_IsNotSaid()
    {
        var claim = Claims.Of(Claims.Document("claim_form", ("claim_number", "CLM1")), Claims.Document("repair_estimate")).Requiring("repair_estimate", "total_amount");

        Assert.Equal(["required-field-missing"], claim.Codes());
    }

    [Fact]
    public void PartlyRead_WithAListThatNoTableTook_IsNeverComplete()
    {
        var estimate = Claims.Document("repair_estimate", ("total_amount", "330.00")) with
        {
            Coverage = [new(1, Words: 40, Explained: 38, [Claims.At("Door 100.00 1.0"), Claims.At("Hood 150.00 1.0"), Claims.At("Labour 80.00 2.0")])],
        };

        var found = Assert.Single(Claims.Of(estimate).Requiring("repair_estimate", "total_amount").Findings());

        Assert.Equal(("partly-read", Severity.Error, 3), (found.Rule, found.Severity, found.Evidence.Count));
    }

    [Theory]
    [InlineData("claim_number", true, new string[0])]
    [InlineData("policy_number", true, new string[0])]
    [InlineData("policy_number", false, new[] { "required-field-uncertain" })]
    [InlineData("report_number", true, new[] { "partly-read", "required-field-missing" })]
    public void RequiredField_OneOfTwo_IsEnough(string printed, bool accepted, string[] expected)
    {
        var form = Claims.Document("claim_form") with { Fields = [Claims.Field(printed, "CLM1", accepted)] };

        Assert.Equal(expected, Claims.Of(form).Requiring("claim_form", "claim_number|policy_number").Codes());
    }

    [Fact]
    public void RequiredTable_WithRows_IsNotMissing()
    {
        var run = Claims.Document("loss_run", ("insurer", "Example Mutual")) with { Tables = [Claims.Table("records", "claim_number", "1")] };

        Assert.Empty(Claims.Of(run).Requiring("loss_run", "records").Findings());
    }

    [Fact]
    public void RequiredFieldUncertain_SettledByAnotherDocument_IsNoError()
    {
        var estimate = Claims.Document("repair_estimate") with { Fields = [Claims.Field("claim_number", "CLM1", accepted: false)] };
        var claim = Claims.Of(Claims.Document("claim_form", ("claim_number", "CLM1")), estimate).Requiring("repair_estimate", "claim_number");

        Assert.Empty(claim.Codes());
    }

    [Fact]
    public void AmbiguousDate_IsReportedOnceNotAsAnUncertainFieldToo()
    {
        var form = Claims.Document("claim_form") with { Fields = [Claims.Field("date_of_loss", "2026-01-05", accepted: false, "2026-05-01")] };

        Assert.Equal(["ambiguous-date"], Claims.Of(form).Requiring("claim_form", "date_of_loss").Codes());
        Assert.Equal(["ambiguous-date"], Claims.Of(form).Codes());
    }

    [Fact]
    public void AmbiguousDate_SettledByTheDocument_IsNone()
    {
        var form = Claims.Document("claim_form") with { Fields = [Claims.Field("date_of_loss", "2026-01-05", accepted: true, "2026-05-01")] };

        Assert.Empty(Claims.Of(form).Codes());
    }

    [Fact]
    public void AmbiguousDate_InTheReadingsOfACandidate_IsFound()
    {
        var field = Claims.Field("date_of_loss", "2026-01-05", accepted: false) with
        {
            Alternatives = [new Candidate("2026-01-05", 0.9, Claims.At("01/05/2026"), "right of its label", ["2026-05-01"])],
        };

        Assert.Equal(["ambiguous-date"], Claims.Of(Claims.Document("claim_form") with { Fields = [field] }).Codes());
    }

    [Theory]
    [InlineData("policyholder_name", "Jane Q. Doe", "DOE, JANE", false)]
    [InlineData("policyholder_name", "Jane Doe", "Jane Roe", true)]
    [InlineData("policyholder_name", "J. Doe", "Jane Doe", false)]
    [InlineData("policy_number", "AUTO 678465", "auto-678465", false)]
    [InlineData("policy_number", "AUTO678465", "AUTO67846", true)]
    [InlineData("vin", "1HGCM82633A004352", "1hgcm82633a004352", false)]
    [InlineData("provider", "Garage A", "Garage B", false)]
    [InlineData("document_date", "2026-01-05", "2026-01-12", false)]
    public void DocumentsContradict_OnlyForWhatAClaimHasOnce(string field, string first, string second, bool contradict)
    {
        var claim = Claims.Of(Claims.Document("claim_form", (field, first)), Claims.Document("police_report", (field, second)));

        Assert.Equal(contradict, claim.Codes().Contains("documents-contradict"));
    }

    [Theory]
    [InlineData("2025-01-05", new string[0])]
    [InlineData("2025-05-01", new string[0])]
    [InlineData("2025-01-06", new[] { "ambiguous-date", "documents-contradict" })]
    public void AmbiguousDate_SettledByAnotherDocument_IsNeitherAmbiguousNorAContradiction(string certain, string[] expected)
    {
        var report = Claims.Document("police_report") with { Fields = [Claims.Field("date_of_loss", "2025-01-05", accepted: false, "2025-05-01")] };

        Assert.Equal(expected, Claims.Of(Claims.Document("claim_form", ("date_of_loss", certain)), report).Codes().Order());
    }

    [Fact]
    public void DocumentsContradict_DoubtfulValueFirst_DoesNotHideTheOthers()
    {
        var doubtful = Claims.Document("police_report") with { Fields = [Claims.Field("date_of_loss", "2025-01-05", accepted: false, "2025-05-01"), Claims.Field("patient_name", "Contact Method", accepted: false)] };
        var claim = Claims.Of(
            doubtful,
            Claims.Document("claim_form", ("date_of_loss", "2025-01-05"), ("patient_name", "Ann Example")),
            Claims.Document("cms1500", ("date_of_loss", "2025-05-01"), ("patient_name", "Bob Example")));

        Assert.Equal(["date_of_loss", "patient_name"], claim.Findings().Where(finding => finding.Rule == "documents-contradict").Select(finding => finding.Field));
    }

    [Fact]
    public void DocumentsContradict_DoubtfulName_IsDoubtedOnly()
    {
        var estimate = Claims.Document("repair_estimate") with { Fields = [Claims.Field("policyholder_name", "Contact Method", accepted: false)] };

        Assert.Equal(["ambiguous-value"], Claims.Of(Claims.Document("claim_form", ("policyholder_name", "Jane Doe")), estimate).Codes());
    }

    [Fact]
    public void AmbiguousValue_LongText_IsCutInTheMessage()
    {
        var form = Claims.Document("claim_form") with { Fields = [Claims.Field("loss_description", new string('x', 500), accepted: false)] };

        Assert.InRange(Claims.Of(form).Findings().Single().Message.Length, 60, 100);
    }

    [Fact]
    public void LinesDoNotSum_LastRowIsTheTablesTotal_IsFine()
    {
        var bill = Claims.Document("cms1500", ("total_amount", "250.00")) with { Tables = [Claims.Table("service_lines", "charge", "100.00", "150.00", "250.00")] };

        Assert.Empty(Claims.Of(bill).Codes());
    }

    [Fact]
    public void DocumentsContradict_Finding_ShowsEveryPlaceToLook()
    {
        var finding = RuleExamples.ByCode["documents-contradict"].Findings().Single();

        Assert.Equal([1, 2], finding.Evidence.Select(evidence => evidence.Page));
    }

    [Theory]
    [InlineData("date_of_loss", "2026-01-05", "document_date", "2026-01-05", false)]
    [InlineData("date_of_loss", "2026-01-05", "document_date", "2026-01-04", true)]
    [InlineData("admission_date", "2020-09-07", "discharge_date", "2020-09-07", false)]
    [InlineData("policy_effective_from", "2025-03-15", "policy_effective_to", "2024-03-15", true)]
    [InlineData("patient_birth_date", "2021-01-01", "treatment_date", "2020-01-01", true)]
    [InlineData("patient_birth_date", "unreadable", "treatment_date", "2020-01-01", false)]
    public void DatesInOrder_WithinOneDocument(string earlier, string first, string later, string second, bool broken) =>
        Assert.Equal(broken, Claims.Of(Claims.Document("claim_form", (earlier, first), (later, second))).Codes().Contains("dates-in-order"));

    [Fact]
    public void DatesInOrder_OlderPolicyBesideAForm_IsFine() =>
        Assert.Empty(Claims.Of(Claims.Document("policy", ("document_date", "2021-04-29")), Claims.Document("claim_form", ("date_of_loss", "2026-01-05"))).Codes());

    [Theory]
    [InlineData("date_of_loss", "2026-02-02", false)]
    [InlineData("date_of_loss", "2026-02-03", true)]
    [InlineData("treatment_date", "2026-08-01", false)]
    [InlineData("policy_effective_to", "2030-01-01", false)]
    public void DateInFuture_AllowsADayForTimeZonesAndPlans(string field, string date, bool broken) =>
        Assert.Equal(broken, Claims.Of(Claims.Document("claim_form", (field, date))).Codes().Contains("date-in-future"));

    [Theory]
    [InlineData("2025-01-01", false)]
    [InlineData("2025-12-31", false)]
    [InlineData("2024-12-31", true)]
    [InlineData("2026-01-01", true)]
    public void LossOutsidePolicyPeriod_BothEndsAreCovered(string loss, bool outside)
    {
        var claim = Claims.Of(Claims.Document("claim_form", ("date_of_loss", loss)), Claims.Document("policy", ("policy_effective_from", "2025-01-01"), ("policy_effective_to", "2025-12-31")));

        Assert.Equal(outside, claim.Codes().Contains("loss-outside-policy-period"));
    }

    [Theory]
    [InlineData("250.00", null, null, "100.00", "150.00", false)]
    [InlineData("275.00", "25.00", null, "100.00", "150.00", false)]
    [InlineData("275.00", "25.00", "250.00", "$100.00", "$150.00", false)]
    [InlineData("250.05", null, null, "100.00", "150.00", false)]
    [InlineData("251.00", null, null, "100.00", "150.00", true)]
    [InlineData("251.00", null, null, "100.00", "illegible", false)]
    [InlineData(null, null, null, "100.00", "150.00", false)]
    public void LinesDoNotSum_SpeaksOnlyWhereEveryLineIsRead(string? total, string? tax, string? subtotal, string line1, string line2, bool broken)
    {
        (string Name, string? Value)[] fields = [("total_amount", total), ("tax", tax), ("subtotal", subtotal)];
        var estimate = Claims.Document("repair_estimate", [.. fields.Where(field => field.Value is not null).Select(field => (field.Name, field.Value!))]) with
        {
            Tables = [Claims.Table("line_items", "amount", line1, line2)],
        };

        Assert.Equal(broken, Claims.Of(estimate).Codes().Contains("lines-do-not-sum"));
    }

    [Theory]
    [InlineData("100.00", "10.00", "110.00", "tip", "0.00", false)]
    [InlineData("100.00", "10.00", "100.00", "tip", "0.00", false)]
    [InlineData("11.70", "1.17", "14.50", "tip", "1.63", false)]
    [InlineData("11.70", "1.17", "14.50", "shipping", "5.00", true)]
    [InlineData("100.00", "10.00", "90.00", "discount", "20.00", false)]
    [InlineData("100.00", "10.00", "110.05", "tip", "0.00", false)]
    [InlineData("100.00", "10.00", "110.06", "tip", "0.00", true)]
    public void SubtotalTaxTotal_AllowsPrintedAdjustments(string subtotal, string tax, string total, string adjustment, string amount, bool broken)
    {
        var claim = Claims.Of(Claims.Document("invoice", ("subtotal", subtotal), ("tax", tax), ("total_amount", total), (adjustment, amount)));

        Assert.Equal(broken, claim.Codes().Contains("subtotal-tax-total"));
    }

    [Theory]
    [InlineData("660.00", "0.00", "660.00", "0.00", false)]
    [InlineData("660.00", "-60.00", "600.00", "0.00", false)]
    [InlineData("3800.00", "0.00", "3300.00", "500.00", false)]
    [InlineData("660.00", "60.00", "660.00", "0.00", true)]
    public void BalanceArithmetic_AllowsTheDeductible(string total, string paid, string balance, string deductible, bool broken)
    {
        var claim = Claims.Of(Claims.Document("invoice", ("total_amount", total), ("amount_paid", paid), ("balance_due", balance), ("deductible", deductible)));

        Assert.Equal(broken, claim.Codes().Contains("balance-arithmetic"));
    }

    [Theory]
    [InlineData("total_amount", "-1.00", true)]
    [InlineData("total_amount", "10000000.00", false)]
    [InlineData("total_amount", "10000000.01", true)]
    public void AmountImplausible_NegativeOrHuge(string field, string value, bool broken) =>
        Assert.Equal(broken, Claims.Of(Claims.Document("invoice", (field, value))).Codes().Contains("amount-implausible"));

    [Theory]
    [InlineData("1HGCM82633A004352", false)]
    [InlineData("1HGCM 82633 A004352", false)]
    [InlineData("1HGCM82633A00435", true)]
    [InlineData("1HGCM82633AO04352", true)]
    public void VinCheckDigit_IgnoresSpaces(string vin, bool broken) => Assert.Equal(broken, Claims.Of(Claims.Document("policy", ("vin", vin))).Codes().Contains("vin-check-digit"));

    [Fact]
    public void NpiCheckDigit_ValidNumber_IsFine() => Assert.Empty(Claims.Of(Claims.Document("cms1500", ("npi", "1234567893"), ("billing_npi", "1245319599"))).Codes());

    [Fact]
    public void DuplicateInvoice_SameNumberOfAnotherBusiness_IsFine()
    {
        var claim = Claims.Of(Claims.Document("invoice", ("invoice_number", "100"), ("provider", "Garage A"), ("total_amount", "50.00")));

        Assert.Empty(claim.Knowing(Claims.Known("b.pdf", invoiceNumber: "100", provider: "Garage B", total: "60.00")).Codes());
        Assert.Equal(["duplicate-invoice"], claim.Knowing(Claims.Known("b.pdf", invoiceNumber: "100", provider: "Garage B", total: "50.0")).Codes());
    }

    [Fact]
    public void DuplicateClaimNumber_OfManyFiles_NamesThreeAndCountsTheRest()
    {
        var others = Enumerable.Range(1, 5).Select(i => Claims.Known($"{i}.pdf", claimNumber: "C-1")).ToArray();

        var finding = Claims.Of(Claims.Document("claim_form", ("claim_number", "c1"))).Knowing(others).Findings().Single();

        Assert.Equal("The claim number c1 is also in '1.pdf', '2.pdf', '3.pdf' and 2 more.", finding.Message);
    }

    [Theory]
    [InlineData(40, 0.51, false, true)]
    [InlineData(40, 0.5, false, false)]
    [InlineData(5, 1.0, false, false)]
    [InlineData(0, 0.0, false, true)]
    [InlineData(0, 0.0, true, false)]
    public void UnreadablePage_ManyWeakWordsOrNone(int words, double weakShare, bool blank, bool broken)
    {
        var claim = Claims.Of(Claims.Document("invoice", ("provider", "Garage A"))) with { Pages = [new PageQuality(1, words, weakShare, blank)] };

        Assert.Equal(broken, claim.Codes().Contains("unreadable-page"));
    }

    [Fact]
    public void PageQuality_OfAPage_CountsWeakWords()
    {
        Word[] words = [new("Total", default, 0.95), new("3,8OO", default, 0.41), new("due", default, 0.59), new("now", default, 0.6)];

        Assert.Equal(new PageQuality(3, 4, 0.5, IsBlank: false), PageQuality.Of(new Page(3, 612, 792, PageSources.Tesseract, words)));
    }

    [Fact]
    public void PatientInsuredDiffer_SamePersonWrittenDifferently_IsFine() =>
        Assert.Empty(Claims.Of(Claims.Document("cms1500", ("patient_name", "EXAMPLE, ANN B"), ("insured_name", "Ann Example"))).Codes());
}
