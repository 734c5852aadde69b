namespace DocPipeline.Server.Doctor;

internal enum Health
{
    Well,

    /// <summary>Documents are read, but something is not as it should be.</summary>
    Doubtful,

    /// <summary>What was looked at does not work.</summary>
    Broken,
}

/// <summary>What was found out about one thing that documents depend on.</summary>
/// <param name="Thing">Such as <c>database</c> or <c>textract</c>.</param>
/// <param name="Message">What is so.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record Diagnosis(string Thing, Health Health, string Message, string? Advice = null)
{
    public static Diagnosis Well(string thing, string message) => new(thing, Health.Well, message);

    public static Diagnosis Broken(string thing, string message, string advice) => new(thing, Health.Broken, message, advice);
}
