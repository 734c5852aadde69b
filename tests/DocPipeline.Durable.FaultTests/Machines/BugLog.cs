using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>Keeps what the engine calls its own bug.</summary>
internal sealed class BugLog : ILogger<DurableEngine>
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentQueue<string> _bugs = [];

    public IEnumerable<string> Bugs => _bugs;

    /// <summary>Everything, for the message of a failed test.</summary>
    public IEnumerable<string> Lines => _lines;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
        if (logLevel == LogLevel.Critical)
        {
            _bugs.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
