using System.Globalization;
using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>
/// A boxed health claim with the item numbers that everybody in the field knows. Our own drawing: the labels are facts, the artwork is not theirs.
/// </summary>
internal sealed class Cms1500Paper
{
    private const double Left = 28;
    private const double Middle = 226;
    private const double RightColumn = 378;
    private const double Right = 584;
    private const double RowHeight = 28;

    private readonly Setting setting;
    private readonly Cms1500Grid grid;
    private readonly Truth truth = new();
    private readonly Person patient;
    private readonly Person insured;
    private readonly bool longYears;
    private readonly bool blank;

    private Cms1500Paper(Setting setting, bool blank)
    {
        this.setting = setting;
        this.blank = blank;
        patient = setting.Case.Holder;
        insured = setting.Dice.Chance(0.5) ? patient : setting.Case.Other;
        longYears = setting.Dice.Chance(0.6);
        grid = new Cms1500Grid(Sheet.Letter(), setting.Dice.Chance(0.5) ? Ink.FormRed : Ink.Gray(0.1), setting.Dice.Pick(8.5, 9, 9.5));
    }

    /// <summary>The front, and the back if wanted.</summary>
    /// <param name="blank">The form alone, as it comes from the printer's shop.</param>
    public static Paper Make(Setting setting, bool backPage, bool blank = false)
    {
        var form = new Cms1500Paper(setting, blank);
        form.Draw();
        return new Paper(PaperTypes.Cms1500, backPage ? [form.grid.Sheet, Cms1500Back.Draw(setting.Style.A4)] : [form.grid.Sheet], form.truth);
    }

    private void Draw()
    {
        var sheet = grid.Sheet;
        sheet.Text(Left, 58, "HEALTH INSURANCE CLAIM FORM", Face.SansBold, 12, Ink.Gray(0.1));
        grid.Label(Left, 68, "INVENTED FORM FOR TESTS - NOT FOR BILLING");
        grid.Value(340, 40, Put("insurer", setting.Case.HealthPlan));
        grid.Value(340, 52, blank ? "" : setting.Case.Shop.Street);
        grid.Value(340, 64, blank ? "" : setting.Case.Shop.TownLine);
        var y = DrawPeople(82);
        y = DrawAccident(y);
        y = DrawSignatures(y);
        y = DrawIllness(y);
        var lines = Cms1500Lines.Draw(grid, setting, Left, Right, y, blank);
        if (!blank)
        {
            truth.AddRows("service_lines", lines.Truth);
        }

        DrawTotals(lines.Bottom, lines.Total);
    }

