namespace DocPipeline.Workflow;

/// <summary>
/// All that a workflow may do. The subset is closed on purpose: a workflow cannot see which of several things ended first,
/// so a journal keyed by step number is enough to replay it, and every engine behind this port gives the same result.
/// </summary>
/// <remarks>
/// Guarantee: an activity runs at least once; its recorded result is used exactly once.
/// Danger: workflow code runs again from the top after every wait and every crash. It must not read a clock, a random number,
/// a new Guid, a file, a socket or a static that changes; it must not start tasks of its own. Awaiting anything that did not
/// come from this interface is an error.
/// </remarks>
public interface IWorkflowContext
{
    /// <summary>The identity of this run; for the document pipeline it is the submission id.</summary>
    string InstanceId { get; }

    /// <summary>The time, in UTC, at which the newest recorded step was recorded. The same on every replay.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Runs one activity and waits for its result.</summary>
    /// <exception cref="ActivityFailedException">The activity failed for good: the document's fault, a bug, or retries used up.</exception>
    Task<TOut> CallAsync<TIn, TOut>(Activity<TIn, TOut> activity, TIn input, RetryPolicy? retry = null);

    /// <summary>Runs one activity over many inputs at once and waits for all of them. Results come in the order of the inputs.</summary>
    /// <exception cref="ActivityFailedException">At least one failed for good; thrown after all have ended, with the failure of the first in input order.</exception>
    Task<IReadOnlyList<TOut>> CallAllAsync<TIn, TOut>(Activity<TIn, TOut> activity, IReadOnlyList<TIn> inputs, RetryPolicy? retry = null);

    /// <summary>Waits for one named event or a time-out. Which of the two it was is recorded as one step.</summary>
    Task<EventOutcome<T>> WaitForEventAsync<T>(EventName<T> name, TimeSpan timeout);

    /// <summary>Sleeps until a time, in UTC. A time in the past returns at once.</summary>
    Task SleepUntilAsync(DateTimeOffset time);

    /// <summary>Sets the status that people see in lists. Not journaled; the newest call wins.</summary>
    void SetStatus(string status);
}
