using Microsoft.Extensions.Configuration;

namespace DocPipeline.Functions;

/// <summary>The settings that code reads; those that only bindings read are in the README.</summary>
public sealed record ShellSettings(string Database, string Blobs, string Container, int MaxFileMegabytes, int OcrWorkers, int StuckMinutes, int FourEyesAbove)
{
    /// <exception cref="InvalidOperationException">Names every setting that is missing or out of its range.</exception>
    public static ShellSettings Read(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        var settings = new ShellSettings(
            Text("DOCPIPELINE_DATABASE"), Text("DOCPIPELINE_BLOBS"), Text("DOCPIPELINE_CONTAINER"),
            Number("DOCPIPELINE_MAX_FILE_MB", 100, 1, 2000), Number("DOCPIPELINE_OCR_WORKERS", 0, 0, 64), Number("DOCPIPELINE_STUCK_MINUTES", 15, 1, 100_000), Number("DOCPIPELINE_FOUR_EYES_ABOVE", 0, 0, int.MaxValue));
        return mistakes.Count == 0 ? settings : throw new InvalidOperationException(string.Join(' ', mistakes));

        string Text(string name) => configuration[name] is { Length: > 0 } text ? text : Mistake(name, "is not set", "");

        int Number(string name, int standard, int least, int most) =>
            configuration[name] is not { Length: > 0 } text ? standard
            : int.TryParse(text, out var number) && number >= least && number <= most ? number
            : Mistake(name, $"is '{text}'; it must be a whole number from {least} to {most}", standard);

        T Mistake<T>(string name, string what, T instead)
        {
            mistakes.Add($"{name} {what}.");
            return instead;
        }
    }
}
