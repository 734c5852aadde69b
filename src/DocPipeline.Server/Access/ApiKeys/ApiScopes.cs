namespace DocPipeline.Server.Access.ApiKeys;

/// <summary>
/// What a program with an API key may do: what its key says and nothing else, whoever made it. A person may do the same with a role. A route below
/// <c>/api</c> names both in one policy.
/// </summary>
internal static class ApiScopes
{
    public const string ClaimType = "scope";

    /// <summary>Sees claims, documents, fields, findings, history and changes.</summary>
    public const string Read = "read";

    /// <summary>Hands files in.</summary>
    public const string Upload = "upload";

    /// <summary>Takes everything out at once.</summary>
    public const string Export = "export";

    /// <summary>Says who is told about changes.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>Tells what was put into the buckets that are configured.</summary>
    public const string Events = "events";

    /// <summary>Scope and the least role that may do the same.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        [Read] = Roles.Reader,
        [Upload] = Roles.Reviewer,
        [Export] = Roles.Supervisor,
        [Webhooks] = Roles.Admin,
        [Events] = Roles.Reviewer,
    };

    /// <summary>The policy's name: the role, a colon and the scope.</summary>
    public static string PolicyOf(string scope) => $"{All[scope]}:{scope}";
}
