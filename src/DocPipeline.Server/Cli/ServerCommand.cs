using System.CommandLine;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Cli;

/// <summary>A command of the CLI together with the examples that its help teaches with.</summary>
internal abstract class ServerCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Who does what is done from the terminal, for the record.</summary>
    protected static string By => $"operator {Environment.UserName}";

    /// <summary>A part of this command, which works on the database of the settings.</summary>
    /// <param name="symbols">Its arguments and options.</param>
    protected static Command Sub(string name, string description, Func<NpgsqlDataSource, ParseResult, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Add(option);
            }
            else
            {
                command.Add((Argument)symbol);
            }
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = NpgsqlDataSource.Create(ServerSettings.Read().RequireDatabase());
            return await run(database, parsed, cancellationToken);
        });
        return command;
    }

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
