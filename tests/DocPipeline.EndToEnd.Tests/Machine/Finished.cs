namespace DocPipeline.EndToEnd.Tests.Machine;

/// <summary>A command that has ended.</summary>
public sealed record Finished(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
