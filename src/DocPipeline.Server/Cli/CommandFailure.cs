namespace DocPipeline.Server.Cli;

/// <summary>Ends a command with words for the person who typed it: what happened, to what, and what to do.</summary>
internal sealed class CommandFailure(int exitCode, string whatHappened, params string[] whatToDo) : Exception(whatHappened)
{
    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<string> WhatToDo { get; } = whatToDo;
}
