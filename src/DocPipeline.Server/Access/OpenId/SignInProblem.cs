using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.Server.Access.OpenId;

/// <summary>Why somebody who came back from the provider is not let in. Nothing but these texts can be put on the sign-in page from outside.</summary>
/// <param name="Code">In the page's address and in the log.</param>
internal sealed record SignInProblem(string Code, int Status, string Text)
{
    public static readonly SignInProblem Denied = new(
        "denied", StatusCodes.Status403Forbidden, "You were refused there, or did not agree. Nothing was changed here.");

    public static readonly SignInProblem Expired = new(
        "expired", StatusCodes.Status400BadRequest, "That sign-in has been used already, or it took too long. Begin again.");

    public static readonly SignInProblem Foreign = new(
        "foreign", StatusCodes.Status400BadRequest, "That sign-in did not begin in this browser, or too long ago. Begin again.");

    public static readonly SignInProblem Unreachable = new(
        "unreachable", StatusCodes.Status502BadGateway, "The sign-in service does not answer. Nothing was changed; try again in a moment.");

    public static readonly SignInProblem Senseless = new(
        "senseless", StatusCodes.Status502BadGateway, "The sign-in service answered with something that we cannot use. It is in the server's log; an administrator has to look.");

    public static readonly SignInProblem TooMany = new(
        "too-many", StatusCodes.Status429TooManyRequests, "Too many tries have failed. Wait a quarter of an hour.");

    public static readonly SignInProblem NoRole = new(
        "no-role", StatusCodes.Status403Forbidden, "You are known there, but belong to no group that may use DocPipeline. Whoever looks after your groups can change that.");

    public static readonly SignInProblem Closed = new(
        "closed", StatusCodes.Status403Forbidden, "Your account here is closed. An administrator can open it.");

    public static readonly SignInProblem NameTaken = new(
        "name-taken", StatusCodes.Status403Forbidden, "Another account here has your name. If it is yours, an administrator can connect the two: the server's log says how.");

    private static readonly SignInProblem[] All = [Denied, Expired, Foreign, Unreachable, Senseless, TooMany, NoRole, Closed, NameTaken];

    public static SignInProblem? Of(string? code) => All.FirstOrDefault(problem => problem.Code == code);
}

/// <summary>Ends a sign-in at a provider. The framework's handler takes no other answer from the steps in between.</summary>
internal sealed class SignInRefusedException(SignInProblem problem, string detail) : AuthenticationFailureException(detail)
{
    public SignInProblem Problem { get; } = problem;
}
