namespace DocPipeline.Server.Access.OpenId;

/// <summary>The accounts of people who sign in at the provider: found by issuer and subject, made at the first sign-in, with the role that the provider gives.</summary>
internal sealed class ProvidedAccounts(Accounts accounts, AccessEvents events, OpenIdSettings settings)
{
    private const string By = "provider";

    /// <summary>Lets the person in; every way it ends is an access event.</summary>
    /// <exception cref="SignInRefusedException">The person may not come in.</exception>
    public async Task<Account> EnterAsync(ProvidedPerson person, string? address, CancellationToken cancellationToken)
    {
        var issuer = settings.Issuer!;
        var account = await accounts.FindProvidedAsync(issuer, person.Subject, cancellationToken);
        if (account is { ClosedAt: not null })
        {
            throw await RefuseAsync(SignInProblem.Closed);
        }

        if (person.Role is not { } role)
        {
            // Who may nothing any more may not go on either with what is still open elsewhere.
            _ = account is null ? null : await accounts.SetProvidedRoleAsync(account.Id, role: null, By, cancellationToken);
            throw await RefuseAsync(SignInProblem.NoRole);
        }

        // Of two first sign-ins at once one makes the account and the other one finds it.
        account ??= await accounts.AddProvidedAsync(person.Name, role, issuer, person.Subject, By, cancellationToken)
            ?? await accounts.FindProvidedAsync(issuer, person.Subject, cancellationToken)
            ?? throw await RefuseAsync(SignInProblem.NameTaken);
        if (account.Role != role)
        {
            account = await accounts.SetProvidedRoleAsync(account.Id, role, By, cancellationToken) ?? throw await RefuseAsync(SignInProblem.Closed);
        }

        await events.AddAsync(account.Name, address, AccessEvents.SignedIn, detail: "OpenID", cancellationToken: cancellationToken);
        return account;

        async Task<SignInRefusedException> RefuseAsync(SignInProblem problem)
        {
            var name = account?.Name ?? person.Name;
            await events.AddAsync(name, address, AccessEvents.SignInRefused, detail: $"OpenID, {problem.Code}, subject {person.Subject}", cancellationToken: cancellationToken);
            return new(problem, problem == SignInProblem.NameTaken
                ? $"The name '{name}' belongs to another account. If it is the same person: ./run account link {name} --subject {person.Subject}"
                : $"{name}, subject {person.Subject}");
        }
    }
}
