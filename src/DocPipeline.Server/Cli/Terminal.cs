using Spectre.Console;

namespace DocPipeline.Server.Cli;

/// <summary>Where tables go. In a pipe or a file nobody knows the width, so a line is as long as it needs and has no colours.</summary>
internal static class Terminal
{
    private const int WidthOfAPipe = 250;

    public static IAnsiConsole Output()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfAPipe;
        }

        return console;
    }
}
