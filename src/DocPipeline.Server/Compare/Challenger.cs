using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace DocPipeline.Server.Compare;

/// <summary>Another way of reading: the settings of this process, except for those that are named.</summary>
/// <param name="Name">As it was spelled, such as <c>READERS=textract,tesseract;SECOND_READING=false</c>.</param>
internal sealed record Challenger(string Name, ServerSettings Settings)
{
    /// <summary>Names and values, without the prefix. Its name is stored and shown, so secrets are no part of it; nor is where the live way keeps its things.</summary>
    public static bool TryParse(string text, out IReadOnlyDictionary<string, string?> changes)
    {
        var parsed = new Dictionary<string, string?>(StringComparer.Ordinal);
        changes = parsed;
        return text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(change => change.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var value] && IsComparable(name) && parsed.TryAdd(name, value));
    }

    private static bool IsComparable(string name) =>
        ServerSettings.Names.Contains(name) && !name.EndsWith("_KEY", StringComparison.Ordinal) && !name.EndsWith("DATABASE", StringComparison.Ordinal);

    /// <summary>Null where the settings name none.</summary>
    /// <exception cref="CommandFailure">What it changes cannot be used.</exception>
    public static Challenger? Of(ServerSettings live)
    {
        if (live.CompareWith.Length == 0 || live.CompareShare == 0 || !TryParse(live.CompareWith, out var changes))
        {
            return null;
        }

        var settings = ServerSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables(ServerSettings.Prefix).AddInMemoryCollection(changes).Build());

        // It reads in the background: one reader child beside those of the live way.
        return new(live.CompareWith, settings with { OcrWorkers = 1 });
    }
}
