using System.Text;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>A claim that came as plain text. No sheets: the text is the file.</summary>
internal static class ClaimEmail
{
    public static (string Text, Truth Truth) Make(Setting setting)
    {
        var loss = setting.Case;
        var truth = new Truth();
        var mail = new StringBuilder()
            .Append("From: ").AppendLine(loss.Holder.Email)
            .AppendLine("To: claims@example.com")
            .Append("Subject: Accident claim, policy ").AppendLine(loss.PolicyNumber)
            .AppendLine()
            .AppendLine("Dear claims team,")
            .AppendLine()
            .AppendLine("I want to report damage to my car. Here are the particulars you asked for on the phone:")
            .AppendLine();
        Entry[] entries =
        [
            setting.Text("claim_number", loss.ClaimNumber, "claim_number"),
            setting.Text("policy_number", loss.PolicyNumber, "policy_number"),
            new Entry("Policyholder", loss.Holder.Name, "policyholder_name"),
            setting.Text("phone", loss.Holder.Phone, "policyholder_phone"),
            .. setting.LossEntries(),
            setting.Text("loss_description", loss.Description, "loss_description"),
            .. setting.VehicleEntries(loss.Vehicle, claimed: true),
            setting.Money("total_amount", "Amount Claimed", loss.RepairTotal, "total_amount"),
        ];
        foreach (var entry in entries)
        {
            truth.Add(entry);
            mail.Append(entry.Label).Append(": ").AppendLine(entry.Printed);
        }

        mail.AppendLine().AppendLine("The garage will send its estimate separately.").AppendLine().AppendLine("Kind regards,").AppendLine(loss.Holder.Name);
        return (mail.ToString().ReplaceLineEndings("\n"), truth);
    }
}
