using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Review;
using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DocPipeline.Server.Web;

/// <summary>One document with its values: looked at, corrected, approved or rejected. Works without scripts, faster with them.</summary>
[Authorize(Roles.Reader)]
internal sealed class WorkbenchModel(ReviewCases cases, ReviewDesk desk, QualitySamples samples, PageReader pages, ReplayDead replay, ReviewOptions options, TimeProvider time) : PageModel
{
    /// <summary>The reasons that are offered for a rejection: nobody is asked for anything.</summary>
    public static IReadOnlyList<string> ReasonsToReject { get; } = ["Not a claim.", "Sent twice.", "Belongs to another insurer."];

    /// <summary>The reasons that are offered for sending back; the sender reads them.</summary>
    public static IReadOnlyList<string> ReasonsToSendBack { get; } =
        ["Unreadable: please send a better copy.", "Incomplete: please send all pages.", "Not signed: please sign it and send it again.", "Protected: please send it without a password."];

    private PostedFields? _posted;

    public ReviewCase Case { get; private set; } = null!;

    public IReadOnlyList<WorkbenchDocument> Documents { get; private set; } = [];

    /// <summary>Fields of the vocabulary that were not read: for what a person finds.</summary>
    public IReadOnlyList<WorkbenchField> Absent { get; private set; } = [];

    /// <summary>What the rules say about the claim as a whole, beyond the reason for which it waits: that stands at the top.</summary>
    public IReadOnlyList<CaseFinding> General { get; private set; } = [];

    public int PageCount { get; private set; }

    /// <summary>The page that is shown first: that of the first field to look at.</summary>
    public int FirstPage { get; private set; } = 1;

    /// <summary>The pages that are printed: those where values stand, or the first one of a file without any.</summary>
    public IReadOnlyList<int> PagesOnPaper { get; private set; } = [];

    public string? Problem { get; private set; }

    public string? Note { get; private set; }

    /// <summary>Which pages make which documents, as it stands or as it was posted just now.</summary>
    public PostedDocuments Grouping { get; private set; } = null!;

    /// <summary>The grouping is shown at once: it is what this is about.</summary>
    public bool ShowsGrouping { get; private set; }

    /// <summary>What was typed and cannot stay when the documents are read anew: the person has been told.</summary>
    public string? Going { get; private set; }

    /// <summary>The page comes back by itself when the documents have been read.</summary>
    public bool IsBeingRead => Case is { State: "processing" } or { State: "needs_review", Ended.Kind: ReviewDecision.Regroup };

    public Due Due => Due.Of(Case.StateAt, options.Within, time.GetUtcNow());

    public bool MayReview => Roles.AtLeast(Roles.Reviewer).Any(User.IsInRole);

    public bool MayTakeOver => Roles.AtLeast(Roles.Supervisor).Any(User.IsInRole);

    public bool Waits => Case is { State: "needs_review", Ended: null } or { IsSample: true };

    /// <summary>The person may decide now.</summary>
    public bool IsMine => Waits && MayReview && Case.Holder?.Account == By;

    /// <summary>Who has approved it first, where this person may return it to them.</summary>
    public string? ReturnsTo => IsMine && Case.StandingApproval is { } first && !string.Equals(first.By, By, StringComparison.OrdinalIgnoreCase) ? first.By : null;

    private string By => User.Identity!.Name!;

    public async Task<IActionResult> OnGetAsync(Guid id, bool next, CancellationToken cancellationToken)
    {
        if (MayReview && !await desk.TakeAsync(new(id), By, force: false, cancellationToken) && next)
        {
            // Somebody else was led here at the same moment and came first.
            if (await cases.FindAsync(new(id), cancellationToken) is { Holder: not null })
            {
                return LocalRedirect(PagePaths.Next);
            }
        }

        return await ShowAsync(id, posted: null, cancellationToken) ? Page() : NotFound();
    }

