namespace DocPipeline.Server.Access;

/// <summary>What a person may do. Each role may do what the ones before it may; the policies of routes have the same names.</summary>
internal static class Roles
{
    /// <summary>Sees claims, documents and their history.</summary>
    public const string Reader = "reader";

    /// <summary>Decides about what waits in the queue.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Also: takes work from others, replays what died.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>Also: accounts.</summary>
    public const string Admin = "admin";

    /// <summary>From the least to the most.</summary>
    public static IReadOnlyList<string> All { get; } = [Reader, Reviewer, Supervisor, Admin];

    /// <summary>The roles that satisfy a policy: the one it is named after and those above it.</summary>
    public static string[] AtLeast(string role) => [.. All.SkipWhile(known => known != role)];
}
