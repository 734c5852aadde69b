using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Models;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.EndToEnd.Tests.Ask;

/// <summary>A machine with a language model, on which two claims without a date were read: about one the model answered, about the other its account was empty. Its server has stopped.</summary>
public sealed class AskedMachine : IAsyncLifetime
{
    public const string Answered = "answered.txt";
    public const string Refused = "refused.txt";

    private readonly OracleScript _oracle = new() { Truth = new Dictionary<string, string> { ["date_of_loss"] = "2026-03-17" } };
    private ScriptedServer _model = null!;

    public ServerMachine Machine { get; } = new();

    /// <summary>What the model's server was asked.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => _model.Requests;

    public async ValueTask InitializeAsync()
    {
        _model = new ScriptedServer(request => request.Body.Contains("PAUPER", StringComparison.Ordinal)
            ? new(429, """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","code":"insufficient_quota"}}""")
            : _oracle.Answer(request));
        await Machine.InitializeAsync();
        Machine.Settings["DOCPIPELINE_LLM"] = "openai";
        Machine.Settings["DOCPIPELINE_LLM_MODEL"] = "small-model";
        Machine.Settings["DOCPIPELINE_LLM_ENDPOINT"] = new Uri(_model.Address, "v1").AbsoluteUri;
        Directory.CreateDirectory(Machine.Bucket);
        var (program, page) = await Machine.ServeAsync();
        await using var running = program;
        using var browser = page;
        await File.WriteAllTextAsync(Path.Combine(Machine.Bucket, Answered), Form("CL-2044-17"));
        await File.WriteAllTextAsync(Path.Combine(Machine.Bucket, Refused), Form("CL-PAUPER-18"));
        await Eventually.IsTrueAsync(
            () => Machine.QueryAsync<bool>("SELECT count(*) = 2 FROM docpipeline.submissions_v1 WHERE state = 'needs_review'"), "both claims wait for a person", TimeSpan.FromSeconds(60));
        await program.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        await _model.DisposeAsync();
    }

    public static string Form(string claimNumber) =>
        $"""
        AUTO CLAIM FORM
        Claim Number: {claimNumber}
        Policy Number: PL-88-4410
        Policyholder Name: Martha Example
        Insurer: Northern Mutual Insurance
        Loss Location: Harbour Road 4, Springfield

        What happened
        The other car hit mine on the evening of 17 March 2026 while I was parked.
        """;
}
