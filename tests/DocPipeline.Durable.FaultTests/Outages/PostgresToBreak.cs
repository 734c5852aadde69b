using DocPipeline.Testing;

namespace DocPipeline.Durable.FaultTests.Outages;

/// <summary>One small server for all tests of a class.</summary>
public sealed class PostgresToBreak : IAsyncLifetime
{
    public PrivatePostgres Server { get; } = new("-c fsync=off -c max_connections=40 -c shared_buffers=32MB");

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
