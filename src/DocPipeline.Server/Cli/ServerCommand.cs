using System.CommandLine;

namespace DocPipeline.Server.Cli;

/// <summary>A command of the CLI together with the examples that its help teaches with.</summary>
internal abstract class ServerCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    protected static Option<bool> JsonOption() => new("--json") { Description = "One JSON object a line, for programs." };
}
