using System.Globalization;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Resolve.Ask;
using DocPipeline.Samples.Catalogue;
using DocPipeline.Server.Eval;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Hosting;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Proof.Models;

/// <param name="Files">Read once without and once with a model.</param>
/// <param name="Asked">Files about which a model was asked.</param>
/// <param name="Calls">Answers bought.</param>
/// <param name="Tokens">That the model read, by the scripted server's count: a quarter of the request's characters.</param>
/// <param name="Chosen">Values that a model chose.</param>
/// <param name="Unfounded">Those of them without a place on the page. Must be none.</param>
/// <param name="AcceptedUnseen">Those of them that nobody would look at. Must be none.</param>
/// <param name="StatesChanged">Files that ended in another state than without a model. Must be none.</param>
/// <param name="Doubts">Questions by kind of doubt.</param>
internal sealed record ModelReport(
    int Files, int Asked, int Calls, decimal Tokens, int Chosen, int Unfounded, int AcceptedUnseen, int StatesChanged, double F1Without, double F1UpperBound, IReadOnlyDictionary<string, int> Doubts)
{
    public double Share => (double)Asked / Files;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"""
        {Files} files; a model was asked about {Asked} of them ({100 * Share:0.0} %), with {Calls} calls and {Tokens:0} tokens of material ({string.Join(", ", Doubts.Select(doubt => $"{doubt.Value} {doubt.Key}"))}).
        It chose {Chosen} values: {Unfounded} without a place on the page, {AcceptedUnseen} accepted unseen; {StatesChanged} files ended in another state.
        F1 without a model {F1Without:0.0000}; with one that knows the truth {F1UpperBound:0.0000}. That is the upper bound of what any model can do by these rules, not a measurement of one.
        """);
}

/// <summary>Reads documents with ground truths without a model and with one that knows the truth, over the real protocol on the loopback.</summary>
/// <param name="words">For what is read from them.</param>
internal sealed class ModelBench(IReadOnlyList<GroundTruth> truths, DirectoryInfo words, TextWriter progress)
{
    /// <summary>Over made documents.</summary>
    public static ModelBench Of(RandomRequest documents, TextWriter progress)
    {
        RandomFolder.Write(documents);
        return new(GroundTruthFile.FindBelow(documents.Folder), Directory.CreateDirectory(Path.Combine(documents.Folder, "words")), progress);
    }

    public async Task<ModelReport> RunAsync(CancellationToken cancellationToken)
    {
        var oracle = new OracleScript();
        await using var server = new ScriptedServer(oracle.Answer);
        await using var alone = new Reading(new ServerSettings(), words);
        await using var asking = new Reading(new ServerSettings { Llm = "openai", LlmModel = "oracle", LlmEndpoint = new Uri(server.Address, "v1").AbsoluteUri }, words);
        var (without, with) = (new List<FileScore>(), new List<FileScore>());
        var (asked, changed, usage, chosen, doubts) = (0, 0, new List<ProviderUsage>(), new List<Field>(), new List<string>());
        foreach (var truth in truths)
        {
            oracle.Truth = truth.Fields;
            var before = (await alone.ReadAsync(truth.Path, cancellationToken)).Reading!;
            var calls = oracle.Calls;
            var after = (await asking.ReadAsync(truth.Path, cancellationToken)).Reading!;
            asked += oracle.Calls > calls ? 1 : 0;
            changed += before.Status == after.Status ? 0 : 1;
            usage.AddRange(after.ModelUsage);
            chosen.AddRange(after.Claim.Documents.SelectMany(document => document.Fields).Where(field => field.ChosenBy is not null));
            var open = before.Candidates.Count == 0 ? [] : OpenQuestions.Of(before.Candidates, before.Claim);
            doubts.AddRange(open.Select(question => question.Doubt.ToString()));
            without.Add(FileScore.Of(truth, before));
            with.Add(FileScore.Of(truth, after));
            await progress.WriteLineAsync($"{Path.GetFileName(truth.Path)}: {before.Status}, {oracle.Calls - calls} calls{string.Concat(open.Select(question => $", {question.Document + 1} {before.Candidates[question.Document].Type}.{question.Field} {question.Doubt}"))}".AsMemory(), cancellationToken);
        }

        return new(
            truths.Count, asked, oracle.Calls, usage.Sum(one => one.Units.GetValueOrDefault(ProviderUnits.InputToken)), chosen.Count,
            chosen.Count(field => field.Evidence.Text.Length == 0 || field.Evidence.Box.Width <= 0), chosen.Count(field => field.Accepted), changed,
            new EvalReport(without, TimeSpan.Zero).Overall.F1, new EvalReport(with, TimeSpan.Zero).Overall.F1, doubts.CountBy(doubt => doubt).ToDictionary());
    }
}
