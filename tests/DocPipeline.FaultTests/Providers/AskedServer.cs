using DocPipeline.Proof.Models;
using DocPipeline.Testing.Wire;

namespace DocPipeline.FaultTests.Providers;

/// <summary>A language model that knows the date of one form, which the form tells only in a sentence.</summary>
internal sealed class AskedServer : IAsyncDisposable
{
    public const string UndatedForm =
        """
        AUTO CLAIM FORM
        Claim Number: CL-2044-17
        Policy Number: PL-88-4410
        Policyholder Name: Martha Example
        Insurer: Northern Mutual Insurance
        Loss Location: Harbour Road 4, Springfield

        What happened
        The other car hit mine on the evening of 17 March 2026 while I was parked.
        """;

    private readonly OracleScript _oracle = new() { Truth = new Dictionary<string, string> { ["date_of_loss"] = "2026-03-17" } };
    private readonly ScriptedServer _server;
    private int _asked;

    public AskedServer() => _server = new(request => Interlocked.Increment(ref _asked) == 1 && FallsSilentAtFirst ? new(200, "") { FallsSilent = true } : _oracle.Answer(request));

    /// <summary>The first question gets no answer.</summary>
    public bool FallsSilentAtFirst { get; init; }

    public int Requests => _server.Requests.Count;

    public string Endpoint => new Uri(_server.Address, "v1").AbsoluteUri;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
