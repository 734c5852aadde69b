using System.CommandLine;
using DocPipeline.Server.Api;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Webhooks;
using Npgsql;

namespace DocPipeline.Server.Commands;

/// <summary>Who is told about changes, from the terminal.</summary>
internal sealed class WebhookCommand : ServerCommand
{
    private readonly Argument<string> _url = new("URL") { Description = "Where changes are posted to: https, and a public address unless DOCPIPELINE_WEBHOOK_NETWORKS allows others." };
    private readonly Argument<Guid> _id = new("ID") { Description = "Id of the webhook, as list prints it." };
    private readonly Option<string[]> _types = new("--type") { Description = $"Only these: {string.Join(", ", WebhookRegistry.Topics)}. Default: all.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _from = new("--from") { Description = "Time such as 2026-01-05T00:00:00Z: everything since then is sent again.", Required = true };
    private readonly Option<bool> _json = JsonOption();

    public WebhookCommand()
        : base(
            "webhook",
            "Adds, lists and removes addresses that are told about every change, and sends them again what they missed.",
            "./run webhook add https://claims.example.org/hooks --type submission.accepted submission.reviewed",
            "./run webhook list",
            "./run webhook dead 0f8b6f9e-4f0a-4d6e-8b1c-2f3b5f0c9a11",
            "./run webhook replay 0f8b6f9e-4f0a-4d6e-8b1c-2f3b5f0c9a11 --from 2026-01-05T00:00:00Z")
    {
        _types.AcceptOnlyFromAmong([.. WebhookRegistry.Topics]);
        Add(Sub("add", "From now on every change is posted there. Prints the id and, once, the secret that signatures are made with.", AddAsync, _url, _types));
        Add(Sub("list", "One line for each.", (database, parsed, cancelled) => PrintAsync(database, Collections.Webhooks, parsed, filters: [], cancelled), _json));
        Add(Sub("dead", "The messages that were given up for it.", (database, parsed, cancelled) => PrintAsync(
            database, Collections.WebhookDeliveries, parsed, new() { ["webhook_id"] = new[] { parsed.GetValue(_id) }, ["outcome"] = "dead" }, cancelled), _id, _json));
        Add(Sub("replay", "Sends everything again that happened at that time or later, dead letters too.", ReplayAsync, _id, _from));
        Add(Sub("enable", "It gets everything that it has not got yet.", (database, parsed, cancelled) => FoundAsync(new WebhookRegistry(database).EnableAsync(parsed.GetValue(_id), isEnabled: true, cancelled), parsed), _id));
        Add(Sub("disable", "It gets nothing until it is enabled.", (database, parsed, cancelled) => FoundAsync(new WebhookRegistry(database).EnableAsync(parsed.GetValue(_id), isEnabled: false, cancelled), parsed), _id));
        Add(Sub("remove", "It gets nothing any more.", (database, parsed, cancelled) => FoundAsync(new WebhookRegistry(database).RemoveAsync(parsed.GetValue(_id), cancelled), parsed), _id));
    }

    private async Task<int> AddAsync(NpgsqlDataSource database, ParseResult parsed, CancellationToken cancellationToken)
    {
        var url = parsed.GetValue(_url)!;
        if (AddressGuard.FaultOf(url) is { } fault)
        {
            throw new CommandFailure(ExitCodes.Usage, $"'{url}' cannot be used.", fault);
        }

        var types = parsed.GetValue(_types) is { Length: > 0 } some ? some : null;
        var (id, secret) = await new WebhookRegistry(database).AddAsync(url, types, By, cancellationToken);
        Console.WriteLine($"{id} {secret}");
        return ExitCodes.Ok;
    }

    private async Task<int> PrintAsync(NpgsqlDataSource database, Collection collection, ParseResult parsed, Dictionary<string, object> filters, CancellationToken cancellationToken)
    {
        await using var reader = await new RowList(database).OpenAsync(ListRequest.All(collection) with { Filters = filters }, cancellationToken);
        var printed = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            printed++;
            Console.WriteLine(parsed.GetValue(_json) ? RowJson.Text(reader, collection.Columns)
                : collection == Collections.Webhooks ? $"{reader["webhook_id"]}  {reader["url"]}: {reader["owed"]} owed, {reader["dead"]} dead{Trouble(reader)}"
                : $"{reader["message_id"]}  {reader["type"]} of {reader["submission_id"]}, {reader["attempts"]} attempts until {reader.GetDateTime(reader.GetOrdinal("at")):u}: {reader["problem"]}");
        }

        if (printed == 0 && !parsed.GetValue(_json))
        {
            Console.WriteLine("None.");
        }

        return ExitCodes.Ok;
    }

    private static string Trouble(NpgsqlDataReader reader) =>
        reader["disabled_at"] is DateTime disabled ? $", disabled {disabled:u}"
        : reader["failing_since"] is DateTime failing ? $", failing since {failing:u}: {reader["last_problem"]}"
        : "";

    private async Task<int> ReplayAsync(NpgsqlDataSource database, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (ParameterValue.Parse(ColumnType.Time, parsed.GetValue(_from)!) is not DateTime from)
        {
            throw new CommandFailure(ExitCodes.Usage, $"'{parsed.GetValue(_from)}' is no time.", $"--from takes {ParameterValue.Shape(ColumnType.Time)}.");
        }

        var messages = await new WebhookRegistry(database).ReplayAsync(parsed.GetValue(_id), from, cancellationToken) ?? throw Unknown(parsed);
        Console.WriteLine($"{messages} messages are owed; a server sends them.");
        return ExitCodes.Ok;
    }

    private async Task<int> FoundAsync(Task<bool> found, ParseResult parsed) => await found ? ExitCodes.Ok : throw Unknown(parsed);

    private CommandFailure Unknown(ParseResult parsed) =>
        new(ExitCodes.SomeDocumentsFailed, $"There is no webhook with the id {parsed.GetValue(_id)}.", "All there are: ./run webhook list");
}
