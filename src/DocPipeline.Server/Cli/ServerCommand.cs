using System.CommandLine;

namespace DocPipeline.Server.Cli;

/// <summary>A command of the CLI together with the examples that its help teaches with.</summary>
internal abstract class ServerCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    protected static Option<bool> JsonOption() => new("--json") { Description = "One JSON object a line, for programs." };

    /// <summary>Paths, at least one. A word that begins with a dash is a misspelt option, not the name of a file (which <c>./-name</c> would be).</summary>
    protected static Argument<string[]> Paths(string name, string description)
    {
        var paths = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        paths.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"There is no option '{token.Value}'.");
            }
        });
        return paths;
    }
}
