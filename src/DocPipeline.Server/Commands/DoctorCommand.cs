using System.CommandLine;
using System.Text.Json.Nodes;
using DocPipeline.Azure.Blobs;
using DocPipeline.Ingest;
using DocPipeline.Pages.Ocr;
using DocPipeline.Pages.Pdf;
using DocPipeline.Providers;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Doctor;
using DocPipeline.Server.Events;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Server.Commands;

internal sealed class DoctorCommand : ServerCommand
{
    /// <summary>What hangs is broken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Option<bool> _json = JsonOption();

    public DoctorCommand()
        : base(
            "doctor",
            "Looks whether everything that the settings name works: the database, the programs and their fonts, the folders, and every service with its credentials, region, endpoint, model and permissions. "
            + "Services are tried with calls that are free or nearly so; no document is sent.",
            "./run doctor",
            "./run doctor --json | jq 'select(.health != \"well\")'",
            "DOCPIPELINE_READERS=textract,tesseract ./run doctor   # before switching it on")
    {
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read();
        var isJson = parsed.GetValue(_json);
        var isBroken = false;
        await foreach (var diagnosis in ExamineAsync(settings, cancellationToken))
        {
            isBroken |= diagnosis.Health == Health.Broken;
            Print(diagnosis, isJson);
        }

        if (!isJson)
        {
            Console.WriteLine(isBroken ? "Not everything works." : "Everything that is needed works.");
        }

        return isBroken ? ExitCodes.Environment : ExitCodes.Ok;
    }

    private static async IAsyncEnumerable<Diagnosis> ExamineAsync(ServerSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await PatientlyAsync("database", token => LocalParts.DatabaseAsync(settings, token), cancellationToken);
        yield return BlobPlace.IsContainer(settings.Blobs)
            ? await PatientlyAsync("blobs", token => LocalParts.ContainerAsync("blobs", settings.Blobs, token), cancellationToken)
            : LocalParts.Folder("blobs", settings.Blobs);
        yield return LocalParts.Folder("bucket", settings.Bucket);
        yield return await PatientlyAsync("poppler", LocalParts.PopplerAsync, cancellationToken);
        await using var services = new ServiceCollection().AddLogging().AddReading(settings, settings.Blobs).BuildServiceProvider();
        yield return await PatientlyAsync("fonts", token => LocalParts.FontsAsync(services.GetRequiredService<StandInFonts>(), token), cancellationToken);
        yield return await PatientlyAsync("tesseract", token => LocalParts.ReaderAsync(services.GetRequiredService<OcrPool>(), token), cancellationToken);
        await using var stores = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddBuckets(settings).BuildServiceProvider();
        foreach (var bucket in stores.GetServices<IObjectBucket>())
        {
            yield return await PatientlyAsync(bucket.Name, token => LocalParts.ObjectsAsync(bucket, token), cancellationToken);
        }

        var prices = ProviderServices.PricesOf(settings);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        IEnumerable<(string Name, Func<object> Make)> named =
            [
                .. ProviderServices.Named(settings, TimeProvider.System, NullLoggerFactory.Instance).Select(service => (service.Name, (Func<object>)service.Make)),
                .. WitnessServices.Adapters(settings, TimeProvider.System, NullLoggerFactory.Instance),
                .. Models.Named(settings).Select(model => (model.Name, (Func<object>)model.Make)),
            ];
        foreach (var (name, make) in named)
        {
            object? service = null;
            Diagnosis? refused = null;
            try
            {
                service = make();
            }
            catch (ProviderRefusal refusal)
            {
                refused = Diagnosis.Broken(name, refusal.Message, "Look at its settings in README.md.");
            }

            if (refused is not null)
            {
                yield return refused;
            }
            else if (service is IProbedProvider probed)
            {
                yield return await PatientlyAsync(name, token => Services.ProbeAsync(name, probed, token), cancellationToken);
            }

            if (Services.Price(name, service, prices, today) is { } price)
            {
                yield return price;
            }
        }

        var limits = ProviderServices.LimitsOf(settings);
        foreach (var provider in named.Select(service => service.Name.Split(' ')[0]).Distinct(StringComparer.Ordinal))
        {
            yield return Services.Limits(provider, limits(provider), await LocalParts.ProcessesAsync(settings, cancellationToken));
        }
    }

    private static async Task<Diagnosis> PatientlyAsync(string thing, Func<CancellationToken, Task<Diagnosis>> examine, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await examine(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Diagnosis.Broken(thing, $"No answer within {Patience.TotalSeconds:0} s.", "Look at the network, and whether a proxy or a firewall is in between.");
        }
    }

    private static void Print(Diagnosis diagnosis, bool isJson)
    {
        var health = diagnosis.Health.ToString().ToLowerInvariant();
        if (isJson)
        {
            Console.WriteLine(new JsonObject { ["thing"] = diagnosis.Thing, ["health"] = health, ["message"] = diagnosis.Message, ["advice"] = diagnosis.Advice }.ToJsonString());
            return;
        }

        Console.WriteLine($"{(diagnosis.Health == Health.Well ? "ok      " : diagnosis.Health == Health.Doubtful ? "doubtful" : "BROKEN  ")} {diagnosis.Thing}: {diagnosis.Message}");
        if (diagnosis.Advice is not null)
        {
            Console.WriteLine($"         {diagnosis.Advice}");
        }
    }
}
