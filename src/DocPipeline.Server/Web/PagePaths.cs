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
}
