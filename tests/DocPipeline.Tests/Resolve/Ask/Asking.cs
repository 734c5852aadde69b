using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;

namespace DocPipeline.Tests.Resolve.Ask;

/// <summary>A resolver of doubts over a blob folder of its own.</summary>
internal sealed class Asking : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-ask-");

    public static ContentHash Content { get; } = new(new string('a', 64));

    public AskOptions Options { get; init; } = new();

    public ProviderGate Gate { get; init; } = new();

    /// <summary>Draws parts of pages; null: nothing can be drawn.</summary>
    public Func<int, Box, CancellationToken, Task<ModelPicture?>>? Draw { get; set; }

    public async Task<AskedClaim> ResolveAsync(Paper paper, ILanguageModel? small, ILanguageModel? large = null, bool lastAttempt = true)
    {
        var answers = new KeptAnswers(new BlobFolder(_folder.FullName), Gate);
        var resolver = new DoubtResolver(new AskedModels(small, large), answers, Calibration.Shipped, Options, TimeProvider.System);
        return await resolver.ResolveAsync(new(Content, paper.Documents, paper.Claim, paper.Pages, Submission: null, lastAttempt) { Draw = Draw }, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Gate.Dispose();
        _folder.Delete(recursive: true);
    }
}
