using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using DocPipeline.Documents;
using DocPipeline.Durable;
using DocPipeline.Durable.Running;
using DocPipeline.Extract;
using DocPipeline.Pages.Pdf;
using DocPipeline.Proof.Bench.Engine;
using DocPipeline.Split;

namespace DocPipeline.Proof.Bench.Parts;

/// <summary>From the words of a document's pages to its claim: split, extract, resolve, validate.</summary>
public class Extraction
{
    public static IEnumerable<string> Files => PreparedPages.Files;

    [ParamsSource(nameof(Files))]
    public string File { get; set; } = "";

    [Benchmark]
    public object AfterRecognition() => PreparedPages.Read(PreparedPages.Of(File));
}

/// <summary>What the engine does to a step beside writing it down: its input becomes JSON and a hash, its result becomes JSON and is read back.</summary>
public class StepJson
{
    private PartToExtract _input = null!;
    private ExtractedDocument _result = null!;

    [GlobalSetup]
    public void Setup()
    {
        var pages = PreparedPages.Of("claim-form-fax.tif");
        var part = PreparedPages.Get<PageSplitter>().Split(pages)[0];
        _input = new(new(new string('0', 64)), part);
        _result = PreparedPages.Get<DocumentExtractor>().Extract(part, pages);
    }

    [Benchmark]
    public object Step()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(_input, DurableOptions.DefaultJson)));
        var result = JsonSerializer.Serialize(_result, DurableOptions.DefaultJson);
        return (hash, JsonSerializer.Deserialize<ExtractedDocument>(result, DurableOptions.DefaultJson));
    }
}

/// <summary>A workflow is carried from the beginning to the end of its journal of 1,000 steps, without a database.</summary>
public class JournalReplay
{
    private const int Steps = 1000;

    private static readonly DurableOptions Options = new();

    private readonly RegisteredWorkflow _workflow = NoOps.Registry().FindWorkflow(NoOps.Chain.Name, NoOps.Chain.Version)!;
    private readonly ClaimedInstance _instance = new(
        "replayed", NoOps.Chain.Name, NoOps.Chain.Version, Epoch: 2, Steps.ToString(CultureInfo.InvariantCulture), Label: null, DateTimeOffset.UnixEpoch, ClaimsWithoutProgress: 1, TimeSpan.Zero)
    {
        Journal = Enumerable.Range(1, Steps).ToDictionary(
            number => number,
            number => new JournaledStep(number, "activity", "nothing", [], "completed", number.ToString(CultureInfo.InvariantCulture), Failure: null, Attempts: 1, DateTimeOffset.UnixEpoch, DueIn: null)),
    };

    [Benchmark]
    public object ThousandSteps()
    {
        var context = new WorkflowContext(_instance.InstanceId, _instance.CreatedAt, _instance.Label, Options);
        var workflow = context.Start(_workflow.Run, _instance.Input);
        while (!workflow.IsCompleted)
        {
            context.Answer(new Round(_instance, context.TakePending()).Answers);
        }

        return workflow.IsCompletedSuccessfully ? workflow : throw new InvalidOperationException("The workflow did not come to its end.", workflow.Exception);
    }
}

/// <summary>What <c>pdftotext</c> prints of a packet becomes words with boxes, page by page.</summary>
public class TextLayer
{
    private byte[] _table = [];
    private Dictionary<int, PdfPage> _pages = [];

    internal static string Samples { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        using var program = Process.Start(new ProcessStartInfo("pdftotext", ["-tsv", "-cropbox", Path.Combine(Samples, "packet.pdf"), "-"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        program.StandardOutput.BaseStream.CopyTo(output);
        program.WaitForExit();
        _table = output.ToArray();
        _pages = PreparedPages.Of("packet.pdf").ToDictionary(page => page.Number, page => new PdfPage(page.Number, page.Width, page.Height, Rotation: 0));
    }

    [Benchmark]
    public object Words() => PdfTables.Words(_table, _pages) is { Count: > 0 } words ? words : throw new InvalidOperationException("No words were found.");
}
