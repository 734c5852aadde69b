using System.CommandLine;
using DocPipeline.Postgres;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class MigrateCommand : ServerCommand
{
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing unless it fails." };

    public MigrateCommand()
        : base("migrate", "Brings the database to this version. Safe to repeat, and to run while the server works.", "./run migrate")
    {
        Add(_quiet);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        await using var owner = NpgsqlDataSource.Create(settings.OwnerDatabase ?? settings.RequireDatabase());
        var applied = await Databases.MigrateAsync(owner, cancellationToken);
        if (parsed.GetValue(_quiet))
        {
            return ExitCodes.Ok;
        }

        foreach (var name in applied)
        {
            Console.WriteLine($"applied {name}");
        }

        if (applied.Count == 0)
        {
            Console.WriteLine("The database is up to date.");
        }

        return ExitCodes.Ok;
    }
}
