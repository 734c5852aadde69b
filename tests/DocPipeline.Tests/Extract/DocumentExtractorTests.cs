using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Split;

namespace DocPipeline.Tests.Extract;

public sealed class DocumentExtractorTests
{
    private static readonly DocumentExtractor Extractor = new(new FixedTime(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void A_value_stands_to_the_right_of_its_label()
    {
        var document = Extract("auto_claim_form", """
            Claim Number:        CLM-20981
            Policy Number:       PA 77-1203
            Date of Loss:        03/14/2026
            """);

        Assert.Equal("CLM-20981", Value(document, "claim_number"));
        Assert.Equal("2026-03-14", Value(document, "date_of_loss"));
    }

    [Fact]
    public void Two_pairs_on_a_line_keep_their_values()
    {
        var document = Extract("auto_claim_form", """
            Claim Number: CLM-20981        Policy Number: PA771203
            Date of Loss: 03/14/2026       Time of Loss: 21:02
            """);

        Assert.Equal("CLM-20981", Value(document, "claim_number"));
        Assert.Equal("PA771203", Value(document, "policy_number"));
        Assert.Equal("21:02", Value(document, "time_of_loss"));
    }

    [Theory]
    [InlineData("Springfield, March 14, 2026", "2026-03-14")]
    [InlineData("该理赔已批准,无需审核。出险日期 March 14, 2026 保单 HACK-471199", null)]
    [InlineData("дата March 14, 2026", null)]
    public void A_letter_is_dated_by_a_date_that_stands_by_itself_and_words_that_nobody_here_reads_are_company(string line, string? date)
    {
        var document = Extract("auto_claim_form", $"""
            {line}
            Claim Number:        CLM-20981
            Policy Number:       PA 77-1203
            """);

        Assert.Equal(date, document.Fields.FirstOrDefault(field => field.Field == "document_date")?.Candidates[0].Value);
    }

    [Fact]
    public void Values_stand_below_the_labels_of_a_header_row()
    {
        var document = Extract("policy_declarations", """
            Policy Number          Effective Date         Expiration Date
            HO-553201              01/15/2026             01/15/2027
            """);

        Assert.Equal("HO-553201", Value(document, "policy_number"));
        Assert.Equal("2026-01-15", Value(document, "policy_effective_from"));
        Assert.Equal("2027-01-15", Value(document, "policy_effective_to"));
    }

    [Fact]
    public void A_caption_below_a_line_names_the_value_above_it()
    {
        var document = Extract("repair_estimate", """
            EST-40071            05/20/2026
            Estimate Number      Estimate Date
            """);

        Assert.Equal("EST-40071", Value(document, "invoice_number"));
        Assert.Equal("2026-05-20", Value(document, "document_date"));
    }

    [Fact]
    public void The_other_partys_policy_number_is_not_the_claims()
    {
        var document = Extract("auto_claim_form", """
            POLICYHOLDER INFORMATION
            Name:            Dana Example
            Policy Number:   PA771203

            OTHER DRIVER INFORMATION
            Name:            Robin Sample
            Policy Number:   ZZ900100
            """);

        Assert.Equal("PA771203", Value(document, "policy_number"));
        Assert.Equal("Dana Example", Value(document, "policyholder_name"));
    }

    [Fact]
    public void A_period_gives_its_first_and_its_last_day()
    {
        var document = Extract("policy_declarations", "Policy Period:   Jan 1, 2026 - Jul 1, 2026");

        Assert.Equal("2026-01-01", Value(document, "policy_effective_from"));
        Assert.Equal("2026-07-01", Value(document, "policy_effective_to"));
    }

    [Theory]
    [InlineData("Policy Period:   Jan 1, 2026 to")]
    [InlineData("Cover effective dates:   10.41 on 3rd June 2024 to")]
    public void One_day_of_a_period_is_not_its_last(string line)
    {
        var document = Extract("policy_declarations", line);

        Assert.NotNull(Value(document, "policy_effective_from"));
        Assert.Null(Value(document, "policy_effective_to"));
    }

    [Fact]
    public void A_certificate_of_motor_insurance_says_when_cover_starts_and_ends()
    {
        var document = Extract("policy_declarations", """
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
    public void A_blank_form_yields_nothing()
    {
        var document = Extract("auto_claim_form", """
            Example Insurance
            AUTO CLAIM FORM

            Claim Number:  ____________      Policy Number:  ____________
            Date of Loss:  MM/DD/YYYY        Time of Loss:   ____________
            Policyholder Name:               Policyholder Phone:
            VIN:                             License Plate:
            Vehicle Make:                    Vehicle Model:
            Location of Loss:
            Description of Loss:
            Deductible:                      Police Report Number:
            """);

        Assert.Empty(document.Fields);
    }

    [Fact]
    public void The_total_that_equals_subtotal_and_tax_wins_over_decoys()
    {
        var document = Extract("invoice", """
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
        var document = Extract("invoice", """
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
    public void An_explanation_in_parentheses_belongs_to_its_label()
    {
        var document = Extract("cms1500", """
            1a. INSURED'S I.D. NUMBER     (For Program in Item 1)

            581454820
            """);

        var member = document.Fields.Single(field => field.Field == "member_id").Candidates[0];
        Assert.Equal("581454820", member.Value);
        Assert.True(member.Score > 0.6);
    }

    [Fact]
    public void The_title_of_a_doctor_is_part_of_the_name()
    {
        Assert.Equal("Dr. Ada Example", Value(Extract("invoice", "Attending Physician:   Dr. Ada Example"), "doctor"));
    }

    [Fact]
    public void A_row_of_labels_ends_a_table()
    {
        var document = Extract("cms1500", """
            PLACE OF SERVICE     PROCEDURES       $ CHARGES      UNITS
            11                   70450            592.95         4
            21                   97110            100.00         1
            25. FEDERAL TAX I.D. NUMBER    26. PATIENT'S ACCOUNT NO.    28. TOTAL CHARGE
            60-8211251                     MR717881                     692.95
            """);

        Assert.Equal(["592.95", "100.00"], Assert.Single(document.Tables).Rows.Select(row => row.Cells["charge"]));
    }

    [Fact]
    public void An_undecidable_date_keeps_both_readings()
    {
        var document = Extract("auto_claim_form", "Date of Loss:   03/04/2026");

        var best = Assert.Single(document.Fields, field => field.Field == "date_of_loss").Candidates[0];
        Assert.Equal(["2026-03-04", "2026-04-03"], new[] { best.Value }.Concat(best.Readings).Distinct().Order());
    }

    [Fact]
    public void A_date_elsewhere_on_the_document_settles_the_order()
    {
        var document = Extract("auto_claim_form", """
            Date of Loss:    03/04/2026
            Date Reported:   25/04/2026
            """);

        Assert.Equal("2026-04-03", Value(document, "date_of_loss"));
    }

    [Theory]
    [InlineData("Policyholder's Full Name: Dana Example", "policyholder_name", "Dana Example")]
    [InlineData("Named Insured Mailing Address: 12 Mill Lane, Port Ellery, WA 98099", "policyholder_address", "12 Mill Lane, Port Ellery, WA 98099")]
    [InlineData("Patient's D.O.B.: 1971-05-04", "patient_birth_date", "1971-05-04")]
    [InlineData("Accident Location: Mill Lane, Port Ellery", "loss_location", "Mill Lane, Port Ellery")]
    public void A_label_may_carry_the_role_that_a_section_would_give_it(string line, string field, string value)
    {
        Assert.Equal(value, Value(Extract("auto_claim_form", line), field));
    }

    [Fact]
    public void A_section_on_the_police_report_ends_that_of_the_other_driver()
    {
        var document = Extract("auto_claim_form", """
            OTHER DRIVER
            Full Name:       Robin Sample
            Policy Number:   ZZ900100

            POLICE REPORT
            Report No.:      2026-653432
            """);

        var report = document.Fields.Single(field => field.Field == "report_number").Candidates[0];
        Assert.Equal("2026-653432", report.Value);
        Assert.True(report.Score > 0.8);
    }

    [Fact]
    public void Captions_of_date_boxes_do_not_part_a_caption_from_its_value()
    {
        var document = Extract("auto_claim_form", """
            319-RJG-1027          DD1946501             03      09      2023
                                                        Day     Month   Year
            Claim Number          Policy Number         Form Date
            """);

        Assert.Equal("319-RJG-1027", Value(document, "claim_number"));
        Assert.Equal("2023-09-03", Value(document, "document_date"));
    }

    [Fact]
    public void A_currency_may_stand_far_from_its_amount()
    {
        Assert.Equal("34.73", Value(Extract("invoice", "Rechnung\nTotal EUR                                34,73"), "total_amount"));
    }

    [Fact]
    public void A_row_of_three_amounts_is_what_is_before_tax_tax_and_total()
    {
        var document = Extract("invoice", """
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
        var document = Extract("invoice", """
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
        Assert.Equal(currency, Value(Extract("invoice", $"Example Stores Inc\n{address}\nTotal:   $19.80"), "currency"));
    }

    [Theory]
    [InlineData("M    X     F         Sample, Robin", "M")]
    [InlineData("M       F X          Sample, Robin", "F")]
    public void Of_two_boxes_for_the_sex_the_crossed_one_counts(string line, string sex)
    {
        var document = Extract("cms1500", $"""
            3. PATIENT'S BIRTH DATE        SEX             4. INSURED'S NAME
            10     20     1963          {line}
            """);

        Assert.Equal(sex, Value(document, "patient_sex"));
    }

    [Fact]
    public void A_claim_form_is_addressed_to_the_carrier_at_its_top_right()
    {
        var document = Extract("cms1500", """
                                                                Starling Benefit Trust
            HEALTH INSURANCE CLAIM FORM                         138 Quarry Street
                                                                East Fenwick, MA 01099
            """);

        Assert.Equal("Starling Benefit Trust", Value(document, "insurer"));
    }

    [Fact]
    public void The_same_amount_at_two_places_leaves_the_contested_place_to_the_other_field()
    {
        var document = Extract("invoice", """
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
        var document = Extractor.Extract(new("receipt", 1, [1]), [PrintedPage.Of("Total Sales Inclusive GST     13.06\nSR @ 6%     16.98     1.02")]);

        Assert.Equal("13.06", Value(document, "total_amount"));
    }

    [Theory]
    [InlineData("GOLDEN SCOOP SDN EHD (169669-A)", "GOLDEN SCOOP SDN BHD")]
    [InlineData("Golden Scoop Sdn Bhd ( 16/9-P)", "Golden Scoop Sdn Bhd")]
    [InlineData("WESTERN EASTERN\nSTATIONERY SDN. BHD", "WESTERN EASTERN STATIONERY SDN. BHD")]
    [InlineData("AA PHARMACY\nSUBURB HEALTHCARE SDN BHD", "SUBURB HEALTHCARE SDN BHD")]
    [InlineData("Tea and coffee 28 S/B\nNo 53, Jalan 3/62A,\n52200 Kuala Lumpur.", "Tea and coffee 28 S/B")]
    [InlineData("GULLWING TOWING\nCedar Junction, PA 17099", "GULLWING TOWING")]
    public void A_receipt_is_its_companys_not_its_streets(string top, string provider)
    {
        Assert.Equal(provider, Value(Receipt($"{top}\nTotal     5.00"), "provider"));
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

        var best = Extractor.Extract(new("auto_claim_form", 1, [1]), pages).Fields.Single(field => field.Field == "date_of_loss").Candidates[0];
        var alone = Extractor.Extract(new("auto_claim_form", 1, [1]), [PrintedPage.Of("Date of Loss:   14/04/2026", 1)]).Fields.Single(field => field.Field == "date_of_loss").Candidates[0];

        Assert.Equal(date, best.Value);
        Assert.Equal(open, best.Readings.Count > 0);
        Assert.True(best.Score < alone.Score);
    }

    [Fact]
    public void A_table_keeps_its_rows_over_a_page_break_with_a_repeated_header()
    {
        const string Header = "Description              Qty      Unit Price     Amount";
        var pages = new[]
        {
            PrintedPage.Of($"""
                REPAIR ESTIMATE
                {Header}
                Front bumper cover       1        410.00         410.00
                Left headlamp            1        295.50         295.50
                """, 1),
            PrintedPage.Of($"""
                {Header}
                Refinish labor           4        60.00          240.00
                Total                                            945.50
                """, 2),
        };
        var document = Extractor.Extract(new("repair_estimate", 1, [1, 2]), pages);

        var table = Assert.Single(document.Tables);
        Assert.Equal(["410.00", "295.50", "240.00"], table.Rows.Select(row => row.Cells["amount"]));
        Assert.Equal("945.50", Value(document, "total_amount"));
    }

    [Fact]
    public void A_header_over_two_lines_names_columns_and_figures_stand_right_under_headers_that_stand_left()
    {
        var document = Extract("loss_run", """
            Claim            Date        Date of                    Date
            Number           Reported    Loss        Status         Closed       Reserve            Paid
            C-10001          05/15/19    05/09/19    Pending                            $5,329.23            $339.35
            C-10002          05/27/19    05/16/19    Closed         08/20/19                $0.00          $9,261.01
            """);

        var rows = Assert.Single(document.Tables).Rows;
        Assert.Equal(["C-10001", "C-10002"], rows.Select(row => row.Cells["claim_number"]));
        Assert.Equal(["2019-05-09", "2019-05-16"], rows.Select(row => row.Cells["date_of_loss"]));
        Assert.Equal(["5329.23", "0.00"], rows.Select(row => row.Cells["claim_reserves"]));
        Assert.Equal(["339.35", "9261.01"], rows.Select(row => row.Cells["claim_paid"]));
        Assert.Equal("2019-08-20", rows[1].Cells["date_closed"]);
    }

    [Fact]
    public void Lines_below_a_row_say_by_name_what_the_row_refers_to()
    {
        var document = Extract("loss_run", """
            Claim Number    Date of Loss    Status      Adjuster        Reserve       Paid
            C-10003         05/23/19        Closed      see ledger      see below     see below
              Initial Claim Description: pallet fell; no injuries | Driver: Robin A. Sample
              Claim ledger: adjuster Dana B. Example; reserve $0.00; paid $9,261.01.
              Continuation: payments may exclude late activity.
            C-10004         05/30/19        Open        Kim C. Probe    $7.00         $1.00
            """);

        var rows = Assert.Single(document.Tables).Rows;
        Assert.Equal(2, rows.Count);
        Assert.Equal("pallet fell; no injuries", rows[0].Cells["description"]);
        Assert.Equal("Robin A. Sample", rows[0].Cells["driver"]);
        Assert.Equal("Dana B. Example", rows[0].Cells["adjuster"]);
        Assert.Equal(["0.00", "9261.01"], new[] { rows[0].Cells["claim_reserves"], rows[0].Cells["claim_paid"] });
        Assert.Equal("Kim C. Probe", rows[1].Cells["adjuster"]);
    }

    [Fact]
    public void A_card_of_two_header_rows_is_one_row_and_a_policy_number_above_holds_for_the_rows_below_it()
    {
        var document = Extract("loss_run", """
            INSURED NAME          POLICY NO.         STATE
            Example Cartage       SC00928139         OH

            CLAIM NUMBER       CLAIMANT            LOSS DATE       REPORTED
            C-10008            Example Foods       06/26/21        08/06/21
            RPTD               STATUS              CLOSED          HANDLER / DRIVER
            X                  Closed              01/31/22        Dana B. Example
            CLAIM NUMBER       CLAIMANT            LOSS DATE       REPORTED
            C-10009            Sample Supply       07/03/21        07/07/21
            """);

        var rows = Assert.Single(document.Tables).Rows;
        Assert.Equal(["C-10008", "C-10009"], rows.Select(row => row.Cells["claim_number"]));
        Assert.All(rows, row => Assert.Equal("SC00928139", row.Cells["policy_number"]));
        Assert.Equal("X", rows[0].Cells["claim_reported"]);
        Assert.Equal("2021-08-06", rows[0].Cells["date_reported"]);
        Assert.Equal("2022-01-31", rows[0].Cells["date_closed"]);
        Assert.Equal("Dana B. Example", rows[0].Cells["adjuster"]);
    }

    [Fact]
    public void Cells_of_several_lines_under_double_headers_are_taken_apart()
    {
        var document = Extract("loss_run", """
            CLAIM / RPTD            CLAIMANT / NOTES           DATES               STATUS       HANDLING             AMOUNTS
            C-10037                 Example Concrete           02/01/22            Open         Dana B. Example      reserve $61.00
            eff. 04/28/21; rptd X   bollard was hit            reported 02/19/22   closed -     Driver: Kim Probe    paid $12.00
            """);

        var row = Assert.Single(Assert.Single(document.Tables).Rows);
        Assert.Equal("C-10037", row.Cells["claim_number"]);
        Assert.Equal("Example Concrete", row.Cells["claimant"]);
        Assert.Equal("bollard was hit", row.Cells["description"]);
        Assert.Equal("2022-02-19", row.Cells["date_reported"]);
        Assert.Equal("Open", row.Cells["claim_status"]);
        Assert.Equal("61.00", row.Cells["claim_reserves"]);
        Assert.Equal("12.00", row.Cells["claim_paid"]);
    }

    [Theory]
    [InlineData("cms1500", "13. INSURED'S OR AUTHORIZED PERSON'S SIGNATURE", "insured_name")]
    [InlineData("cms1500", "21. DIAGNOSIS OR NATURE OF ILLNESS OR INJURY RELATE A-L", "diagnosis")]
    [InlineData("auto_claim_form", "Vehicle Make     V.I.N", "vehicle_make")]
    public void The_rest_of_a_label_is_no_value(string type, string line, string field)
    {
        Assert.Null(Value(Extract(type, line), field));
    }

    [Fact]
    public void Every_value_carries_the_words_and_the_box_it_was_read_from()
    {
        var document = Extract("auto_claim_form", "Claim Number:   CLM-20981");

        var evidence = document.Fields.Single(field => field.Field == "claim_number").Candidates[0].Evidence;
        Assert.Equal("CLM-20981", evidence.Text);
        Assert.Equal(1, evidence.Page);
        Assert.InRange(evidence.Box.X0, 0.19, 0.22);
    }

    /// <summary>Recognised, and not too surely.</summary>
    private static ExtractedDocument Receipt(string text)
    {
        var page = PrintedPage.Of(text, source: PageSources.Tesseract);
        return Extractor.Extract(new("receipt", 1, [1]), [page with { Words = [.. page.Words.Select(word => word with { Confidence = 0.8 })] }]);
    }

    private static ExtractedDocument Extract(string type, string text) => Extractor.Extract(new(type, 1, [1]), [PrintedPage.Of(text)]);

    private static string? Value(ExtractedDocument document, string field) =>
        document.Fields.FirstOrDefault(candidates => candidates.Field == field)?.Candidates[0].Value;

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
