namespace DocPipeline.Server.Stuck;

/// <summary>A way in which a document can stand still.</summary>
/// <param name="Name">Stable name, for filters and metrics; also that of the file which finds it.</param>
/// <param name="What">What is the matter, in words.</param>
/// <param name="Advice">What an operator does about it.</param>
/// <param name="RepairAsync">
/// What mends it, given the subject, and says whether it is mended; null where a person has to judge. Safe to repeat, and to run beside workers and other
/// repairs: each one looks again under a lock.
/// </param>
internal sealed record StuckKind(string Name, string What, string Advice, Func<string, CancellationToken, Task<bool>>? RepairAsync);

/// <summary>One thing that stands still.</summary>
/// <param name="Subject">Id of the submission or workflow, key of the file, or name of the version.</param>
/// <param name="Detail">Since when, where, in what state; nothing of any document.</param>
internal sealed record StuckThing(StuckKind Kind, string Subject, string Detail);
