using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using DocPipeline.Server.Commands;
using Npgsql;

namespace DocPipeline.Server.Cli;

/// <summary>From arguments to an exit code. The one place where a failure becomes words on the terminal.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.UnmatchedTokens.Count > 0 ? parsed.Errors.TakeLast(parsed.UnmatchedTokens.Count) : parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"error: {error.Message}");
            }

            await Console.Error.WriteLineAsync($"       What it takes, with examples: ./run {Path(parsed)}--help");
            return ExitCodes.Usage;
        }

        try
        {
            // Exceptions come to us: the library's own handler would print a stack trace and return 1.
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
        }
        catch (CommandFailure failure)
        {
            return Say(failure.ExitCode, failure.Message, failure.WhatToDo);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (PostgresException postgres) when (postgres.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return Say(ExitCodes.Environment, $"The database lacks what this version needs: {postgres.MessageText}.", ["Bring it up to date with: ./run migrate"]);
        }
        catch (PostgresException refused) when (!refused.IsTransient)
        {
            return Say(ExitCodes.Environment, $"The database refused: {refused.MessageText} ({refused.SqlState}).", ["Look at the role in DOCPIPELINE_DATABASE and at what it may do."]);
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException)
        {
            return Say(
                ExitCodes.Environment,
                $"The database does not answer as it should: {exception.Message}",
                ["Look at DOCPIPELINE_DATABASE, or leave it unset and let ./run start a database of its own."]);
        }
    }

    public static RootCommand Root()
    {
        var root = new RootCommand("Turns claim documents into validated, structured claims in Postgres.")
        {
            new ExtractCommand(),
            new ExplainCommand(),
            new EvalCommand(),
            new ServeCommand(),
            new IngestCommand(),
            new WatchCommand(),
            new StatusCommand(),
            new CheckCommand(),
            new DoctorCommand(),
            new CompareCommand(),
            new StuckCommand(),
            new DeadCommand(),
            new AccountCommand(),
            new ApiKeyCommand(),
            new WebhookCommand(),
            new ExportCommand(),
            new MigrateCommand(),
        };
        HelpWithExamples.AddTo(root);
        return root;
    }

    private static int Say(int exitCode, string whatHappened, IReadOnlyList<string> whatToDo)
    {
        Console.Error.WriteLine($"error: {whatHappened}");
        foreach (var advice in whatToDo)
        {
            Console.Error.WriteLine($"       {advice}");
        }

        return exitCode;
    }

    private static string Path(ParseResult parsed)
    {
        var path = "";
        for (var at = parsed.CommandResult; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
        {
            path = $"{at.Command.Name} {path}";
        }

        return path;
    }
}
