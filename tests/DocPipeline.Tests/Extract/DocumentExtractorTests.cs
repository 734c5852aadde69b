using static DocPipeline.Tests.Extract.PrintedDocument;

namespace DocPipeline.Tests.Extract;

public sealed class DocumentExtractorTests
{
    [Fact]
    public void A_value_stands_to_the_right_of_its_label()
    {
        var document = Printed("auto_claim_form", """
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
        var document = Printed("auto_claim_form", """
            Claim Number: CLM-20981        Policy Number: PA771203
            Date of Loss: 03/14/2026       Time of Loss: 21:02
            """);

        Assert.Equal("CLM-20981", Value(document, "claim_number"));
        Assert.Equal("PA771203", Value(document, "policy_number"));
        Assert.Equal("21:02", Value(document, "time_of_loss"));
    }

    [Fact]
    public void Values_stand_below_the_labels_of_a_header_row()
    {
        var document = Printed("policy_declarations", """
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
        var document = Printed("repair_estimate", """
            EST-40071            05/20/2026
            Estimate Number      Estimate Date
            """);

        Assert.Equal("EST-40071", Value(document, "invoice_number"));
        Assert.Equal("2026-05-20", Value(document, "document_date"));
    }

    [Fact]
    public void The_other_partys_policy_number_is_not_the_claims()
    {
        var document = Printed("auto_claim_form", """
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
    public void A_blank_form_yields_nothing()
    {
        var document = Printed("auto_claim_form", """
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
    public void An_explanation_in_parentheses_belongs_to_its_label()
    {
        var document = Printed("cms1500", """
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
        Assert.Equal("Dr. Ada Example", Value(Printed("invoice", "Attending Physician:   Dr. Ada Example"), "doctor"));
    }

    [Theory]
    [InlineData("Policyholder's Full Name: Dana Example", "policyholder_name", "Dana Example")]
    [InlineData("Named Insured Mailing Address: 12 Mill Lane, Port Ellery, WA 98099", "policyholder_address", "12 Mill Lane, Port Ellery, WA 98099")]
    [InlineData("Patient's D.O.B.: 1971-05-04", "patient_birth_date", "1971-05-04")]
    [InlineData("Accident Location: Mill Lane, Port Ellery", "loss_location", "Mill Lane, Port Ellery")]
    public void A_label_may_carry_the_role_that_a_section_would_give_it(string line, string field, string value)
    {
        Assert.Equal(value, Value(Printed("auto_claim_form", line), field));
    }

    [Fact]
    public void A_section_on_the_police_report_ends_that_of_the_other_driver()
    {
        var document = Printed("auto_claim_form", """
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

    [Theory]
    [InlineData("M    X     F         Sample, Robin", "M")]
    [InlineData("M       F X          Sample, Robin", "F")]
    public void Of_two_boxes_for_the_sex_the_crossed_one_counts(string line, string sex)
    {
        var document = Printed("cms1500", $"""
            3. PATIENT'S BIRTH DATE        SEX             4. INSURED'S NAME
            10     20     1963          {line}
            """);

        Assert.Equal(sex, Value(document, "patient_sex"));
    }

    [Fact]
    public void A_claim_form_is_addressed_to_the_carrier_at_its_top_right()
    {
        var document = Printed("cms1500", """
                                                                Starling Benefit Trust
            HEALTH INSURANCE CLAIM FORM                         138 Quarry Street
                                                                East Fenwick, MA 01099
            """);

        Assert.Equal("Starling Benefit Trust", Value(document, "insurer"));
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
    [InlineData("cms1500", "13. INSURED'S OR AUTHORIZED PERSON'S SIGNATURE", "insured_name")]
    [InlineData("cms1500", "21. DIAGNOSIS OR NATURE OF ILLNESS OR INJURY RELATE A-L", "diagnosis")]
    [InlineData("auto_claim_form", "Vehicle Make     V.I.N", "vehicle_make")]
    public void The_rest_of_a_label_is_no_value(string type, string line, string field)
    {
        Assert.Null(Value(Printed(type, line), field));
    }

    [Fact]
    public void Every_value_carries_the_words_and_the_box_it_was_read_from()
    {
        var document = Printed("auto_claim_form", "Claim Number:   CLM-20981");

        var evidence = document.Fields.Single(field => field.Field == "claim_number").Candidates[0].Evidence;
        Assert.Equal("CLM-20981", evidence.Text);
        Assert.Equal(1, evidence.Page);
        Assert.InRange(evidence.Box.X0, 0.19, 0.22);
    }
}
