using System.ComponentModel;
using System.Text;
using DocPipeline.Server.Api;
using DocPipeline.Server.Api.Rows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace DocPipeline.Server.Mcp;

/// <summary>What a language model may ask: the same lists as the API, with the same checks, and with a page that fits into its context.</summary>
internal sealed class ClaimTools
{
    private const int MostRows = 50;

    private readonly RowList _rows;

    public ClaimTools(RowList rows)
    {
        _rows = rows;
        All =
        [
            Tool("search_claims", "Finds claims, the newest first, by words in claim number, policy number, names and file names, or by number, state and dates.", SearchAsync),
            Tool("show_claim", "Shows one claim with all its values.", ShowAsync),
            Tool("show_evidence", "Shows where the values of a claim stand: document, page, box (fractions of the page, origin top left), the words there, who read them, the confidence, and what else they might have been.", ShowEvidenceAsync),
            Tool("show_findings", "Shows what the rules found wrong with a claim.", ShowFindingsAsync),
            Tool("show_history", "Shows what happened to a submission: every change of state, by whom and why.", ShowHistoryAsync),
            Tool("show_actions", "Shows what people did with a submission: approvals, corrections with the value before and after, returns, rejections.", ShowActionsAsync),
        ];
    }

    public IReadOnlyList<McpServerTool> All { get; }

    private static McpServerTool Tool(string name, string description, Delegate run) =>
        McpServerTool.Create(run, new() { Name = name, Description = description, ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false });

    private Task<string> SearchAsync(
        [Description("Part of a claim number, policy number, name of a person or of a file.")] string? query = null,
        [Description("A claim number; white space and case do not count.")] string? claim_number = null,
        [Description("A policy number.")] string? policy_number = null,
        [Description("One or several, with commas between, of accepted, reviewed, needs_review, rejected, dead. accepted and reviewed are confirmed.")] string? state = null,
        [Description("Date of loss on this day or later, such as 2026-01-31.")] string? date_of_loss_from = null,
        [Description("Date of loss on this day or earlier.")] string? date_of_loss_to = null,
        [Description("Most claims, 1 to 50.")] int limit = 10,
        [Description("The 'next' of the answer before, for more.")] string? cursor = null,
        CancellationToken cancellationToken = default) => ListAsync(
            Collections.Claims,
            cancellationToken,
            ("q", query),
            ("claim_number", claim_number),
            ("policy_number", policy_number),
            ("state", state),
            ("date_of_loss_from", date_of_loss_from),
            ("date_of_loss_to", date_of_loss_to),
            ("limit", Math.Clamp(limit, 1, MostRows).ToString()),
            ("cursor", cursor),
            ("fields", "submission_id,key,state,reason,received_at,claim_number,policy_number,insurer,policyholder_name,claimant_name,date_of_loss,total_amount,currency"));

    private Task<string> ShowAsync([Description("The claim's submission_id.")] string submission_id, CancellationToken cancellationToken = default) =>
        ListAsync(Collections.Claims, cancellationToken, ("submission_id", submission_id));

    private Task<string> ShowEvidenceAsync(
        [Description("The claim's submission_id.")] string submission_id,
        [Description("Only this field, such as total_amount; several with commas between. Without it all.")] string? field = null,
        CancellationToken cancellationToken = default) =>
        ListAsync(Collections.Fields, cancellationToken, ("submission_id", submission_id), ("name", field), ("limit", "200"));

    private Task<string> ShowFindingsAsync([Description("The claim's submission_id.")] string submission_id, CancellationToken cancellationToken = default) =>
        ListAsync(Collections.Findings, cancellationToken, ("submission_id", submission_id), ("limit", "200"));

    private Task<string> ShowHistoryAsync([Description("The submission_id.")] string submission_id, CancellationToken cancellationToken = default) =>
        ListAsync(Collections.History, cancellationToken, ("submission_id", submission_id), ("limit", "200"));

    private Task<string> ShowActionsAsync([Description("The submission_id.")] string submission_id, CancellationToken cancellationToken = default) =>
        ListAsync(Collections.Actions, cancellationToken, ("submission_id", submission_id), ("limit", "200"));

    private async Task<string> ListAsync(Collection collection, CancellationToken cancellationToken, params (string Name, string? Value)[] parameters)
    {
        var mistakes = new List<Mistake>();
        var query = new QueryCollection(parameters.Where(parameter => parameter.Value is { Length: > 0 }).ToDictionary(parameter => parameter.Name, parameter => new StringValues(parameter.Value)));
        var request = ListRequest.Parse(collection, query, isPaged: true, mistakes);
        return mistakes.Count == 0
            ? Encoding.UTF8.GetString((await _rows.ReadPageAsync(request, cancellationToken)).Span)
            : throw new McpException(string.Join(' ', mistakes.Select(mistake => $"{mistake.Parameter}: {mistake.Message}")));
    }
}
