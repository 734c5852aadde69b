using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Papers;

/// <summary>The back of the form: legal text in our own words. A reader must take nothing from it.</summary>
internal static class Cms1500Back
{
    private static readonly string[] Paragraphs =
    [
        "NOTICE: Any person who knowingly files a statement of claim containing any misrepresentation or any false, incomplete or misleading information may be guilty of a criminal act punishable under law and may be subject to civil penalties.",
        "GOVERNMENT PROGRAMS: A patient's signature asks that payment be made and authorizes the release of medical information needed to pay the claim. If the insured has other health insurance, the patient's name, the insured's name and the policy number of that insurance must be given in items 4, 7, 9 and 11.",
        "SIGNATURE OF PHYSICIAN OR SUPPLIER: In submitting this claim for payment I certify that the information on this form is true, accurate and complete; that the services were medically necessary and personally furnished by me or under my direction; and that the total charge in item 28 is my usual charge.",
        "PRIVACY: The information asked for is needed to process the claim. It may be given to other payers, to reviewers of care and to agencies as the law allows. Furnishing it is voluntary, but without the insured's I.D. number, the patient's name and the date of service a claim cannot be paid.",
        "BURDEN: The time to complete this collection is estimated at 10 minutes per response, including the time to read the instructions, search for data and review the form. Please do not send claims to the address given for comments.",
        "This text belongs to an invented form and has no legal force.",
    ];

    public static Sheet Draw(bool a4)
    {
        var sheet = a4 ? Sheet.A4() : Sheet.Letter();
        var y = 60.0;
        foreach (var paragraph in Paragraphs)
        {
            y = sheet.Paragraph(40, y, sheet.Width - 80, paragraph, Face.Sans, 8.5) + 8;
        }

        return sheet;
    }
}
