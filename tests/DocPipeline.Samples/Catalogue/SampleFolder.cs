using System.Text;

namespace DocPipeline.Samples.Catalogue;

/// <summary>Writes the fixed samples, their expectations and their list.</summary>
internal static class SampleFolder
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var list = new StringBuilder();
        foreach (var sample in ClaimSamples.All().Concat(OddSamples.All()))
        {
            File.WriteAllBytes(Path.Combine(folder, sample.File), sample.Bytes);
            File.WriteAllText(Path.Combine(folder, $"{sample.File}.expected.json"), Json.Of(sample));
            list.Append("| `").Append(sample.File).Append("` | ").Append(sample.About).Append(" | ").Append(string.Join(" or ", sample.Expected.States)).Append(" |\n");
            Console.WriteLine($"{sample.File}  {sample.Bytes.Length:N0} bytes");
        }

        File.WriteAllText(Path.Combine(folder, "README.md"), Introduction + list);
    }

    private const string Introduction =
        """
        # Samples

        Documents that this project made itself. Every person, firm, address and number in them is invented; makers of cars are named because
        their codes are part of a VIN. Beside each file, `FILE.expected.json` says what the pipeline should make of it: the final states that are
        right, the documents and their pages, the values (`core`), fields that must not be reported (`must_not`) and rules that must speak (`findings`).

        Made again, byte for byte where the fonts of the machine are the same, with (`apt install poppler-utils` for the pictures):

            dotnet run --project tests/DocPipeline.Samples -- samples

        As many others as wanted, of random types, layouts, wordings, countries and media, each with its truth in `FILE.gt.json`:

            dotnet run --project tests/DocPipeline.Samples -- random --seed 1 --count 50 --degrade mixed --out DIR

        | file | what it is | final state |
        |---|---|---|

        """;
}
