using System.Reflection;
using System.Text.RegularExpressions;
using DocPipeline.Durable;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Architecture;

/// <summary>Who may know whom: between projects, and between the stages of the pipeline.</summary>
public sealed partial class ArrowsTests
{
    /// <summary>Everybody's: the nouns, the workflow port, files by hash, Postgres, the schema.</summary>
    private static readonly string[] Shared = ["Documents", "Workflow", "Blobs", "Postgres", "Migrations", "Providers"];

    /// <summary>
    /// What a stage may use beside <see cref="Shared"/> and its own folder. A stage's folder is its face; the folders in it are its inside,
    /// and only those named here are open to others: the schema of document types belongs to all who judge documents, and splitting
    /// recognises headings with the labels and lines that extraction reads by.
    /// </summary>
    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["Documents"] = [],
        ["Workflow"] = [],
        ["Blobs"] = [],
        ["Providers"] = [],
        ["Postgres"] = [],
        ["Migrations"] = [],
        ["Invariants"] = [],
        ["Ingest"] = [],
        ["Pages"] = ["Ingest"],
        ["Split"] = ["Pages", "Extract.Schema", "Extract.Labels", "Extract.Layout"],
        ["Extract"] = ["Pages", "Split"],
        // Grounding reads words with the readers and lines of extraction: what it finds must mean the same.
        ["Resolve"] = ["Pages", "Extract", "Extract.Schema", "Extract.Readers", "Extract.Layout"],
        ["Validate"] = ["Pages", "Resolve", "Store", "Extract.Schema"],
        ["Store"] = ["Ingest", "Review"],
        ["Review"] = ["Extract.Schema"],
        ["Query"] = [],
        ["Reconcile"] = ["Ingest", "Review", "Store"],
    };

    private static string Source { get; } = Path.Combine(ServerMachine.Repository, "src", "DocPipeline");

    [Fact]
    public void A_stage_knows_only_what_comes_before_it_and_never_its_inside()
    {
        var wrong =
            from folder in Uses.Keys
            from file in Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            from Match use in Namespace().Matches(File.ReadAllText(file))
            let name = use.Groups["name"].Value
            where name.Split('.')[0] != folder && !Shared.Contains(name) && !Uses[folder].Contains(name) && Uses.ContainsKey(name.Split('.')[0])
            select $"{Path.GetRelativePath(Source, file)} uses DocPipeline.{name}";

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Every_folder_of_the_pipeline_has_its_place() =>
        Assert.Equal(Uses.Keys.Order(), Directory.GetDirectories(Source).Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj")).Order());

    [Fact]
    public void The_pipeline_knows_no_engine_no_server_and_no_cloud() => Assert.DoesNotContain(
        References(typeof(DocumentPipeline).Assembly),
        name => name.StartsWith("DocPipeline", StringComparison.Ordinal) || Weights.Any(weight => name.StartsWith(weight, StringComparison.Ordinal)));

    [Theory]
    [InlineData(typeof(Aws.Buckets.S3Bucket), "Azure")]
    [InlineData(typeof(Azure.Buckets.BlobContainer), "AWSSDK")]
    public void A_cloud_knows_the_pipeline_and_neither_the_other_cloud_nor_who_hosts_it(Type adapter, string other) => Assert.DoesNotContain(
        References(adapter.Assembly),
        name => name.StartsWith("DocPipeline.", StringComparison.Ordinal) || name.StartsWith(other, StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void The_engine_knows_the_port_and_no_documents()
    {
        Assert.DoesNotContain("DocPipeline.Server", References(typeof(DurableEngine).Assembly));
        var documents =
            from file in Directory.EnumerateFiles(Path.Combine(ServerMachine.Repository, "src", "DocPipeline.Durable"), "*.cs", SearchOption.AllDirectories)
            from Match use in Namespace().Matches(File.ReadAllText(file))
            let folder = use.Groups["name"].Value.Split('.')[0]
            where Uses.ContainsKey(folder) && folder is not ("Workflow" or "Postgres") && !Directory.Exists(Path.Combine(ServerMachine.Repository, "src", "DocPipeline.Durable", folder))
            select $"{Path.GetFileName(file)} uses DocPipeline.{folder}";
        Assert.Empty(documents);
    }

    private static readonly string[] Weights = ["Microsoft.AspNetCore", "AWSSDK", "Amazon", "Azure", "Microsoft.DurableTask", "Microsoft.Azure"];

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    /// <summary>Namespaces as they are written in usings and in qualified names, without the type at their end.</summary>
    [GeneratedRegex(@"(?:using |using static |[^.\w])DocPipeline\.(?<name>[A-Z]\w*(?:\.(?:Labels|Layout|Readers|Schema|Tables|Values|Layer|Ocr|Pdf|Rules))?)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
