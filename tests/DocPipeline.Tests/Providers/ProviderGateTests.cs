using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Tests.Providers;

/// <summary>The gate on a clock that only the test moves.</summary>
public sealed class ProviderGateTests : IDisposable
{
    private static readonly ProviderCall Call = new(new ContentHash(new string('a', 64)), Submission: null, "recognize-page")
    {
        Expected = new("textract", "DetectDocumentText", new Dictionary<string, decimal> { [ProviderUnits.Page] = 1 }),
    };

    private readonly HandDrivenClock _clock = new();
    private readonly List<TimeSpan> _sent = [];
    private readonly DateTimeOffset _start;
    private ProviderGate? _gate;

    public ProviderGateTests() => _start = _clock.GetUtcNow();

    public void Dispose() => _gate?.Dispose();

    [Fact]
    public async Task Call_FailsForTheMoment_IsTriedThreeTimesAndThenGivenUp()
    {
        var failure = await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => throw new TransientFailure("overloaded")));

        Assert.Equal("overloaded", failure.Message);
        Assert.Equal(3, _sent.Count);
    }

    [Fact]
    public async Task Call_IsRefused_IsNotTriedAgain()
    {
        await Assert.ThrowsAsync<ProviderRefusal>(() => CallAsync(() => throw new ProviderRefusal(RefusalKind.Unsupported, "textract", "too large")));

        Assert.Single(_sent);
        Assert.Equal("ok", await CallAsync(() => "ok"));
    }

    [Fact]
    public async Task Breaker_FiveFailuresInARow_OpensThenLetsOneTryThenCloses()
    {
        Limit(new() { Attempts = 1, PerSecond = 1000 });
        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => throw new TransientFailure("down")));
        }

        var resting = await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => "never sent"));
        Assert.Equal("textract rests for 30 s: down", resting.Message);
        Assert.Equal(5, _sent.Count);

        _clock.Advance(TimeSpan.FromSeconds(31));
        var answer = new TaskCompletionSource<string>();
        var trying = StartAsync(_ => answer.Task);
        await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => "another one beside it"));
        answer.SetResult("ok");
        Assert.Equal("ok", await trying);
        Assert.Equal("ok", await CallAsync(() => "ok"));
        Assert.Equal(7, _sent.Count);
    }

    [Fact]
    public async Task Breaker_TheTryFails_RestsTwiceAsLong()
    {
        Limit(new() { Attempts = 1, FailuresToOpen = 1 });
        await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => throw new TransientFailure("down")));
        _clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => throw new TransientFailure("still down")));
        _clock.Advance(TimeSpan.FromSeconds(59));

        var resting = await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => "never sent"));

        Assert.Equal("textract rests for 1 s: still down", resting.Message);
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task Breaker_TheTryIsGivenUpByItsCaller_LetsTheNextOneTry()
    {
        Limit(new() { Attempts = 1, FailuresToOpen = 1 });
        await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => throw new TransientFailure("down")));
        _clock.Advance(TimeSpan.FromSeconds(30));
        using var caller = new CancellationTokenSource();
        var trying = SendAsync(NeverAsync, Call, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);

        Assert.Equal("ok", await CallAsync(() => "ok"));
    }

    [Theory]
    [InlineData(RefusalKind.NotAllowed)]
    [InlineData(RefusalKind.Misconfigured)]
    [InlineData(RefusalKind.QuotaExhausted)]
    public async Task Breaker_ARefusalThatConcernsEverybody_OpensAtOnce(RefusalKind kind)
    {
        await Assert.ThrowsAsync<ProviderRefusal>(() => CallAsync(() => throw new ProviderRefusal(kind, "textract", "no")));

        await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => "never sent"));
        Assert.Single(_sent);
    }

    [Fact]
    public async Task RetryAfter_HoldsBackTheCallAndEverybodyElse()
    {
        var answers = new Queue<Func<string>>([() => throw new TransientFailure("throttled", TimeSpan.FromSeconds(20)), () => "first", () => "second"]);
        var first = StartAsync(_ => Task.FromResult(answers.Dequeue()()));
        var second = StartAsync(_ => Task.FromResult(answers.Dequeue()()));

        await _clock.DriveAsync(Task.WhenAll(first, second));

        Assert.Equal(3, _sent.Count);
        Assert.Equal(TimeSpan.Zero, _sent[0]);
        Assert.All(_sent.Skip(1), sent => Assert.InRange(sent.TotalSeconds, 20, 23));
    }

    [Fact]
    public async Task RetryAfter_LongerThanACallMayTake_IsNotWaitedForAndNobodyAsksMeanwhile()
    {
        await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => throw new TransientFailure("throttled", TimeSpan.FromMinutes(10))));
        _clock.Advance(TimeSpan.FromMinutes(9));
        await Assert.ThrowsAsync<TransientFailure>(() => CallAsync(() => "never sent"));
        Assert.Single(_sent);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ok", await CallAsync(() => "ok"));
    }

    [Fact]
    public async Task Rate_ManyCallsAtOnce_AreSentEvenlyAndThoseThatWouldComeTooLateNotAtAll()
    {
        Limit(new() { PerSecond = 2, Deadline = TimeSpan.FromSeconds(3), AtOnce = 100 });

        var calls = Enumerable.Range(0, 10).Select(_ => StartAsync(_ => Task.FromResult("ok"))).ToList();
        await _clock.DriveAsync(Task.WhenAll(calls.Select(call => call.ContinueWith(static _ => { }, TaskScheduler.Default))));

        Assert.Equal([0, 0.5, 1, 1.5, 2, 2.5, 3], _sent.Select(sent => sent.TotalSeconds).Order());
        Assert.Equal(3, calls.Count(call => call.IsFaulted));
        Assert.All(calls.Where(call => call.IsFaulted), call => Assert.IsType<TransientFailure>(call.Exception!.InnerException));
    }

    [Fact]
    public async Task Places_AreNeverMoreThanTheLimit()
    {
        Limit(new() { AtOnce = 2, PerSecond = 1_000_000 });
        var answers = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<string>()).ToList();
        var next = 0;
        var calls = answers.Select(_ => StartAsync(_ => answers[Interlocked.Increment(ref next) - 1].Task)).ToList();
        await Eventually.IsTrueAsync(() => Task.FromResult(_sent.Count == 2), "two are sent");

        answers[0].SetResult("");
        await Eventually.IsTrueAsync(() => Task.FromResult(_sent.Count == 3), "the third has the first one's place");
        answers[1].SetResult("");
        answers[2].SetResult("");
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Deadline_NoAnswer_IsATransientFailureThatMayHaveCostWhatWasExpected()
    {
        var ledger = new MemoryCallLedger(PriceList.Shipped, new Budget(), _clock);
        Limit(new() { Deadline = TimeSpan.FromSeconds(7), Attempts = 5 }, ledger);

        var failure = await Assert.ThrowsAsync<TransientFailure>(() => _clock.DriveAsync(StartAsync(NeverAsync)));

        Assert.Equal("textract did not answer within 7 s.", failure.Message);
        Assert.Equal(TimeSpan.FromSeconds(7), _clock.GetUtcNow() - _start);
        Assert.Equal(new SpentOnDocument(1, 0, 0.0015m, IsPriced: true), ledger.Of(Call.Content));
    }

    [Fact]
    public async Task Hedge_NoAnswerInTime_SendsOnceMoreAndTheFirstAnswerCounts()
    {
        Limit(new() { HedgeAfter = TimeSpan.FromSeconds(2) });
        var slow = new TaskCompletionSource<string>();
        var sends = 0;

        var answer = await _clock.DriveAsync(StartAsync(_ => ++sends == 1 ? slow.Task : Task.FromResult("second")));

        Assert.Equal("second", answer);
        Assert.Equal([0, 2], _sent.Select(sent => sent.TotalSeconds));
        slow.SetResult("first");
    }

    [Fact]
    public async Task Budget_UsedUp_RefusesWithoutSendingAndWithoutBlamingTheProvider()
    {
        Limit(new() { PerSecond = 1000 }, new MemoryCallLedger(PriceList.Shipped, new Budget { UsdPerDocument = 0.003m }, _clock));
        await CallAsync(() => "ok");
        await CallAsync(() => "ok");

        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => CallAsync(() => "never sent"));

        Assert.Equal(RefusalKind.QuotaExhausted, refusal.Kind);
        Assert.Equal(2, _sent.Count);
        Assert.Equal("ok", await CallAsync(() => "ok", Call with { Content = new(new string('b', 64)) }));
    }

    [Fact]
    public async Task Answered_TheBillCannotBeWritten_TheAnswerIsKeptAndNotBoughtAgain()
    {
        Limit(new(), new LedgerWithoutBills());

        Assert.Equal("ok", await CallAsync(() => "ok"));

        Assert.Single(_sent);
    }

    private static async Task<string> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return "";
    }

    private Task<string> CallAsync(Func<string> answer, ProviderCall? call = null) => _clock.DriveAsync(SendAsync(_ => Task.FromResult(answer()), call ?? Call, TestContext.Current.CancellationToken));

    private Task<string> StartAsync(Func<CancellationToken, Task<string>> answer) => SendAsync(answer, Call, TestContext.Current.CancellationToken);

    private Task<string> SendAsync(Func<CancellationToken, Task<string>> answer, ProviderCall call, CancellationToken cancellationToken)
    {
        _gate ??= new(limits: null, ledger: null, _clock);
        return _gate.CallAsync(
            "textract",
            call,
            token =>
            {
                lock (_sent)
                {
                    _sent.Add(_clock.GetUtcNow() - _start);
                }

                return answer(token);
            },
            static _ => Call.Expected!,
            cancellationToken);
    }

    private void Limit(ProviderLimits limits, ICallLedger? ledger = null) => _gate = new(_ => limits, ledger, _clock);

    /// <summary>The database goes away while a service answers.</summary>
    private sealed class LedgerWithoutBills : ICallLedger
    {
        public Task<Guid> BeginAsync(string provider, ProviderCall request, CancellationToken cancellationToken) => Task.FromResult(Guid.NewGuid());

        public Task EndAsync(Guid id, CallEnd result) => throw new NpgsqlException("The connection is gone.");
    }
}
