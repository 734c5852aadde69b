using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DocPipeline.FaultTests.Machines;

/// <summary>Keeps what a server says, for the message of a failed test, and what it calls its own bug.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentQueue<string> _bugs = [];

    public IEnumerable<string> Lines => _lines;

    public IEnumerable<string> Bugs => _bugs;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // Nothing to give back.
    }

    private sealed class Logger(LogLines to, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {category}: {formatter(state, exception)}";
            to._lines.Enqueue(line);
            if (logLevel == LogLevel.Critical)
            {
                to._bugs.Enqueue($"{line} {exception}");
            }
        }
    }
}
