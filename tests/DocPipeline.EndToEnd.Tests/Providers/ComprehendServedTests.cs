using System.Text.Json.Nodes;
using DocPipeline.EndToEnd.Tests.Ask;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Models;
using DocPipeline.Testing.Services;
using DocPipeline.Testing.Wire;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>The program with Comprehend: entities as witnesses, personal data blackened before a language model is asked.</summary>
public sealed class ComprehendServedTests : IDisposable
{
    private const string Name = "Martha Example";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-e2e-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_entity_that_is_what_was_read_is_a_witness_of_it()
    {
        await using var service = new StubService { Otherwise = static request => Entities(request, "PERSON", named: true) };

        var json = await ExtractAsync(service, ("DOCPIPELINE_WITNESSES", "comprehend-entities"));

        Assert.Equal("comprehend DetectEntities", (string)json["documents"]![0]!["fields"]!["policyholder_name"]!["evidence"]!["witnesses"]![0]!);
        Assert.Equal("Comprehend_20171127.DetectEntities", Assert.Single(service.Requests)["x-amz-target"]);
    }

    [Fact]
    public async Task Personal_data_that_is_not_asked_for_does_not_reach_the_model()
    {
        await using var service = new StubService { Otherwise = static request => Entities(request, "NAME", named: false) };
        var oracle = new OracleScript { Truth = new Dictionary<string, string> { ["date_of_loss"] = "2026-03-17" } };
        await using var model = new ScriptedServer(oracle.Answer);

        var json = await ExtractAsync(service, ("DOCPIPELINE_LLM_REDACT", "comprehend"), ("DOCPIPELINE_LLM", "openai"), ("DOCPIPELINE_LLM_MODEL", "small-model"), ("DOCPIPELINE_LLM_ENDPOINT", new Uri(model.Address, "v1").AbsoluteUri));

        var material = OracleScript.MaterialOf(Assert.Single(model.Requests)).ToJsonString();
        Assert.DoesNotContain("Martha", material, StringComparison.Ordinal);
        Assert.Contains("CL-2044-17", material, StringComparison.Ordinal);
        Assert.Equal("2026-03-17", (string)json["documents"]![0]!["fields"]!["date_of_loss"]!["value"]!);
        Assert.Equal("Comprehend_20171127.DetectPiiEntities", Assert.Single(service.Requests)["x-amz-target"]);
    }

    [Fact]
    public async Task A_model_is_not_asked_while_nobody_can_say_what_is_personal()
    {
        await using var service = new StubService { Otherwise = static _ => StubReply.Json("""{"__type":"AccessDeniedException"}""", 400) };
        await using var model = new ScriptedServer(static _ => null);

        var json = await ExtractAsync(service, ("DOCPIPELINE_LLM_REDACT", "comprehend"), ("DOCPIPELINE_LLM", "openai"), ("DOCPIPELINE_LLM_MODEL", "small-model"), ("DOCPIPELINE_LLM_ENDPOINT", new Uri(model.Address, "v1").AbsoluteUri));

        Assert.Empty(model.Requests);
        Assert.Contains(json["findings"]!.AsArray(), finding => (string)finding!["rule"]! == "model-not-asked" && ((string)finding["message"]!).Contains("did not say what on page 1 is personal", StringComparison.Ordinal));
    }

    private async Task<JsonNode> ExtractAsync(StubService service, params (string Name, string Value)[] settings)
    {
        var file = Path.Combine(_folder.FullName, "form.txt");
        await File.WriteAllTextAsync(file, AskedMachine.Form("CL-2044-17"), TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?>
        {
            ["DOCPIPELINE_COMPREHEND_ENDPOINT"] = service.Address.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        await using var program = ServerProgram.Start(environment, "extract", "--json", file);
        var run = await program.EndAsync();
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return JsonNode.Parse(run.Output)!;
    }

    /// <summary>The name where it stands in the text that was sent.</summary>
    private static StubReply Entities(StubRequest request, string kind, bool named)
    {
        var start = ((string)JsonNode.Parse(request.Text)!["Text"]!).IndexOf(Name, StringComparison.Ordinal);
        var entity = new JsonObject { ["Score"] = 0.99, ["Type"] = kind, ["BeginOffset"] = start, ["EndOffset"] = start + Name.Length };
        if (named)
        {
            entity["Text"] = Name;
        }

        return StubReply.Json(new JsonObject { ["Entities"] = new JsonArray(entity) }.ToJsonString());
    }
}
