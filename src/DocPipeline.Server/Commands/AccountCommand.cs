using System.CommandLine;
using DocPipeline.Server.Access;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Commands;

/// <summary>Accounts from the terminal: for the first ones, and when nobody can sign in any more.</summary>
internal sealed class AccountCommand : ServerCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the account." };
    private readonly Option<string> _role = new("--role") { Description = $"One of {string.Join(", ", Roles.All)}.", DefaultValueFactory = _ => Roles.Reviewer };

    private readonly Option<string> _subject = new("--subject") { Description = "The person's subject (sub) at the provider: the log of a refused sign-in names it.", Required = true };

    public AccountCommand()
        : base(
            "account",
            "Lists, adds and closes accounts, and makes new passwords for them.",
            "./run account list",
            "./run account add m.jones --role reviewer",
            "./run account password admin",
            "./run account role m.jones --role supervisor",
            "./run account link m.jones --subject 248289761001",
            "./run account close m.jones")
    {
        _role.AcceptOnlyFromAmong([.. Roles.All]);
        Add(Sub("list", "One line for each.", ListAsync));
        Add(Sub("add", "Makes an account and prints its password, once.", AddAsync, _name, _role));
        Add(Sub("password", "Makes a new password and prints it, once; whoever is signed in with the account is signed out.", PasswordAsync, _name));
        Add(Sub("role", "Gives another role.", RoleAsync, _name, _role));
        Add(Sub("link", "Makes the account that of a person of the sign-in service (DOCPIPELINE_OPENID_ISSUER), instead of its password.", LinkAsync, _name, _subject));
        Add(Sub("close", "Nobody can sign in with it any more; what it did stays on record.", (accounts, parsed, cancelled) => CloseAsync(accounts, parsed, closed: true, cancelled), _name));
        Add(Sub("open", "Opens it again.", (accounts, parsed, cancelled) => CloseAsync(accounts, parsed, closed: false, cancelled), _name));
    }

    private static Command Sub(string name, string description, Func<Accounts, ParseResult, CancellationToken, Task<int>> run, params Symbol[] symbols) =>
        Sub(name, description, (NpgsqlDataSource database, ParseResult parsed, CancellationToken cancelled) => run(new Accounts(database), parsed, cancelled), symbols);

    private static async Task<int> ListAsync(Accounts accounts, ParseResult parsed, CancellationToken cancellationToken)
    {
        foreach (var account in await accounts.ListAsync(cancellationToken))
        {
            Console.WriteLine($"{account.Role,-10} {account.Name}{(account.IsProvided ? ", by the sign-in service" : "")}{(account.ClosedAt is { } closed ? $", closed {closed:u}" : "")}");
        }

        return ExitCodes.Ok;
    }

    private async Task<int> AddAsync(Accounts accounts, ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(_name)!.Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl))
        {
            throw new CommandFailure(ExitCodes.Usage, "The name of an account has 1 to 100 characters.");
        }

        var password = Passwords.Generate();
        _ = await accounts.AddAsync(name, parsed.GetValue(_role)!, Passwords.Hash(password), By, cancellationToken)
            ?? throw new CommandFailure(ExitCodes.SomeDocumentsFailed, $"There is an account '{name}' already.", $"For a new password: ./run account password {name}");
        Console.WriteLine(password);
        return ExitCodes.Ok;
    }

    private async Task<int> PasswordAsync(Accounts accounts, ParseResult parsed, CancellationToken cancellationToken)
    {
        var account = await FindAsync(accounts, parsed, cancellationToken);
        var password = Passwords.Generate();
        _ = await accounts.SetPasswordAsync(account.Id, Passwords.Hash(password), By, cancellationToken) ?? throw Provided(account);
        Console.WriteLine(password);
        return ExitCodes.Ok;
    }

    private async Task<int> RoleAsync(Accounts accounts, ParseResult parsed, CancellationToken cancellationToken)
    {
        var account = await FindAsync(accounts, parsed, cancellationToken);
        _ = account.IsProvided ? throw Provided(account) : await accounts.SetRoleAsync(account.Id, parsed.GetValue(_role)!, By, cancellationToken) ?? throw LastAdmin(account);
        return ExitCodes.Ok;
    }

    private async Task<int> LinkAsync(Accounts accounts, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServerSettings.Read().OpenId;
        if (!settings.IsOn)
        {
            throw new CommandFailure(ExitCodes.Environment, "No sign-in service is configured.", "Set the DOCPIPELINE_OPENID_ variables as for the server: src/DocPipeline.Server/Access/README.md.");
        }

        var account = await FindAsync(accounts, parsed, cancellationToken);
        _ = await accounts.LinkAsync(account.Id, settings.Issuer!, parsed.GetValue(_subject)!, By, cancellationToken)
            ?? throw new CommandFailure(ExitCodes.SomeDocumentsFailed, $"'{parsed.GetValue(_subject)}' has another account already.", "All there are: ./run account list");
        return ExitCodes.Ok;
    }

    private async Task<int> CloseAsync(Accounts accounts, ParseResult parsed, bool closed, CancellationToken cancellationToken)
    {
        var account = await FindAsync(accounts, parsed, cancellationToken);
        _ = await accounts.SetClosedAsync(account.Id, closed, By, cancellationToken) ?? throw LastAdmin(account);
        return ExitCodes.Ok;
    }

    private async Task<Account> FindAsync(Accounts accounts, ParseResult parsed, CancellationToken cancellationToken) =>
        await accounts.FindAsync(parsed.GetValue(_name)!.Trim(), cancellationToken)
        ?? throw new CommandFailure(ExitCodes.SomeDocumentsFailed, $"There is no account '{parsed.GetValue(_name)}'.", "All there are: ./run account list");

    private static CommandFailure Provided(Account account) =>
        new(ExitCodes.SomeDocumentsFailed, $"{account.Name} signs in with the sign-in service, which also says what {account.Name} may do.", "Change it there, or close the account: ./run account close NAME");

    private static CommandFailure LastAdmin(Account account) =>
        new(ExitCodes.SomeDocumentsFailed, $"{account.Name} is the last open admin.", "Make another one first: ./run account add NAME --role admin");
}
