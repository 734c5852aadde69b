using System.CommandLine;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Cli;

namespace DocPipeline.Server.Commands;

/// <summary>Keys with which programs use the API.</summary>
internal sealed class ApiKeyCommand : ServerCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "What the key is for." };
    private readonly Argument<Guid> _id = new("ID") { Description = "Id of the key, as list prints it." };
    private readonly Option<string[]> _scopes = new("--scope")
    {
        Description = $"What the key may do: {string.Join(", ", ApiScopes.All.Keys)}. Several with blanks between.",
        DefaultValueFactory = _ => [ApiScopes.Read],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _days = new("--days") { Description = "Days until it expires. Default: never." };

    public ApiKeyCommand()
        : base(
            "apikey",
            "Creates, lists and revokes the keys with which programs use the API.",
            "./run apikey create reporting",
            "./run apikey create scanner --scope read upload --days 90",
            "./run apikey list",
            "./run apikey revoke 4b39de0d-2f4c-4f26-8d3c-d3e5ae2b6d5b")
    {
        _scopes.AcceptOnlyFromAmong([.. ApiScopes.All.Keys]);
        _days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 36_500)
            {
                result.AddError("--days takes a number from 1 to 36500.");
            }
        });
        Add(Sub("create", "Prints a new key, once: only its hash is kept.", (database, parsed, cancelled) => CreateAsync(new(database), parsed, cancelled), _name, _scopes, _days));
        Add(Sub("list", "One line for each.", (database, _, cancelled) => ListAsync(new(database), cancelled)));
        Add(Sub("revoke", "From now on the key is of no use.", (database, parsed, cancelled) => RevokeAsync(new(database), parsed.GetValue(_id), cancelled), _id));
    }

    private async Task<int> CreateAsync(ApiKeyStore keys, ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(_name)!.Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl))
        {
            throw new CommandFailure(ExitCodes.Usage, "The name of a key has 1 to 100 characters.");
        }

        var lifetime = parsed.GetValue(_days) is { } days ? TimeSpan.FromDays(days) : (TimeSpan?)null;
        Console.WriteLine((await keys.CreateAsync(name, parsed.GetValue(_scopes)!, lifetime, By, cancellationToken)).Key);
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(ApiKeyStore keys, CancellationToken cancellationToken)
    {
        foreach (var key in await keys.ListAsync(cancellationToken))
        {
            var end = key.RevokedAt is { } revoked ? $", revoked {revoked:u}" : key.ExpiresAt is { } expires ? $", expires {expires:u}" : "";
            var used = key.LastUsedAt is { } last ? $", last used {last:u}" : ", never used";
            Console.WriteLine($"{key.Id}  {key.Name}: {string.Join(", ", key.Scopes)}{used}{end}");
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> RevokeAsync(ApiKeyStore keys, Guid id, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(id, By, cancellationToken)
            ? ExitCodes.Ok
            : throw new CommandFailure(ExitCodes.SomeDocumentsFailed, $"There is no key {id} in force.", "All there are: ./run apikey list");
}
