using System.Text;

namespace DocPipeline.Samples.Catalogue;

/// <summary>Writes the fixed samples, their expectations and their list.</summary>
internal static class SampleFolder
{
    private const string Introduction =
        """
        # Samples

        Documents that this project made itself. Every person, firm, address and number in them is invented; makers of cars are named because
        their codes are part of a VIN. Beside each file, `FILE.expected.json` says what the pipeline should make of it: the final states that are
        right, the documents and their pages, the values (`core`), fields that must not be reported (`must_not`) and rules that must speak (`findings`).

        Made again, byte for byte where the fonts of the machine are the same, with (`apt install poppler-utils` for the pictures):

            dotnet run --project tests/DocPipeline.Samples -- samples

        Whether the folder is up to date: `-- check`. As many others as wanted, of random types, layouts, wordings, countries and media, each with its truth in `FILE.gt.json`
        (`planted` names a field that was made to contradict the rest on purpose; its truth is still what is printed):

            dotnet run --project tests/DocPipeline.Samples -- random --seed 1 --count 50 --degrade mixed --kind mixed --out DIR

        | file | what it is | final state |
        |---|---|---|

        """;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var list = new StringBuilder();
        foreach (var sample in ClaimSamples.All().Concat(OddSamples.All()))
        {
            File.WriteAllBytes(Path.Combine(folder, sample.File), sample.Bytes);
            File.WriteAllText(Path.Combine(folder, $"{sample.File}.expected.json"), Json.Of(sample));
            list.Append("| `").Append(sample.File).Append("` | ").Append(sample.About).Append(" | ").Append(string.Join(" or ", sample.Expected.States)).Append(" |\n");
        }

        File.WriteAllText(Path.Combine(folder, "README.md"), Introduction + list);
    }

    /// <summary>Names of files in the folder that are not what would be written today; rendered pictures depend on the machine's fonts.</summary>
    public static IReadOnlyList<string> Differences(string folder)
    {
        var fresh = Directory.CreateTempSubdirectory("docpipeline-samples-");
        try
        {
            Write(fresh.FullName);
            var names = fresh.GetFiles().Select(file => file.Name).Union(new DirectoryInfo(folder).GetFiles().Select(file => file.Name)).Order(StringComparer.Ordinal);
            return [.. names.Where(name => !Same(Path.Combine(fresh.FullName, name), Path.Combine(folder, name)))];
        }
        finally
        {
            fresh.Delete(recursive: true);
        }
    }

    private static bool Same(string one, string other) =>
        File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
}
