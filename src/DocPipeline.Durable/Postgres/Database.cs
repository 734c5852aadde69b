using System.Data;
using DocPipeline.Postgres;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Durable.Postgres;

/// <summary>Statements by file name, and persistence through outages.</summary>
internal sealed partial class Database(NpgsqlDataSource source, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // Longer than the longest pause between two tries: what is refused no more is soon forgotten.
    private static readonly TimeSpan StillRefused = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SaidAgain = TimeSpan.FromMinutes(5);

    public static EmbeddedText Sql => DurableSchema.Sql;

    private readonly Lock _lock = new();
    private (string What, long At, long Said)? _refusal;

    public NpgsqlDataSource Source => source;

    /// <summary>What the database keeps refusing although it is there: schema or rights are not what this program needs. Null if nothing lately.</summary>
    public string? Refusal
    {
        get
        {
            lock (_lock)
            {
                return _refusal is { } refusal && time.GetElapsedTime(refusal.At) < StillRefused ? refusal.What : null;
            }
        }
    }

    public NpgsqlCommand Command(string file, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = source.CreateCommand(Sql["Sql/" + file]);
        Add(command, parameters);
        return command;
    }

    public static NpgsqlCommand Command(NpgsqlConnection connection, string file, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(Sql["Sql/" + file], connection);
        Add(command, parameters);
        return command;
    }

    public static async Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken = default)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>All rows of a statement.</summary>
    public static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken = default)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    /// <summary>
    /// Waits for the database as long as the caller wants to, and no longer. What is left behind goes on until its commands' own time-out, and may still
    /// be committed: to the caller it is a lost reply.
    /// </summary>
    /// <remarks>
    /// The caller's token must not reach the driver: it asks the server to cancel, over the network that may be gone, and on the thread that cancels,
    /// so that one silent connection would hold up everything else that has to stop; and while a BEGIN is unanswered it ignores the token.
    /// </remarks>
    /// <param name="limit">Who has not answered then is taken for gone, and idle connections with him.</param>
    /// <exception cref="TimeoutException">The limit has passed.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> work, TimeSpan limit, CancellationToken cancellationToken)
    {
        var running = work();
        try
        {
            return await running.WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            // Packets are seldom dropped on one connection alone, and each idle one would cost as much time again.
            source.Clear();
            throw;
        }
    }

    /// <summary>
    /// Repeats an idempotent piece of work until the database has answered: through restarts, terminated backends and outages,
    /// for as long as the caller still owns what it writes (its token says so).
    /// </summary>
    /// <param name="limit">Of one try, as in <see cref="AskAsync"/>; infinite where somebody else's code runs in the middle of the work, which must not run twice at once, and where the work has a limit of its own.</param>
    public async Task<T> PersistAsync<T>(Func<Task<T>> work, TimeSpan limit, CancellationToken cancellationToken)
    {
        var ceiling = FirstPause;
        while (true)
        {
            try
            {
                return await AskAsync(work, limit, cancellationToken);
            }
            catch (Exception exception) when (IsOutage(exception))
            {
                // If the caller no longer owns what it writes, the pause ends this as a cancellation: an outage is nobody's bug.
                Say(exception);
            }

            await Task.Delay(Jitter(ceiling), time, cancellationToken);
            ceiling = ceiling * 2 < LongestPause ? ceiling * 2 : LongestPause;
        }
    }

    /// <summary>Says why the database is asked again: an outage each time, a refusal, which only a person can end, once.</summary>
    public void Say(Exception outage)
    {
        if (outage is not PostgresException { IsTransient: false } refused || !IsAboutSchema(refused))
        {
            LogOutage(log, outage.GetType().Name, (outage as PostgresException)?.SqlState, outage.Message);
            return;
        }

        var (now, isNews) = (time.GetTimestamp(), false);
        lock (_lock)
        {
            isNews = _refusal is not { } before || before.What != refused.MessageText || time.GetElapsedTime(before.Said) > SaidAgain || time.GetElapsedTime(before.At) > StillRefused;
            _refusal = (refused.MessageText, now, isNews ? now : _refusal!.Value.Said);
        }

        if (isNews)
        {
            LogRefused(log, refused.SqlState, refused.MessageText);
        }
    }

    /// <summary>True for everything but an answer about the data itself: that answer would be the same next time.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient || !IsAboutData(postgres),
        TransientFailure or NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    public static TimeSpan Jitter(TimeSpan ceiling) => ceiling * (0.5 + (Random.Shared.NextDouble() / 2));

    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T>() { TypedValue = value };

    public static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    public static NpgsqlParameter Json(string? value) => Of(value, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Text(string? value) => Of(value, NpgsqlDbType.Text);

    // Classes of SQLSTATE: 22 data exception, 23 integrity, 54 program limit, P0 raised by a trigger.
    private static bool IsAboutData(PostgresException exception) => exception.SqlState[..2] is "22" or "23" or "54" or "P0";

    // Classes of SQLSTATE: 3F no such schema, 42 no such table, column or right, 28 no such role, 0A not supported.
    private static bool IsAboutSchema(PostgresException exception) => exception.SqlState[..2] is "3F" or "42" or "28" or "0A";

    private static void Add(NpgsqlCommand command, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "The database is there, but refuses what the engine asks ({SqlState}): {Message}. Is it migrated to this version, with the rights of its worker's role? Nothing is lost; trying again until it is.")]
    private static partial void LogRefused(ILogger log, string sqlState, string message);

    [LoggerMessage(1, LogLevel.Warning, "The database did not answer ({Kind} {SqlState}): {Message}. Trying again.")]
    private static partial void LogOutage(ILogger log, string kind, string? sqlState, string message);
}
