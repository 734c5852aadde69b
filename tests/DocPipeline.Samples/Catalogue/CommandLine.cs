using System.Globalization;

namespace DocPipeline.Samples.Catalogue;

internal static class CommandLine
{
    private const string Usage =
        """
        DocPipeline.Samples makes claim documents and says what is to be read on them.
          samples [--out DIR]                                                       the fixed samples (DIR: samples)
          check [--out DIR]                                                         whether the fixed samples are up to date
          random --seed N --count K --out DIR [--degrade clean|scan|bilevel|photo|png|tiff|mixed] [--type TYPE] [--kind filled|mixed]
        """;

    public static int Run(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case ["samples", .. var rest]:
                    SampleFolder.Write(Option(rest, "--out") ?? "samples");
                    return 0;
                case ["check", .. var rest]:
                    return Check(Option(rest, "--out") ?? "samples");
                case ["random", .. var rest]:
                    RandomFolder.Write(Request(rest));
                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or IOException)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private static int Check(string folder)
    {
        var differences = SampleFolder.Differences(folder);
        foreach (var name in differences)
        {
            Console.WriteLine($"differs: {name}");
        }

        return differences.Count == 0 ? 0 : 1;
    }

    private static RandomRequest Request(string[] options) => new(
        ulong.Parse(Option(options, "--seed") ?? "1", CultureInfo.InvariantCulture),
        int.Parse(Option(options, "--count") ?? "10", CultureInfo.InvariantCulture),
        Option(options, "--out") ?? throw new FormatException($"--out is missing.\n{Usage}"),
        Option(options, "--degrade") ?? "clean",
        Option(options, "--type"),
        Option(options, "--kind") ?? "filled");

    private static string? Option(string[] options, string name)
    {
        var at = Array.IndexOf(options, name);
        return at < 0 ? null : at + 1 < options.Length ? options[at + 1] : throw new FormatException($"{name} needs a value.");
    }
}
