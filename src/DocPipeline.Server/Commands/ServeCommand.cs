using System.CommandLine;
using DocPipeline.Ingest;
using DocPipeline.Server.Access;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Ingest;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DocPipeline.Server.Commands;

internal sealed class ServeCommand : ServerCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Option<DirectoryInfo?> _drop = new("--drop") { Description = "Folder whose documents are put into the watched folder at the start; each is followed to its end." };
    private readonly Option<bool> _exit = new("--exit") { Description = "End when every document of --drop has ended; 0 only if all came through." };

    public ServeCommand()
        : base(
            "serve",
            "Watches the folder, works on documents and shows their states on a page, until it is stopped.",
            "./run",
            "./run --exit",
            "DOCPIPELINE_BUCKET=/srv/claims ./run")
    {
        Add(_drop);
        Add(_exit);
        Validators.Add(result =>
        {
            if (result.GetValue(_drop) is { Exists: false } absent)
            {
                result.AddError($"There is no folder '{absent}' to put documents in from.");
            }

            if (result.GetValue(_exit) && result.GetValue(_drop) is null)
            {
                result.AddError("--exit needs --drop: without it there is nothing to wait for.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        await using var host = ServerHost.Create(settings);
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var missing = (await host.Services.GetRequiredService<Readiness>().CheckAsync(cancellationToken)).Where(check => check.Problem is not null).ToList();
        if (missing.Count > 0)
        {
            throw new CommandFailure(
                ExitCodes.Environment,
                "The server cannot work here.",
                [.. missing.Select(check => $"{check.Name}: {check.Problem}")]);
        }

        var password = await FirstAdmin.EnsureAsync(host.Services.GetRequiredService<Accounts>(), cancellationToken);
        await host.StartAsync(cancellationToken);
        Console.WriteLine($"Queue and workbench:     {host.Urls.First()}/");
        Console.WriteLine($"Put documents into:      {Path.GetFullPath(settings.Bucket)}");
        foreach (var bucket in host.Services.GetServices<IObjectBucket>())
        {
            Console.WriteLine($"Reads the bucket:        {bucket.Name}/{bucket.Prefix}");
        }

        if (password is not null)
        {
            Console.WriteLine($"Sign in as:              {FirstAdmin.Name}, password {password} (said this once; './run account password {FirstAdmin.Name}' makes another)");
        }

        var cameThrough = true;
        if (parsed.GetValue(_drop) is { } samples)
        {
            var dropped = await SampleDrop.IntoAsync(settings.Bucket, samples.FullName, cancellationToken);
            var follow = new FollowFiles(database, host.Services.GetRequiredService<FolderBucket>().Name, dropped, TimeProvider.System, Console.Out);
            cameThrough = await follow.ToTheEndAsync(Patience, cancellationToken);
        }

        if (!parsed.GetValue(_exit))
        {
            Console.WriteLine("Serving until Ctrl-C.");
            await host.WaitForShutdownAsync(cancellationToken);
        }

        await host.StopAsync();
        return cameThrough || !parsed.GetValue(_exit) ? ExitCodes.Ok : ExitCodes.SomeDocumentsFailed;
    }
}
