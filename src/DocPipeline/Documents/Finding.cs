namespace DocPipeline.Documents;

public enum Severity
{
    /// <summary>Worth knowing; needs nobody.</summary>
    Info,

    /// <summary>A person should look; alone it does not stop the claim.</summary>
    Warning,

    /// <summary>The claim waits for a person.</summary>
    Error,
}

/// <summary>What a rule found. Data, not an exception.</summary>
/// <param name="Rule">Stable code of the rule, in kebab-case: people filter by it.</param>
/// <param name="Severity">Whether a person must look.</param>
/// <param name="Message">What is wrong, with the values, for a claims clerk.</param>
/// <param name="Field">The field it concerns, if one.</param>
/// <param name="Evidence">Where to look; empty where the finding is about something missing.</param>
public sealed record Finding(string Rule, Severity Severity, string Message, string? Field, IReadOnlyList<Evidence> Evidence);
