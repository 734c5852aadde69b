using DocPipeline.Workflow;

namespace DocPipeline.Providers.Wire;

/// <summary>Ends what takes too long.</summary>
public static class Deadline
{
    /// <summary>Runs a call of a provider and turns what went wrong on the way into the one failure that may be tried again.</summary>
    /// <exception cref="TransientFailure">It was not done in time, or the connection failed or broke.</exception>
    public static async Task<T> RunAsync<T>(string provider, TimeSpan limit, TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientFailure($"{provider} did not answer in full within {limit.TotalSeconds:0} s.", inner: exception);
        }
        catch (HttpRequestException exception)
        {
            throw new TransientFailure($"{provider} cannot be reached, or broke the connection ({exception.HttpRequestError}).", inner: exception);
        }
        catch (IOException exception)
        {
            throw new TransientFailure($"{provider} broke the connection in the middle of its reply.", inner: exception);
        }
    }
}