    private double DrawPeople(double y)
    {
        grid.Cell(Left, y, RightColumn - Left, RowHeight, "1.");
        string[] plans = ["MEDICARE", "MEDICAID", "TRICARE", "GROUP HEALTH PLAN", "OTHER"];
        for (var i = 0; i < plans.Length; i++)
        {
            grid.Tick(Left + 14 + (i * 60) + (i == 4 ? 28 : 0), y + 23, plans[i], !blank && i == 3);
        }

        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "1a. INSURED'S I.D. NUMBER                    (For Program in Item 1)", Put("member_id", setting.Case.MemberId));
        y += RowHeight;
        grid.Cell(Left, y, Middle - Left, RowHeight, "2. PATIENT'S NAME (Last Name, First Name, Middle Initial)", Put("patient_name", patient.LastFirst));
        grid.Cell(Middle, y, RightColumn - Middle, RowHeight, "3. PATIENT'S BIRTH DATE                             SEX");
        DateAndSex(Middle + 8, y + 24, patient, "patient_birth_date", "patient_sex", Middle + 92);
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "4. INSURED'S NAME (Last Name, First Name, Middle Initial)", Put("insured_name", insured.LastFirst));
        y += RowHeight;
        grid.Cell(Left, y, Middle - Left, RowHeight, "5. PATIENT'S ADDRESS (No., Street)", Put("patient_address", patient.Street));
        grid.Cell(Middle, y, RightColumn - Middle, RowHeight, "6. PATIENT RELATIONSHIP TO INSURED");
        string[] relations = ["Self", "Spouse", "Child", "Other"];
        for (var i = 0; i < relations.Length; i++)
        {
            grid.Tick(Middle + 6 + (i * 36), y + 24, relations[i], !blank && (insured == patient ? i == 0 : i == 1));
        }

        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "7. INSURED'S ADDRESS (No., Street)", Put("insured_address", insured.Street));
        y += RowHeight;
        Town(Left, y, Middle - Left, patient);
        grid.Cell(Middle, y, RightColumn - Middle, 2 * RowHeight, "8. RESERVED");
        Town(RightColumn, y, Right - RightColumn, insured);
        y += RowHeight;
        Telephone(Left, y, Middle - Left, patient, "patient_phone");
        Telephone(RightColumn, y, Right - RightColumn, insured, "insured_phone");
        return y + RowHeight;
    }

    private double DrawAccident(double y)
    {
        grid.Cell(Left, y, Middle - Left, RowHeight, "9. OTHER INSURED'S NAME (Last Name, First Name, Middle Initial)");
        grid.Cell(Middle, y, RightColumn - Middle, RowHeight, "10. IS PATIENT'S CONDITION RELATED TO:");
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "11. INSURED'S POLICY GROUP OR FECA NUMBER", Put("group_number", setting.Case.GroupNumber));
        y += RowHeight;
        grid.Cell(Left, y, Middle - Left, RowHeight, "a. OTHER INSURED'S POLICY OR GROUP NUMBER");
        YesNo(y, "a. EMPLOYMENT? (Current or Previous)", yes: false);
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "a. INSURED'S DATE OF BIRTH                                              SEX");
        DateAndSex(RightColumn + 12, y + 24, insured, "insured_birth_date", null, RightColumn + 128);
        y += RowHeight;
        grid.Cell(Left, y, Middle - Left, RowHeight, "b. RESERVED");
        YesNo(y, "b. AUTO ACCIDENT?              PLACE (State)", yes: true);
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "b. OTHER CLAIM ID (Designated by NUCC)");
        y += RowHeight;
        grid.Cell(Left, y, Middle - Left, RowHeight, "c. RESERVED");
        YesNo(y, "c. OTHER ACCIDENT?", yes: false);
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "c. INSURANCE PLAN NAME OR PROGRAM NAME", blank ? "" : "Family Choice");
        y += RowHeight;
        grid.Cell(Left, y, Middle - Left, RowHeight, "d. INSURANCE PLAN NAME OR PROGRAM NAME");
        grid.Cell(Middle, y, RightColumn - Middle, RowHeight, "10d. CLAIM CODES");
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "d. IS THERE ANOTHER HEALTH BENEFIT PLAN?");
        grid.Tick(RightColumn + 12, y + 24, "YES", ticked: false);
        grid.Tick(RightColumn + 52, y + 24, "NO", !blank);
        return y + RowHeight;
    }

    private double DrawSignatures(double y)
    {
        var date = blank ? "" : setting.Case.Discharge.AddDays(3).ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);
        grid.Cell(Left, y, RightColumn - Left, 32, "12. PATIENT'S OR AUTHORIZED PERSON'S SIGNATURE I authorize the release of any information needed to process this claim.");
        grid.Label(Left + 6, y + 28, "SIGNED");
        grid.Value(Left + 34, y + 28, blank ? "" : "SIGNATURE ON FILE");
        grid.Label(RightColumn - 120, y + 28, "DATE");
        grid.Value(RightColumn - 98, y + 28, date);
        grid.Cell(RightColumn, y, Right - RightColumn, 32, "13. INSURED'S OR AUTHORIZED PERSON'S SIGNATURE");
        grid.Label(RightColumn + 6, y + 28, "SIGNED");
        grid.Value(RightColumn + 34, y + 28, blank ? "" : "SIGNATURE ON FILE");
        return y + 32;
    }

    private double DrawIllness(double y)
    {
        var stay = setting.Case;
        grid.Cell(Left, y, Middle - Left, RowHeight, "14. DATE OF CURRENT ILLNESS, INJURY, OR PREGNANCY (LMP)");
        grid.Date(Left + 8, y + 24, blank ? null : stay.LossDate, longYear: false);
        grid.Cell(Middle, y, RightColumn - Middle, RowHeight, "15. OTHER DATE");
        grid.Date(Middle + 60, y + 24, null, longYear: false);
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "16. DATES PATIENT UNABLE TO WORK IN CURRENT OCCUPATION");
        FromTo(y, null, null);
        y += RowHeight;
        grid.Cell(Left, y, Middle - Left, RowHeight, "17. NAME OF REFERRING PROVIDER OR OTHER SOURCE", Put("referring_provider", stay.ReferringDoctor));
        grid.Cell(Middle, y, RightColumn - Middle, RowHeight, "17b. NPI", blank ? "" : CheckDigits.Npi(setting.Dice));
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "18. HOSPITALIZATION DATES RELATED TO CURRENT SERVICES");
        FromTo(y, blank ? null : stay.Admission, blank ? null : stay.Discharge);
        y += RowHeight;
        grid.Cell(Left, y, RightColumn - Left, RowHeight, "19. ADDITIONAL CLAIM INFORMATION");
        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "20. OUTSIDE LAB?                               $ CHARGES");
        grid.Tick(RightColumn + 12, y + 24, "YES", ticked: false);
        grid.Tick(RightColumn + 52, y + 24, "NO", !blank);
        y += RowHeight;
        grid.Cell(Left, y, RightColumn - Left, 2 * RowHeight, "21. DIAGNOSIS OR NATURE OF ILLNESS OR INJURY   Relate A-L to service line below (24E)          ICD Ind.  0");
        for (var i = 0; i < 8; i++)
        {
            var (x, baseline) = (Left + 8 + (i % 4 * 84), y + 22 + (i / 4 * 20));
            grid.Label(x, baseline, $"{(char)('A' + i)}.");
            grid.Value(x + 12, baseline, blank || i >= stay.Diagnoses.Count ? "" : stay.Diagnoses[i].Code);
        }

        if (!blank)
        {
            truth.AddRows("diagnosis_codes", [.. stay.Diagnoses.Select(diagnosis => diagnosis.Code)]);
        }

        grid.Cell(RightColumn, y, Right - RightColumn, RowHeight, "22. RESUBMISSION CODE                     ORIGINAL REF. NO.");
        grid.Cell(RightColumn, y + RowHeight, Right - RightColumn, RowHeight, "23. PRIOR AUTHORIZATION NUMBER", blank ? "" : setting.Dice.Digits(10));
        return y + (2 * RowHeight);
    }

    private void DrawTotals(double y, decimal total)
    {
        var (dice, stay) = (setting.Dice, setting.Case);
        var paid = dice.Pick(0m, 0m, 50m, 120m);
        var taxId = $"{dice.Digits(2)}-{dice.Digits(7)}";
        grid.Cell(Left, y, 130, RowHeight, "25. FEDERAL TAX I.D. NUMBER           SSN  EIN", Put("federal_tax_id", taxId));
        grid.Tick(Left + 108, y + 24, "", !blank);
        grid.Cell(Left + 130, y, 110, RowHeight, "26. PATIENT'S ACCOUNT NO.", Put("patient_id", stay.PatientId));
        grid.Cell(Left + 240, y, 90, RowHeight, "27. ACCEPT ASSIGNMENT?");
        grid.Tick(Left + 246, y + 24, "YES", !blank);
        grid.Tick(Left + 288, y + 24, "NO", ticked: false);
        (string Label, decimal Amount, string Field)[] boxes = [("28. TOTAL CHARGE", total, "total_amount"), ("29. AMOUNT PAID", paid, "amount_paid"), ("30. BALANCE DUE", total - paid, "balance_due")];
        for (var i = 0; i < boxes.Length; i++)
        {
            var x = Left + 330 + (i * 75);
            var width = i == 2 ? Right - x : 75;
            grid.Cell(x, y, width, RowHeight, boxes[i].Label);
            grid.Label(x + 4, y + 23, "$");
            grid.Amount(x + width - 20, y + 9, y + RowHeight, blank ? null : boxes[i].Amount);
            Put(boxes[i].Field, Setting.Decimal(boxes[i].Amount));
        }

        y += RowHeight;
        grid.Cell(Left, y, 150, 62, "31. SIGNATURE OF PHYSICIAN OR SUPPLIER");
        grid.Value(Left + 5, y + 34, blank ? "" : stay.Doctor);
        grid.Label(Left + 4, y + 57, "SIGNED                                    DATE");
        Firm(Left + 150, y, 200, "32. SERVICE FACILITY LOCATION INFORMATION");
        Firm(Left + 350, y, Right - Left - 350, "33. BILLING PROVIDER INFO & PH #");
        Put("provider", stay.Hospital.Name);
    }

    private void Firm(double x, double y, double width, string label)
    {
        grid.Cell(x, y, width, 62, label);
        var hospital = setting.Case.Hospital;
        string[] lines = blank ? [] : [hospital.Name, hospital.Street, hospital.TownLine];
        for (var i = 0; i < lines.Length; i++)
        {
            grid.Sheet.Text(x + 5, y + 19 + (i * 11), lines[i], Face.Mono, 8);
        }

        grid.Label(x + 3, y + 58, "a. NPI");
        grid.Value(x + 26, y + 58, blank ? "" : CheckDigits.Npi(setting.Dice.Fork(5)));
    }

    private void Town(double x, double y, double width, Person person)
    {
        grid.Cell(x, y, width - 40, RowHeight, "CITY", blank ? "" : person.Town);
        grid.Cell(x + width - 40, y, 40, RowHeight, "STATE", blank ? "" : person.Region);
    }

    private void Telephone(double x, double y, double width, Person person, string field)
    {
        grid.Cell(x, y, 80, RowHeight, "ZIP CODE", blank ? "" : person.Postcode);
        grid.Cell(x + 80, y, width - 80, RowHeight, "TELEPHONE (Include Area Code)", Put(field, person.Phone));
    }

    private void DateAndSex(double x, double baseline, Person person, string dateField, string? sexField, double sexAt)
    {
        grid.Date(x, baseline, blank ? null : person.Birth, longYears);
        grid.Tick(sexAt, baseline, "M", !blank && person.Sex == "M");
        grid.Tick(sexAt + 26, baseline, "F", !blank && person.Sex == "F");
        Put(dateField, Setting.Iso(person.Birth));
        if (sexField is not null)
        {
            Put(sexField, person.Sex);
        }
    }

    private void YesNo(double y, string label, bool yes)
    {
        grid.Cell(Middle, y, RightColumn - Middle, RowHeight, label);
        grid.Tick(Middle + 16, y + 24, "YES", !blank && yes);
        grid.Tick(Middle + 62, y + 24, "NO", !blank && !yes);
    }

    private void FromTo(double y, DateOnly? from, DateOnly? to)
    {
        grid.Label(RightColumn + 4, y + 24, "FROM");
        grid.Date(RightColumn + 26, y + 24, from, longYear: false);
        grid.Label(RightColumn + 108, y + 24, "TO");
        grid.Date(RightColumn + 122, y + 24, to, longYear: false);
    }

    private string Put(string field, string value)
    {
        if (blank)
        {
            return "";
        }

        truth.Add(field, value);
        return value;
    }
}
