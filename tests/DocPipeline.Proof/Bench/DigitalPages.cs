using DocPipeline.Samples.Catalogue;

namespace DocPipeline.Proof.Bench;

/// <summary>Digital PDFs of random types.</summary>
internal static class DigitalPages
{
    private const ulong Seed = 301;

    public static IReadOnlyList<string> Write(string folder, int count)
    {
        var digital = Directory.CreateDirectory(Path.Combine(folder, "digital")).FullName;
        RandomFolder.Write(new(Seed, count, digital, "clean", Type: null, "filled"));
        return [.. Directory.GetFiles(digital, "*.pdf").Order(StringComparer.Ordinal)];
    }
}
