using DocPipeline.Documents;

namespace DocPipeline.Server.Web;

/// <summary>Where the pages are.</summary>
internal static class PagePaths
{
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Account = "/account";
    public const string Accounts = "/accounts";
    public const string Status = "/status";
    public const string Problem = "/problem";
    public const string Queue = "/queue";
    public const string Dashboard = "/dashboard";

    /// <summary>Leads to the document that a person would take next.</summary>
    public const string Next = "/review/next";

    public static string Case(SubmissionId id) => $"/review/{id}";

    public static string Picture(SubmissionId id, int page) => $"/review/{id}/pages/{page}/picture";
}
