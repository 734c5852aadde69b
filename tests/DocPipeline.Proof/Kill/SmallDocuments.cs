using System.Globalization;
using DocPipeline.Samples.Catalogue;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;
using DocPipeline.Samples.Papers;

namespace DocPipeline.Proof.Kill;

/// <summary>Small documents of all kinds: mostly digital PDFs, e-mails, a few pictures, the same bytes under other names, broken files.</summary>
internal static class SmallDocuments
{
    /// <summary>Writes exactly <paramref name="count"/> files. The same seed gives the same files.</summary>
    /// <returns>Their paths, in a random order.</returns>
    public static IReadOnlyList<string> Write(string folder, int count, ulong seed)
    {
        var dice = new Dice(seed);
        var (pictures, mails, twins, broken) = (Share(0.05), Share(0.2), Share(0.1), Share(0.08));
        Random(folder, "paper", count - pictures - mails - twins - broken, seed, "clean", type: null, "mixed");
        Random(folder, "picture", pictures, seed + 1, "png", PaperTypes.InsuranceCard, "filled");
        for (var i = 1; i <= mails; i++)
        {
            var forked = dice.Fork((ulong)i);
            File.WriteAllText(Path.Combine(folder, $"mail-{i:000}.txt"), ClaimEmail.Make(Setting.Random(Locale.UnitedStates(forked), forked)).Text);
        }

        var whole = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        for (var i = 1; i <= twins; i++)
        {
            var original = dice.Pick(whole);
            File.Copy(original, Path.Combine(folder, $"again-{i:000} {Path.GetFileName(original)}"));
        }

        for (var i = 1; i <= broken; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"broken-{i:000}.pdf"), Broken(File.ReadAllBytes(dice.Pick(whole)), i, dice));
        }

        return dice.Several(count, [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)]);

        int Share(double part) => Math.Max(1, (int)(count * part));
    }

    private static void Random(string folder, string prefix, int count, ulong seed, string medium, string? type, string kind)
    {
        var made = Directory.CreateTempSubdirectory("docpipeline-random-");
        RandomFolder.Write(new(seed, count, made.FullName, medium, type, kind));
        foreach (var file in made.GetFiles().Where(file => !file.Name.EndsWith(".gt.json", StringComparison.Ordinal)))
        {
            file.MoveTo(Path.Combine(folder, $"{prefix}-{file.Name}"));
        }

        made.Delete(recursive: true);
    }

    // Each with a text of its own, so that no two are the same bytes.
    private static byte[] Broken(byte[] whole, int number, Dice dice) => (number % 4) switch
    {
        0 => [.. whole[..Math.Min(whole.Length, dice.Whole(300, 900))]],
        1 => [.. "%PDF-1.4\n"u8, .. System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture))],
        2 => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, (byte)number],
        _ => [0x50, 0x4B, 3, 4, (byte)number],
    };
}
