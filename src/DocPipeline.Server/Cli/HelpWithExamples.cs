using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DocPipeline.Server.Cli;

/// <summary>The library's help, followed by examples that can be copied as they stand and by the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction standard) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = standard.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (Described(parseResult.CommandResult.Command) is { Examples.Count: > 0 } command)
        {
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.WriteLine(ExitCodes.Help);
        return code;
    }

    // The examples of a command cover its subcommands.
    private static ServerCommand? Described(Symbol symbol) => symbol as ServerCommand ?? symbol.Parents.Select(Described).FirstOrDefault(command => command is not null);
}
