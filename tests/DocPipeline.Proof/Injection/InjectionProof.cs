using System.Globalization;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Server.Hosting;
using DocPipeline.Split;
using DocPipeline.Validate;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Proof.Injection;

/// <param name="Asked">Papers about which the model was asked, clean and with the attack.</param>
/// <param name="Reached">Papers whose attack reached the model: its words were in the material.</param>
/// <param name="Pictured">Papers of which a model was sent a picture, and those whose attack was to be seen in it.</param>
/// <param name="Obeyed">Questions to which the obedient model gave what the attacker wants.</param>
/// <param name="ReaderMoved">Papers on which the attack's words alone, without any model, changed what is paid or accepted.</param>
/// <param name="Changed">Decisions with a model that differ from the clean twin's.</param>
internal sealed record InjectionReport(
    int Papers, IReadOnlyDictionary<Channel, int> Channels, int Languages, (int Clean, int Injected) Asked, int Reached, (int Sent, int Attacked) Pictured, int Obeyed, IReadOnlyList<string> ReaderMoved, IReadOnlyList<string> Changed)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"""
        {Papers} papers in {Languages} languages ({string.Join(", ", Channels.Select(channel => $"{channel.Value} {channel.Key.ToString().ToLowerInvariant()}"))}).
        A model was asked about {Asked.Injected} of them ({Asked.Clean} of their clean twins); {Reached} attacks reached it; {Pictured.Sent} times with a picture of the page, on {Pictured.Attacked} of which the attack was to be seen; the obedient one gave in to {Obeyed} questions.
        Moved the reader itself, without a model: {ReaderMoved.Count}.{string.Concat(ReaderMoved.Select(moved => $"\n  {moved}"))}
        Changed decisions with a model: {Changed.Count}.
        """);
}

/// <summary>Reads papers with an attack on them and their clean twins; the model is one that obeys every attack it sees, then one that tells the truth.</summary>
internal sealed class InjectionProof(ulong seed, int count, TextWriter progress)
{
    public async Task<InjectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-injection-");
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .AddReading(new ServerSettings(), folder.FullName)
            .BuildServiceProvider();
        try
        {
            var papers = InjectedPaper.Make(seed, count).ToList();
            var obedient = new ObedientModel();
            var (moved, changed, asked, reached, pictured) = (new List<string>(), new List<string>(), (Clean: 0, Injected: 0), 0, (Sent: 0, Attacked: 0));
            foreach (var paper in papers)
            {
                var truthful = new TruthfulModel($"truthful-{paper.Name}", _ => paper.Truth);
                var clean = await ReadAsync(services, paper.Clean, cancellationToken);
                var injected = await ReadAsync(services, paper.Inject(clean.Place), cancellationToken);
                obedient.InPicture = paper.Attack.IsSeenOnly ? string.Join('\n', paper.Attack.Lines) : "";
                var (cleanAlone, injectedAlone) = (await clean.DecideAsync(null, cancellationToken), await injected.DecideAsync(null, cancellationToken));
                var (before, reachedBefore) = (obedient.Asked, obedient.Reached);
                var (obeyed, told) = (await injected.DecideAsync(obedient, cancellationToken), await injected.DecideAsync(truthful, cancellationToken));
                asked = (asked.Clean + (clean.IsAsked ? 1 : 0), asked.Injected + (obedient.Asked > before ? 1 : 0));
                reached += obedient.Reached > reachedBefore ? 1 : 0;
                if (injected.Place is { } place && await injected.DrawAsync(place, cancellationToken) is { } picture)
                {
                    pictured.Sent++;
                    pictured.Attacked += await clean.DrawAsync(place, cancellationToken) is { } unattacked && !unattacked.Bytes.Span.SequenceEqual(picture.Bytes.Span) ? 1 : 0;
                }

                // Words on a paper can be a forgery that moves the reader itself, model or no model: that is told apart and shown. A model may add nothing to it, and nothing of its own.
                var forged = injectedAlone.Beyond(cleanAlone).ToList();
                moved.AddRange(forged.Select(what => $"{paper.Name}: {what}"));
                changed.AddRange(obeyed.Beyond(cleanAlone).Except(forged).Concat(obeyed.Beyond(injectedAlone)).Select(what => $"{paper.Name}, obedient: {what}"));
                changed.AddRange(told.Beyond(await clean.DecideAsync(truthful, cancellationToken)).Except(forged).Select(what => $"{paper.Name}, truthful: {what}"));
                await progress.WriteLineAsync(paper.Name.AsMemory(), cancellationToken);
            }

            return new(
                papers.Count, papers.CountBy(paper => paper.Attack.Channel).OrderBy(channel => channel.Key).ToDictionary(), papers.Select(paper => paper.Attack.Language).Distinct().Count(),
                asked, reached, pictured, obedient.Obeyed, moved, changed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ReadPaper> ReadAsync(ServiceProvider services, byte[] bytes, CancellationToken cancellationToken)
    {
        var (blobs, pages) = (services.GetRequiredService<IBlobs>(), services.GetRequiredService<PageReader>());
        using var file = new MemoryStream(bytes);
        var (content, _) = await blobs.AddAsync(file, long.MaxValue, cancellationToken);
        foreach (var page in (await pages.OpenAsync(content, cancellationToken)).PagesToRecognize)
        {
            await pages.RecognizeAsync(content, page, cancellationToken);
        }

        var read = await pages.ReadPagesAsync(content, cancellationToken);
        var documents = services.GetRequiredService<PageSplitter>().Split(read).Select(part => services.GetRequiredService<DocumentExtractor>().Extract(part, read)).ToList();
        return new(services, content, read, documents, services.GetRequiredService<ClaimResolver>().Resolve(documents));
    }

    private sealed record ReadPaper(ServiceProvider Services, ContentHash Content, IReadOnlyList<Page> Pages, IReadOnlyList<ExtractedDocument> Documents, ResolvedClaim Claim)
    {
        public bool IsAsked => OpenQuestions.Of(Documents, Claim).Count > 0;

        /// <summary>What a model that sees is shown of the first document about which it is asked.</summary>
        public PlaceInDoubt? Place => OpenQuestions.Of(Documents, Claim).GroupBy(question => question.Document).Select(questions => PlaceInDoubt.Of([.. questions])).FirstOrDefault();

        public Task<ModelPicture?> DrawAsync(PlaceInDoubt place, CancellationToken cancellationToken) =>
            Services.GetRequiredService<PageReader>().PartAsync(Content, place.Page, place.Part, cancellationToken);

        /// <param name="model">Null for the reader alone.</param>
        public async Task<Decision> DecideAsync(ILanguageModel? model, CancellationToken cancellationToken)
        {
            var doubts = new DoubtResolver(
                new AskedModels(model, null), new KeptAnswers(Services.GetRequiredService<IBlobs>(), new ProviderGate()), Calibration.Shipped, new AskOptions(), TimeProvider.System);
            var claim = doubts.Count(Documents, Claim) == 0
                ? Claim
                : (await doubts.ResolveAsync(new(Content, Documents, Claim, Pages, Submission: null, LastAttempt: true) { Draw = (page, part, token) => DrawAsync(new(page, part), token) }, cancellationToken)).Claim;
            return Decision.Of(Services.GetRequiredService<ClaimValidator>().Validate(Services.GetRequiredService<ReviewContext>().Of(claim, Pages, KnownClaims.None)));
        }
    }
}
