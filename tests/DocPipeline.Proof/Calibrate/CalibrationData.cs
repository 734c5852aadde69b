using DocPipeline.Samples.Catalogue;
using DocPipeline.Server.Calibrate;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Eval;
using DocPipeline.Server.Extract;

namespace DocPipeline.Proof.Calibrate;

/// <summary>Documents whose truth is known: made by the generator, and from folders.</summary>
internal static class CalibrationData
{
    /// <summary>The first documents of a seed; the n-th document of a seed is always the same. Those that the folder holds already are not made again.</summary>
    public static IReadOnlyList<GroundTruth> Generate(DirectoryInfo folder, ulong seed, int count, string media)
    {
        var below = folder.CreateSubdirectory($"generated-{media}-{seed}");
        if (GroundTruthFile.FindBelow(below.FullName).Count < count)
        {
            RandomFolder.Write(new RandomRequest(seed, count, below.FullName, media, Type: null, Kind: "mixed"));
        }

        return [.. GroundTruthFile.FindBelow(below.FullName).Take(count)];
    }

    public static async Task<IReadOnlyList<StudiedDocument>> ReadAsync(
        Reading reading, IReadOnlyList<(string Source, bool IsGenerated, GroundTruth Truth)> documents, int atOnce, CancellationToken cancellationToken)
    {
        var read = await LongWork.OverAsync(
            "Reading",
            documents,
            atOnce,
            async (document, cancelled) => (document, result: await reading.ReadAsync(document.Truth.Path, cancelled)),
            cancellationToken);
        return [.. read.Select(file => new StudiedDocument(
            file.document.Source,
            file.document.IsGenerated,
            file.document.Truth,
            file.result.Reading ?? throw new CommandFailure(ExitCodes.SomeDocumentsFailed, file.result.Failure ?? $"{file.document.Truth.Path} was not read.", "Train when every document can be read.")))];
    }
}
