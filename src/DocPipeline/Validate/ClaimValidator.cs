using System.Collections.Frozen;
using DocPipeline.Documents;
using DocPipeline.Validate.Rules;

namespace DocPipeline.Validate;

/// <summary>Runs every rule and decides what becomes of the claim. Pure: the same input gives the same findings in the same order.</summary>
public sealed class ClaimValidator
{
    private readonly ValidateOptions _options;
    private readonly FrozenSet<string> _codes;

    public ClaimValidator(ValidateOptions options)
    {
        _options = options;

        // The order is that of importance: the first error becomes the reason people see.
        Rules =
        [
            new NotAClaim(),
            new BlankForm(),
            new DocumentTypeUnknown(),
            new DuplicateInvoice(),
            new PartlyRead(),
            new RequiredFieldMissing(),
            new AmbiguousDate(),
            new RequiredFieldUncertain(),
            new ModelChosen(),
            new ServiceContradicts(),
            new DocumentsContradict(),
            new DatesInOrder(),
            new DateInFuture(),
            new LossOutsidePolicyPeriod(),
            new SubtotalTaxTotal(options),
            new BalanceArithmetic(options),
            new NpiCheckDigit(),
            new LinesDoNotSum(options),
            new AmountImplausible(options),
            new VinCheckDigit(),
            new DuplicateClaimNumber(),
            new UnreadablePage(options),
            new LowCoverage(options),
            new UnclassifiedPages(),
            new AmbiguousValue(),
            new PatientInsuredDiffer(),
            new ReaderFellBack(),
        ];
        _codes = Rules.Select(rule => rule.Code).ToFrozenSet();
    }

    public IReadOnlyList<IClaimRule> Rules { get; }

    /// <summary>The claim with its findings, and its state: anything of severity error makes it wait for a person.</summary>
    public ValidatedClaim Validate(ClaimUnderReview claim)
    {
        // 1. Findings, all at once: a person should not have to come back for the next one.
        var found = Rules.SelectMany(rule => rule.Check(claim)).ToList();

        // 2. Each to its document. Earlier findings of these rules are replaced: a claim is validated again after a correction.
        var documents = claim.Documents.Select(entry => entry.Document with
        {
            Findings = [.. Foreign(entry.Document.Findings), .. found.Where(placed => placed.Document == entry.Index).Select(placed => placed.Finding)],
        });
        var validated = claim.Claim with
        {
            Documents = [.. documents],
            Findings = [.. Foreign(claim.Claim.Findings), .. found.Where(placed => placed.Document is null).Select(placed => placed.Finding)],
        };

        // 3. The decision.
        return new ValidatedClaim(validated, Decide(claim, found));
    }

    private ClaimDecision Decide(ClaimUnderReview claim, List<PlacedFinding> found)
    {
        var error = found.Find(placed => placed.Finding.Severity == Severity.Error)?.Finding;
        if (error is null)
        {
            return new ClaimDecision(ClaimStates.Accepted, ReasonCode: null, Reason: null);
        }

        var rejected = error.Rule == NotAClaim.RuleCode && claim.Claim.Documents.All(document => document.TypeConfidence >= _options.RejectFromTypeConfidence);
        return new ClaimDecision(rejected ? ClaimStates.Rejected : ClaimStates.NeedsReview, error.Rule.Replace('-', '_'), error.Message);
    }

    private IEnumerable<Finding> Foreign(IReadOnlyList<Finding> findings) => findings.Where(finding => !_codes.Contains(finding.Rule));
}
