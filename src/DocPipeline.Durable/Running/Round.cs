namespace DocPipeline.Durable.Running;

/// <summary>The steps that a workflow awaits at the same time, with what the journal or the last minute has to say to each.</summary>
internal sealed class Round
{
    private readonly IReadOnlyList<PendingStep> _steps;
    private readonly JournaledStep?[] _journaled;
    private readonly StepOutcome?[] _outcomes;

    public Round(ClaimedInstance instance, IReadOnlyList<PendingStep> steps)
    {
        _steps = steps;
        _journaled = [.. steps.Select(step => instance.Journal.GetValueOrDefault(step.Number))];
        _outcomes = [.. _journaled.Select(row => row is { IsFinal: true } ? new StepOutcome(row.Result, row.Failure, row.RecordedAt, row.Attempts) : null)];
    }

    public bool IsAnswered => Array.TrueForAll(_outcomes, outcome => outcome is not null);

    /// <summary>Indices of the steps that may run now: not recorded, and not between two attempts.</summary>
    public IEnumerable<int> Due =>
        Enumerable.Range(0, _steps.Count).Where(i => _outcomes[i] is null && !(_journaled[i]?.DueIn > TimeSpan.Zero)).ToList();

    public IReadOnlyList<(PendingStep Step, StepOutcome Outcome)> Answers => [.. _steps.Select((step, i) => (step, _outcomes[i]!))];

    public PendingStep Step(int index) => _steps[index];

    public JournaledStep? Journaled(int index) => _journaled[index];

    public void Set(int index, StepOutcome outcome) => _outcomes[index] = outcome;
}