    /// <summary>Takes the document from whoever has it.</summary>
    public async Task<IActionResult> OnPostTakeAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!MayTakeOver)
        {
            return Forbid();
        }

        await desk.TakeAsync(new(id), By, force: true, cancellationToken);
        return LocalRedirect(PagePaths.Case(new(id)));
    }

    /// <summary>Has a dead document done again from the step that failed.</summary>
    public async Task<IActionResult> OnPostReplayAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!MayTakeOver)
        {
            return Forbid();
        }

        if (await replay.RunAsync(new(id), By, cancellationToken))
        {
            return LocalRedirect(PagePaths.Case(new(id)));
        }

        return await ShowAsync(id, posted: null, cancellationToken)
            ? Refuse(StatusCodes.Status409Conflict, "It is not dead any more: somebody was faster. Nothing was changed.")
            : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(
        Guid id, [FromForm] int version, [FromForm] long? approval, [FromForm] string? decision, [FromForm] string? note, [FromForm] string? reason, CancellationToken cancellationToken)
    {
        if (!MayReview)
        {
            return Forbid();
        }

        var posted = new PostedFields(Request.Form);
        Note = note;
        if (!await ShowAsync(id, posted, cancellationToken))
        {
            return NotFound();
        }

        if (Case.IsSample)
        {
            return await CheckSampleAsync(posted, note, cancellationToken);
        }

        var words = string.Join(' ', new[] { decision is ReviewDecision.Reject or ReviewDecision.SendBack ? reason : null, note }.Where(text => !string.IsNullOrWhiteSpace(text)));
        if (words.Length > 4000)
        {
            return Refuse(StatusCodes.Status400BadRequest, "A note has at most 4,000 characters.");
        }

        return decision switch
        {
            ReviewDecision.Approve when posted.Problems.Count > 0 || posted.HasWrongCell => RefuseValues(),
            ReviewDecision.Approve => await DecideAsync(version, approval, new(decision, By, time.GetUtcNow(), words, posted.CorrectionsOf(Case), posted.CellsOf(Case)), cancellationToken),
            ReviewDecision.Reject or ReviewDecision.SendBack when words.Length == 0 =>
                Refuse(StatusCodes.Status422UnprocessableEntity, "Rejecting and sending back need a reason: choose one or write a note."),
            ReviewDecision.Reject or ReviewDecision.SendBack => await DecideAsync(version, approval, new(decision, By, time.GetUtcNow(), words, []), cancellationToken),
            ReviewDesk.Return when words.Length == 0 => Refuse(StatusCodes.Status422UnprocessableEntity, "Returning needs a note that says what to look at."),
            ReviewDesk.Return => await AnswerAsync(decision, () => desk.ReturnAsync(Case.Id, version, approval, By, words, cancellationToken)),
            ReviewDecision.Regroup => await RegroupAsync(version, approval, posted, words, cancellationToken),
            _ => Refuse(StatusCodes.Status400BadRequest, "Approve it, return it, reject it, send it back or regroup its pages."),
        };
    }

    /// <summary>Another type, split or merged: asks once more before anything goes that was typed.</summary>
    private async Task<IActionResult> RegroupAsync(int version, long? approval, PostedFields posted, string words, CancellationToken cancellationToken)
    {
        ShowsGrouping = true;
        var (groups, problem) = Grouping.Read();
        if (problem is not null)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, problem);
        }

        if (Case.Documents.Select(document => $"{document.Type} {string.Join(' ', document.Pages)}").SequenceEqual(groups.Select(group => $"{group.Type} {string.Join(' ', group.Pages)}")))
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, "The documents are as before: choose another type, or give pages other numbers.");
        }

        if (posted.Problems.Count > 0)
        {
            return RefuseValues();
        }

        var typed = posted.CorrectionsOf(Case);
        var kept = typed.Where(correction => groups.Any(group => PageGroup.Types.Contains(group.Type) && group.MayHave(correction.Field))).ToList();
        var cells = posted.CellsOf(Case).Count;
        string[] going = [.. typed.Except(kept).Select(correction => FieldNames.Label(correction.Field)), .. cells > 0 ? [cells == 1 ? "one cell of a table" : $"{cells} cells of tables"] : (string[])[]];
        if (going.Length > 0 && Request.Form["going"] != string.Join(", ", going))
        {
            Going = string.Join(", ", going);
            return Refuse(StatusCodes.Status422UnprocessableEntity, $"Some of your changes would go, because they are read anew: {Going}. Press 'Read again' once more if that is right.");
        }

        return await DecideAsync(version, approval, new(ReviewDecision.Regroup, By, time.GetUtcNow(), words, kept, Documents: groups), cancellationToken);
    }

    private Task<IActionResult> DecideAsync(int version, long? approval, ReviewDecision decision, CancellationToken cancellationToken) =>
        AnswerAsync(decision.Decision, () => desk.DecideAsync(Case.Id, version, approval, decision, cancellationToken));

    private async Task<IActionResult> AnswerAsync(string decision, Func<Task<DeskAnswer>> decide)
    {
        DeskAnswer answer;
        try
        {
            answer = await decide();
        }
        catch (DecisionFault wrong)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, wrong.Message);
        }

        return answer.Result switch
        {
            // Whoever regroups wants to see what comes of it.
            DeskResult.Recorded when decision == ReviewDecision.Regroup => LocalRedirect(PagePaths.Case(Case.Id)),
            DeskResult.Recorded or DeskResult.NeedsAnother => LocalRedirect($"{PagePaths.Next}?after={Case.Id}&done=recorded"),
            DeskResult.SamePerson => Refuse(StatusCodes.Status409Conflict, "You have approved this claim already. Its amount needs a second person."),
            DeskResult.Held => Refuse(StatusCodes.Status409Conflict, $"{answer.Who} is working on this document. Nothing was changed."),
            DeskResult.TooLate => Refuse(StatusCodes.Status409Conflict, $"{answer.Who} was faster: this document has been decided, or has changed since you opened it. Nothing of yours was recorded."),
            _ => NotFound(),
        };
    }

    private async Task<IActionResult> CheckSampleAsync(PostedFields posted, string? note, CancellationToken cancellationToken)
    {
        if (posted.Problems.Count > 0)
        {
            return RefuseValues();
        }

        if (Case.Holder is { } holder && holder.Account != By)
        {
            return Refuse(StatusCodes.Status409Conflict, $"{holder.Account} is working on this document. Nothing was changed.");
        }

        return await samples.RecordAsync(Case.Id, By, note, posted.CorrectionsOf(Case), cancellationToken)
            ? LocalRedirect($"{PagePaths.Next}?after={Case.Id}&done=recorded")
            : Refuse(StatusCodes.Status409Conflict, "Somebody was faster: this sample has been checked. Nothing of yours was recorded.");
    }

    /// <summary>What stands in a cell: what was posted just now, what the first of two approvers made of it, or what was read.</summary>
    public string CellOf(CaseTable table, CaseRow row, string column) =>
        _posted?.CellOf(table, row, column)
        ?? (Case.FirstApproval is { } first && first.Changes.TryGetValue(CellCorrection.Key(table.Document, table.Name, row.Number, column), out var approved)
            ? approved ?? ""
            : row.Cells.GetValueOrDefault(column, ""));

    private async Task<bool> ShowAsync(Guid id, PostedFields? posted, CancellationToken cancellationToken)
    {
        _posted = posted;
        if (await cases.FindAsync(new(id), cancellationToken) is not { } found)
        {
            return false;
        }

        Case = found;
        Grouping = posted is null ? PostedDocuments.Of(Case) : PostedDocuments.Of(Case, Request.Form);
        ShowsGrouping = Case.ReasonCode == "document_type_unknown";
        if (IsBeingRead)
        {
            // Seconds; nothing can be typed meanwhile.
            Response.Headers["Refresh"] = "1";
        }

        PageCount = await CountPagesAsync(cancellationToken);
        var fields = FieldsOf(posted);
        Documents = [.. GroupByDocument(fields)];
        General = Case.IsSample ? [] : [.. Case.Findings.Where(finding => finding.Field is null && finding.Message != Case.Reason)];
        Absent = [.. FieldNames.All.Except(fields.Select(field => field.Name)).Select(name => Empty(name, posted))];
        FirstPage = (fields.FirstOrDefault(field => field is { Flagged: true, Place: not null }) ?? fields.FirstOrDefault(field => field.Place is not null))?.Place?.Page ?? 1;
        PagesOnPaper = [.. fields.Select(field => field.Place?.Page).OfType<int>().Distinct().Order().DefaultIfEmpty(FirstPage)];
        return true;
    }

    private async Task<int> CountPagesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Case.Content is { } content ? (await pages.OpenAsync(content, cancellationToken)).PageCount : 0;
        }
        catch (Exception exception) when (exception is DocumentFault or IOException)
        {
            // Nothing to show: damaged, encrypted, or its bytes are away. The page says so, and the decision can be made all the same.
            return 0;
        }
    }

    private List<WorkbenchField> FieldsOf(PostedFields? posted)
    {
        var first = Case.FirstApproval?.Changes;
        var fields = new List<WorkbenchField>();
        foreach (var field in Case.Fields)
        {
            if (Case.IsSample)
            {
                fields.Add(new(field.Name, ValueOf(field.Name, field.Value), Confidence: null, field.Place, [], [], Flagged: false, posted?.Problems.GetValueOrDefault(field.Name)));
                continue;
            }

            var findings = WorkbenchField.Once(FindingsOf(field.Name), field.Place);
            fields.Add(new(
                field.Name, ValueOf(field.Name, field.Value), field.Confidence, field.Place, ChoicesOf(field), findings,
                !field.Accepted || findings.Any(finding => finding.Severity == "error"), posted?.Problems.GetValueOrDefault(field.Name)));
        }

        // What a rule misses is a field like any other, only empty.
        var missing = (Case.IsSample ? [] : Case.Findings).Select(finding => finding.Field).OfType<string>().Distinct().Except(fields.Select(field => field.Name));
        fields.AddRange(missing.Select(name => new WorkbenchField(
            name, ValueOf(name, ""), Confidence: null, Place: null, [], WorkbenchField.Once(FindingsOf(name), place: null), Flagged: FindingsOf(name).Any(finding => finding.Severity != "info"), posted?.Problems.GetValueOrDefault(name))));
        return fields;

        string ValueOf(string name, string read) =>
            posted is not null && posted.Values.TryGetValue(name, out var typed) ? typed
            : first is not null && first.TryGetValue(name, out var approved) ? approved ?? ""
            : read;
    }

    private WorkbenchField Empty(string name, PostedFields? posted) => new(
        name,
        posted?.Values.GetValueOrDefault(name) ?? Case.FirstApproval?.Changes.GetValueOrDefault(name) ?? "",
        Confidence: null, Place: null, [], [], Flagged: false, posted?.Problems.GetValueOrDefault(name));

    private IEnumerable<CaseFinding> FindingsOf(string field) => Case.Findings.Where(finding => finding.Field == field);

    /// <summary>What was read is a choice, too: whoever has tried another one can go back to it.</summary>
    private static IReadOnlyList<Choice> ChoicesOf(CaseField field) =>
        field.Choices.Count == 0 || field.Place is null ? field.Choices : [new(field.Value, field.Place, "as read"), .. field.Choices.Take(8)];

    private IEnumerable<WorkbenchDocument> GroupByDocument(List<WorkbenchField> fields)
    {
        var documentOf = Case.Fields.ToDictionary(field => field.Name, field => field.Document);
        foreach (var document in Case.Documents.Select(document => (int?)document.Index).Append(null))
        {
            var own = fields.Where(field => documentOf.GetValueOrDefault(field.Name) == document).ToList();
            CaseTable[] tables = [.. Case.Tables.Where(table => table.Document == document)];
            if (own.Count == 0 && tables.Length == 0)
            {
                continue;
            }

            var known = document is { } index ? Case.Documents.FirstOrDefault(candidate => candidate.Index == index) : null;
            var title = known is null ? "Not found on any page" : $"{FieldNames.Type(known.Type)}, {(known.Pages.Count == 1 ? "page" : "pages")} {string.Join(", ", known.Pages)}";
            yield return new(
                title,
                [.. FieldNames.Sections
                    .Select(name => new WorkbenchSection(name, [.. own.Where(field => FieldNames.Section(field.Name) == name)]))
                    .Where(section => section.Fields.Count > 0)],
                tables);
        }
    }

    private PageResult RefuseValues() => Refuse(StatusCodes.Status422UnprocessableEntity, "Some values cannot be kept as they are. They are marked.");

    private PageResult Refuse(int status, string problem)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }
}
