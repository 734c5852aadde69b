using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>The names under which the pipeline reports the types of documents.</summary>
internal static class PaperTypes
{
    public const string AutoClaimForm = "auto_claim_form";
    public const string RepairEstimate = "repair_estimate";
    public const string Invoice = "invoice";
    public const string Receipt = "receipt";
    public const string Cms1500 = "cms1500";
    public const string PoliceReport = "police_report";
    public const string InsuranceCard = "insurance_card";
    public const string DischargeSummary = "discharge_summary";
    public const string PolicyDeclarations = "policy_declarations";
    public const string LossRun = "loss_run";
    public const string Other = "other";
    public const string NotAClaim = "not_a_claim";
}

/// <summary>One finished document: its sheets and what is to be read on them.</summary>
internal sealed record Paper(string Type, IReadOnlyList<Sheet> Sheets, Truth Truth)
{
    public static Paper Of(string type, Form form, Style style) => new(type, FormRenderer.Render(form, style), Truth.Of(form));
}
