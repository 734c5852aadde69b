using System.Net.Sockets;
using DocPipeline.Documents;
using Npgsql;

namespace DocPipeline.Workflow;

/// <summary>The one place that decides which kind of failure an exception is.</summary>
public static class FailureClassifier
{
    public static ActivityFailure Classify(Exception exception) => exception switch
    {
        DocumentFault fault => new(FailureKind.Document, fault.Code, fault.Message, Detail: null),
        _ when IsTransient(exception) => new(FailureKind.Transient, exception.GetType().Name, SentenceOf(exception), exception.ToString()),
        _ => new(FailureKind.Bug, exception.GetType().Name, SentenceOf(exception), exception.ToString()),
    };

    /// <summary>What an exception says, without the name that a parameter has in our code: people read it, who cannot know the name.</summary>
    public static string SentenceOf(Exception exception) =>
        exception is ArgumentException { ParamName: { Length: > 0 } name } ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;

    private static bool IsTransient(Exception exception) => exception switch
    {
        TransientFailure or TimeoutException or OperationCanceledException => true,
        // Npgsql does not count these: a statement that took too long may be quicker next time, and a server that only reads is about to be replaced.
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction } => true,
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException or SocketException => true,
        HttpRequestException http => http.StatusCode is null or System.Net.HttpStatusCode.TooManyRequests or System.Net.HttpStatusCode.RequestTimeout
            || (int)http.StatusCode >= 500,
        // A missing file is not going to appear; a full disk or a busy one may recover.
        FileNotFoundException or DirectoryNotFoundException => false,
        IOException => true,
        _ => false,
    };
}

/// <summary>Something that may work later; thrown by adapters that know it. <paramref name="retryAfter"/> is the earliest useful delay, if the other side named one.</summary>
public sealed class TransientFailure(string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
