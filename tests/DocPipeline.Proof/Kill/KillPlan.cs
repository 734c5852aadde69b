namespace DocPipeline.Proof.Kill;

/// <summary>What is tried.</summary>
/// <param name="LongestLife">The server is killed at a random moment of up to so long after it was up, sometimes after it was started.</param>
/// <param name="LeaseSeconds">How long the work of a killed server waits for the next one; null for the product's own.</param>
/// <param name="Patience">Gives up when no document has ended for so long.</param>
internal sealed record KillPlan(int Documents, int Kills, ulong Seed, TimeSpan LongestLife, double? LeaseSeconds, TimeSpan Patience);

/// <summary>What came of it.</summary>
/// <param name="States">How many submissions of each state the disturbed run ended with.</param>
/// <param name="Undisturbed">Wall time without kills.</param>
/// <param name="Orphans">Children that outlived a killed server by more than ten seconds.</param>
/// <param name="Leftovers">Temporary files that killed servers left behind.</param>
/// <param name="Resumed">Documents that a killed server had in hand and another one went on with; also those that had to be tried again.</param>
/// <param name="Violations">Everything that is not as it must be; empty if the proof holds.</param>
internal sealed record KillResult(
    ulong Seed,
    int Documents,
    int Kills,
    int ChildrenAtKills,
    int Orphans,
    int Leftovers,
    long Resumed,
    TimeSpan Undisturbed,
    TimeSpan Disturbed,
    IReadOnlyDictionary<string, long> States,
    IReadOnlyList<string> Violations);
