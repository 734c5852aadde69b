using System.CommandLine;
using DocPipeline.Proof.Bench;
using DocPipeline.Proof.Bench.Api;
using DocPipeline.Proof.Bench.Engine;
using DocPipeline.Proof.Bench.Load;
using DocPipeline.Proof.Bench.Parts;
using DocPipeline.Proof.Bench.Review;
using DocPipeline.Proof.Calibrate;
using DocPipeline.Proof.Hostile;
using DocPipeline.Proof.Injection;
using DocPipeline.Proof.Kill;
using DocPipeline.Proof.Machines;
using DocPipeline.Proof.Models;
using DocPipeline.Proof.Scale;
using DocPipeline.Server.Eval;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Proof;

/// <summary>The proofs and measurements that take too long for the test run. They need the server in <c>DOCPIPELINE_TEST_POSTGRES</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Proves and measures the built product on a database of its own.")
        {
            new Command("prove", "Tries to break it; exit code 1 if something broke.") { Kill(), Hostile(), Injected(), Soaking() },
            new Command("bench", "Measures the whole product.") { Engine(), Parts(), Scan(), Load(DocumentMix.DigitalOnly, "Born-digital claims of three pages: rate, latency, memory, processor time.", 200, 100), Load(DocumentMix.Mixed, "The same of claims of which 60 % are digital, 30 % scanned and 10 % photographed.", 60, 60), Idle(), Api(), Review(), AskedModels() },
            new CalibrateCommand(),
            Scale(),
            EngineWorker(),
        };
        return await root.Parse(arguments).InvokeAsync();
    }

    private static Command Kill()
    {
        var documents = new Option<int>("--documents") { Description = "Small documents of all kinds.", DefaultValueFactory = _ => 200 };
        var kills = new Option<int>("--kills") { Description = "SIGKILLs of the server, at random moments.", DefaultValueFactory = _ => 50 };
        var seed = new Option<ulong?>("--seed") { Description = "Repeats a run with the documents and moments of its printed seed." };
        var life = new Option<double>("--longest-life") { Description = "Seconds that a server may work before it is killed.", DefaultValueFactory = _ => 2.5 };
        var lease = new Option<double?>("--lease") { Description = "Seconds that a killed server's work waits for the next one. Default: the product's." };
        var command = new Command("kill", "Kills the server at random moments and compares its claims with those of a run in peace.") { documents, kills, seed, life, lease };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new KillPlan(
                parsed.GetValue(documents), parsed.GetValue(kills), parsed.GetValue(seed) ?? (ulong)TimeProvider.System.GetTimestamp() % 1_000_000,
                TimeSpan.FromSeconds(parsed.GetValue(life)), parsed.GetValue(lease), TimeSpan.FromMinutes(3));
            var result = await new KillProof(plan, Console.Error).RunAsync(cancellationToken);
            Console.WriteLine($"In peace {result.Undisturbed.TotalSeconds:0.0} s, with {result.Kills} kills {result.Disturbed.TotalSeconds:0.0} s; {result.Resumed} documents went on in another process.");
            Console.WriteLine($"Ends: {string.Join(", ", result.States.Select(state => $"{state.Value} {state.Key}"))}.");
            Console.WriteLine($"Children at the kills: {result.ChildrenAtKills}, of which left running: {result.Orphans}. Temporary files left: {result.Leftovers}.");
            return Verdict(result.Violations);
        });
        return command;
    }

    private static Command Hostile()
    {
        var paths = new Argument<FileSystemInfo[]>("PATH") { Description = "Hostile files, or folders with everything below them.", Arity = ArgumentArity.OneOrMore }.AcceptExistingOnly();
        var command = new Command("hostile", "Hands hostile files in and watches the server's memory, its children and every file's end.") { paths };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var files = parsed.GetValue(paths)!.SelectMany(path => path is DirectoryInfo folder ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [(FileInfo)path]);
            var result = await new HostileProof([.. files.Select(file => file.FullName).Order(StringComparer.Ordinal)], TimeSpan.FromMinutes(4), Console.Error).RunAsync(cancellationToken);
            Console.WriteLine($"{result.Files} files in {result.Took.TotalSeconds:0.0} s; the slowest took {result.Slowest}");
            foreach (var end in result.Ends)
            {
                Console.WriteLine($"  {end}");
            }

            Console.WriteLine($"Peak memory: server {Watch.Megabytes(result.ServerPeak)}; {string.Join(", ", result.ChildPeaks.Select(peak => $"{peak.Key} {Watch.Megabytes(peak.Value)}"))}.");
            return Verdict(result.Violations);
        });
        return command;
    }

    private static Command AskedModels()
    {
        var documents = new Option<int>("--documents") { Description = "Made documents of all types, some blank or no claim at all.", DefaultValueFactory = _ => 150 };
        var media = new Option<string>("--degrade") { Description = "clean, scan, bilevel, photo, png, tiff or mixed.", DefaultValueFactory = _ => "mixed" };
        var seed = new Option<ulong>("--seed") { Description = "Makes other documents.", DefaultValueFactory = _ => 800 };
        var from = new Option<DirectoryInfo>("--from") { Description = "A folder of documents with ground truths, in place of made ones." }.AcceptExistingOnly();
        var command = new Command("models", "About how many documents a language model is asked, what that takes, and what it could gain at most.") { documents, media, seed, from };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("docpipeline-models-");
            try
            {
                var bench = parsed.GetValue(from) is { } given
                    ? new ModelBench(GroundTruthFile.FindBelow(given.FullName), folder, Console.Error)
                    : ModelBench.Of(new(parsed.GetValue(seed), parsed.GetValue(documents), folder.FullName, parsed.GetValue(media)!, Type: null, Kind: "mixed"), Console.Error);
                Console.WriteLine(await bench.RunAsync(cancellationToken));
                return 0;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static Command Injected()
    {
        var count = new Option<int>("--papers") { Description = "Papers with an attack on the model, each with its clean twin.", DefaultValueFactory = _ => 175 };
        var seed = new Option<ulong>("--seed") { Description = "Makes other papers.", DefaultValueFactory = _ => 700 };
        var command = new Command("injection", "Papers that talk to the model, read with a model that obeys and with one that tells the truth: no decision may differ from the clean twin's.") { count, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new InjectionProof(parsed.GetValue(seed), parsed.GetValue(count), Console.Error).RunAsync(cancellationToken);
            Console.WriteLine(report);
            return Verdict(report.Changed);
        });
        return command;
    }

    private static Command Scan()
    {
        var pages = new Option<int>("--pages") { Description = "Scanned pages at 300 dots per inch.", DefaultValueFactory = _ => 20 };
        var perFile = new Option<int>("--pages-per-file") { Description = "Pages of each PDF.", DefaultValueFactory = _ => 4 };
        var workers = new Option<int>("--workers") { Description = "Readers at once, for both.", DefaultValueFactory = _ => 2 };
        var runs = new Option<int>("--runs") { Description = "Pairs of measurements; the median counts.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var peer = new Option<bool>("--peer") { Description = "Read the same pages with ocrmypdf too, which must be installed." };
        var command = new Command("scan", "Scanned pages through the whole pipeline against bare recognition of the same pictures, in turns.") { pages, perFile, workers, runs, peer, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var bench = new ScanBench(parsed.GetValue(pages), parsed.GetValue(perFile), parsed.GetValue(workers), parsed.GetValue(peer), Console.Error);
            var report = new ScanReport(parsed.GetValue(pages), parsed.GetValue(workers), await bench.RunAsync(parsed.GetValue(runs), cancellationToken));
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return 0;
        });
        return command;
    }

    private static Command Idle()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long to watch.", DefaultValueFactory = _ => 60 };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var command = new Command("idle", "What a server costs that has nothing to do: processor time, transactions, memory.") { seconds, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new IdleBench(TimeSpan.FromSeconds(parsed.GetValue(seconds)), Console.Error).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return 0;
        });
        return command;
    }

    private static Command Soaking()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 30 };
        var rate = new Option<double>("--per-minute") { Description = "Documents of three pages that come in a minute: choose 70 % of what ./run bench mixed says.", DefaultValueFactory = _ => 45 };
        var seed = new Option<ulong>("--seed") { Description = "Makes other documents.", DefaultValueFactory = _ => 600 };
        var command = new Command("soak", "Mixed documents at a steady rate for a long time: latency, memory, handles and table bloat in ten stretches, invariants at the end.") { minutes, rate, seed };
        command.SetAction(async (parsed, cancellationToken) =>
            Verdict(await new Soak(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(rate), parsed.GetValue(seed), Console.Out).RunAsync(cancellationToken)));
        return command;
    }

    private static Command Engine()
    {
        var workflows = new Option<int>("--workflows") { Description = "Workflows of five activities that do nothing.", DefaultValueFactory = _ => 4000 };
        var jobs = new Option<int>("--jobs") { Description = "Workflows of one such activity.", DefaultValueFactory = _ => 8000 };
        var kills = new Option<int>("--kills") { Description = "SIGKILLs of a worker.", DefaultValueFactory = _ => 3 };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var command = new Command("engine", "The engine alone: workflows and jobs a second, latency of starts, replay, recovery.") { workflows, jobs, kills, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new EngineBench(parsed.GetValue(workflows), parsed.GetValue(jobs), parsed.GetValue(kills), Console.Error).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return 0;
        });
        return command;
    }

    private static Command Api()
    {
        var claims = new Option<int>("--claims") { Description = "Claims for the lists.", DefaultValueFactory = _ => 10_000 };
        var exported = new Option<int>("--exported") { Description = "Claims for the exports.", DefaultValueFactory = _ => 100_000 };
        var requests = new Option<int>("--requests") { Description = "Requests for each list.", DefaultValueFactory = _ => 200 };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var command = new Command("api", "The API alone: how long lists take, and what memory exports take.") { claims, exported, requests, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new ApiBench(parsed.GetValue(claims), parsed.GetValue(exported), parsed.GetValue(requests), Console.Error).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return 0;
        });
        return command;
    }

    private static Command Review()
    {
        var openings = new Option<int>("--openings") { Description = "Openings of each kind.", DefaultValueFactory = _ => 40 };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var command = new Command("review", "How long a person waits for the workbench: scans of three pages, opened in Chromium.") { openings, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new ReviewBench(parsed.GetValue(openings), Console.Error).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return 0;
        });
        return command;
    }

    private static Command Parts()
    {
        var turns = new Option<int>("--turns") { Description = "Measured turns of each part, each 200 ms long.", DefaultValueFactory = _ => 20 };
        var documents = new Option<int>("--documents") { Description = "Documents after which memory must be what it was after a tenth of them; 0 leaves that out.", DefaultValueFactory = _ => 1000 };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var command = new Command("parts", "What runs in the server's own process, without a database: extraction after recognition, text layers, steps as JSON, replay; memory over many documents.") { turns, documents, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await new PartsBench(ServerSettings.Read().Samples, parsed.GetValue(turns), parsed.GetValue(documents), Console.Error).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return 0;
        });
        return command;
    }

    private static Command EngineWorker()
    {
        var database = new Argument<string>("DATABASE");
        var command = new Command(Recovery.WorkerCommand, "A worker for the engine's measurements, which kill it.") { database };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => Recovery.WorkAsync(parsed.GetValue(database)!, cancellationToken));
        return command;
    }

    private static Command Load(DocumentMix mix, string description, int manyDocuments, int fewDocuments)
    {
        var documents = new Option<int>("--documents") { Description = "Documents handed in at once, for the rate.", DefaultValueFactory = _ => manyDocuments };
        var atLoad = new Option<int>("--at-load") { Description = "Documents handed in one by one afterwards, for the latency; 0 for none.", DefaultValueFactory = _ => fewDocuments };
        var load = new Option<double>("--load") { Description = "Share of the rate at which these come.", DefaultValueFactory = _ => 0.7 };
        var seed = new Option<ulong>("--seed") { Description = "Makes other documents.", DefaultValueFactory = _ => 500 };
        var json = new Option<bool>("--json") { Description = "One JSON object, for programs." };
        var command = new Command(mix.Name, description) { documents, atLoad, load, seed, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new LoadPlan(mix, parsed.GetValue(documents), parsed.GetValue(atLoad), parsed.GetValue(load), parsed.GetValue(seed));
            var report = await new LoadBench(plan, Console.Error).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return 0;
        });
        return command;
    }

    private static Command Scale()
    {
        var measured = new Option<string?>("--measured") { Description = "Reports of './run bench digital|mixed --json', one or a JSON array. Default: infra/scale/measured.json." };
        var assumptions = new Option<string?>("--assumptions") { Description = "Default: infra/scale/assumptions.json." };
        var load = new Option<int[]>("--documents-a-day") { Description = "Default: 1K, 10K, 50K, 100K and 1M.", DefaultValueFactory = _ => ScalePage.Loads, AllowMultipleArgumentsPerToken = true };
        var command = new Command("scale", "Computes machines, connections and cost from measured processor seconds; measures nothing.") { measured, assumptions, load };
        command.SetAction(parsed =>
        {
            Console.Write(ScalePage.Render(
                ScaleFiles.ReadMeasured(parsed.GetValue(measured) ?? ScaleFiles.Standard("measured.json")),
                ScaleFiles.ReadAssumptions(parsed.GetValue(assumptions) ?? ScaleFiles.Standard("assumptions.json")),
                parsed.GetValue(load)!));
            return 0;
        });
        return command;
    }

    private static int Verdict(IReadOnlyList<string> violations)
    {
        foreach (var violation in violations)
        {
            Console.WriteLine($"VIOLATION: {violation}");
        }

        Console.WriteLine(violations.Count == 0 ? "Proved." : $"{violations.Count} violation(s).");
        return violations.Count == 0 ? 0 : 1;
    }
}
