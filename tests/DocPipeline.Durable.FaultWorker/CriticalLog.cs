using Microsoft.Extensions.Logging;

namespace DocPipeline.Durable.FaultWorker;

/// <summary>What the engine itself calls its own bug goes to standard error; a test fails on any such line.</summary>
internal sealed class CriticalLog : ILogger<DurableEngine>
{
    private static readonly bool IsTold = Environment.GetEnvironmentVariable("FAULT_WORKER_LOG") is not null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical || IsTold;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Console.Error.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");
        }
    }
}
