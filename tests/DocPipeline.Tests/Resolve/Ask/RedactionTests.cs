using System.Text;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Tests.Pages;
using DocPipeline.Workflow;

namespace DocPipeline.Tests.Resolve.Ask;

/// <summary>What a model gets to see of personal data: what a question is about, and nothing else.</summary>
public sealed class RedactionTests
{
    private const string Text = Head + "Account: 4455667788\n" + Tail;
    private const string Head = "AUTO CLAIM FORM\nClaim Number: CL-2044-17\nPolicy Number: PL-88-4410\nPolicyholder Name: Martha Example\nInsurer: Northern Mutual Insurance\n";
    private const string Tail = "Loss Location: Harbour Road 4, Springfield\n\nThe other car hit mine on the evening of 17 March 2026.";

    [Fact]
    public async Task Personal_data_that_no_question_is_about_is_blackened_and_the_rest_is_not()
    {
        var service = new ScriptedWords("comprehend", page =>
        [
            .. ScriptedWords.Kind(page, "NAME", "Martha", "Example"), .. ScriptedWords.Kind(page, "BANK_ACCOUNT_NUMBER", "4455667788"), .. ScriptedWords.Kind(page, "DATE_TIME", "17", "March", "2026."),
        ]);
        var model = ScriptedModel.Absent("small", sees: true);

        var asked = await AskAsync(service, model);

        var material = Assert.Single(model.Asked).Material;
        Assert.All(["Martha", "Example\"", "4455667788"], hidden => Assert.DoesNotContain(hidden, material, StringComparison.Ordinal));
        Assert.All(["March", "CL-2044-17", "Harbour", "██████"], shown => Assert.Contains(shown, material, StringComparison.Ordinal));
        Assert.Single(service.Seen);
        Assert.DoesNotContain(asked.Claim.Findings, finding => finding.Rule == DoubtResolver.NotAskedCode);
    }

    [Fact]
    public async Task Where_personal_data_cannot_be_found_nothing_is_sent_and_a_finding_says_so()
    {
        var model = ScriptedModel.Absent("small", sees: true);

        var asked = await AskAsync(new ScriptedWords("comprehend", static _ => throw new TransientFailure("It is down.")), model);

        Assert.Empty(model.Asked);
        Assert.Contains("comprehend v1 did not say what on page 1 is personal. It is down.", Assert.Single(asked.Claim.Findings).Message, StringComparison.Ordinal);
    }

    private static Task<ModelPicture?> NoPicture(int page, Box part, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A picture would show what was blackened.");

    private static async Task<AskedClaim> AskAsync(ITextEngine service, ScriptedModel model)
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync(Encoding.UTF8.GetBytes(Text));
        await bench.ReadAsync(content);
        var paper = Paper.Of(("auto_claim_form", Text));
        using var gate = new ProviderGate();
        var redaction = new Redaction(new(new TextAnalysis("comprehend-pii", new HashSet<string>(), service)), bench.Analyst);
        var resolver = new DoubtResolver(new(model, null), new KeptAnswers(new BlobFolder(bench.Folder), gate), Calibration.Shipped, new(), TimeProvider.System, redaction);
        return await resolver.ResolveAsync(new(content, paper.Documents, paper.Claim, paper.Pages, Submission: null, LastAttempt: true) { Draw = NoPicture }, TestContext.Current.CancellationToken);
    }
}
