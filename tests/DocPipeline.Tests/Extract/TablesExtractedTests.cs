using static DocPipeline.Tests.Extract.PrintedDocument;

namespace DocPipeline.Tests.Extract;

public sealed class TablesExtractedTests
{
    [Fact]
    public void A_row_of_labels_ends_a_table()
    {
        var document = Printed("cms1500", """
            PLACE OF SERVICE     PROCEDURES       $ CHARGES      UNITS
            11                   70450            592.95         4
            21                   97110            100.00         1
            25. FEDERAL TAX I.D. NUMBER    26. PATIENT'S ACCOUNT NO.    28. TOTAL CHARGE
            60-8211251                     MR717881                     692.95
            """);

        Assert.Equal(["592.95", "100.00"], Assert.Single(document.Tables).Rows.Select(row => row.Cells["charge"]));
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
        var document = Printed("repair_estimate", [1, 2], pages);

        var table = Assert.Single(document.Tables);
        Assert.Equal(["410.00", "295.50", "240.00"], table.Rows.Select(row => row.Cells["amount"]));
        Assert.Equal("945.50", Value(document, "total_amount"));
    }

    [Fact]
    public void A_header_over_two_lines_names_columns_and_figures_stand_right_under_headers_that_stand_left()
    {
        var document = Printed("loss_run", """
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
        var document = Printed("loss_run", """
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
        var document = Printed("loss_run", """
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
        var document = Printed("loss_run", """
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

    [Fact]
    public void Cells_that_stand_left_of_headers_in_the_middle_of_their_columns_are_found_by_rows_that_fill_all_columns()
    {
        var document = Printed("repair_estimate", """
                            SERVICE & DIAGNOSIS                                                 AMOUNT
            Rental car, full-size sedan                                                $70.00

                                                                                        S&D TOTAL $70.00

               PART NUMBER               PART NAME                 QUANTITY        PRICE PER UNIT        AMOUNT
            52159-06989     Rear bumper cover                  1               $305.39            $305.39
            81560-42280     Tail light assembly with wiring 12 1               $145.40            $145.40
                            Trunk repair                                                          $200.00
                                                                                        PARTS TOTAL $650.79

                                                                        TAX RATE %                10%
                                                                        TAX        TOTAL
                                                                        $72.08     $792.87
            """);

        var rows = Assert.Single(document.Tables).Rows;
        Assert.Equal(["Rental car, full-size sedan", "Rear bumper cover", "Tail light assembly with wiring 12", "Trunk repair"], rows.Select(row => row.Cells["description"]));
        Assert.Equal(["70.00", "305.39", "145.40", "200.00"], rows.Select(row => row.Cells["amount"]));
        Assert.Equal(["1", "1"], rows.Where(row => row.Cells.ContainsKey("quantity")).Select(row => row.Cells["quantity"]));
        Assert.Equal(["305.39", "145.40"], rows.Where(row => row.Cells.ContainsKey("unit_price")).Select(row => row.Cells["unit_price"]));
    }

    [Fact]
    public void A_service_line_of_a_medical_form_is_told_apart_by_the_kinds_of_its_words()
    {
        var document = Printed("cms1500", """
            24. A. DATE(S) OF SERVICE          B. PLACE OF  C.   D. PROCEDURES, SERVICES, OR SUPPLIES   E. DIAGNOSIS   F.            G. DAYS   J. RENDERING
             From            To                   SERVICE   EMG     CPT/HCPCS      MODIFIER                POINTER     $ CHARGES     UNITS     PROVIDER ID. #
             02    19   26   02    20   26        11         N      99213          25 LT                   AB            145 00       2        NPI 1145106219
             02    21   26                        12                97810/Acupuncture                       C            1,170 00     1        1145106219
             02    22   26                        12                99214                                  B            3                     1145106219
             1
            25. FEDERAL TAX I.D. NUMBER    26. PATIENT'S ACCOUNT NO.    28. TOTAL CHARGE
            """);

        var rows = Assert.Single(document.Tables).Rows;
        Assert.Equal(
            ["charge=145.00 date_from=2026-02-19 date_to=2026-02-20 modifiers=25 LT place=11 pointer=AB procedure=99213 provider_id=1145106219 units=2",
             "charge=1170.00 date_from=2026-02-21 description=Acupuncture place=12 pointer=C procedure=97810 provider_id=1145106219 units=1",
             "date_from=2026-02-22 place=12 pointer=B procedure=99214 provider_id=1145106219 units=3"],
            rows.Select(row => string.Join(' ', row.Cells.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value}"))));
    }
}
