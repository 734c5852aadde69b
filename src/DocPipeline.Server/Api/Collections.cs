using DocPipeline.Ingest;
using DocPipeline.Providers;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Webhooks;
using DocPipeline.Store;
using static DocPipeline.Server.Api.Rows.ColumnType;

namespace DocPipeline.Server.Api;

/// <summary>What the API lists. The columns are those of the versioned views: one may be added, none goes.</summary>
internal static class Collections
{
    private const string SomeId = "01a1fd9a-e706-7fb1-84cb-0408f47a2a09";

    private static readonly string[] States =
    [
        SubmissionStates.Processing, SubmissionStates.Accepted, SubmissionStates.NeedsReview, SubmissionStates.Reviewed, SubmissionStates.Rejected, SubmissionStates.Dead,
    ];

    private static readonly string[] CallOutcomeNames = [CallOutcomes.Sent, CallOutcomes.Answered, CallOutcomes.Failed, CallOutcomes.Refused, CallOutcomes.Abandoned];

    private static readonly string[] ActionKinds = ["first_approval", "approve", "return", "reject", "send_back", "regroup", "replay"];

    private static readonly Column SubmissionId = new("submission_id", Uuid, "The submission: one version of one file that was handed in. Its claim has the same id.", $"\"{SomeId}\"");
    private static readonly Column State = new("state", Text, "accepted and reviewed are the ones to pay attention to; in needs_review nobody has confirmed the values yet.", "\"accepted\"", OneOf: States);
    private static readonly Column Bucket = new("bucket", Text, "Where the file came from.", "\"folder:bucket\"");
    private static readonly Column Key = new("key", Text, "Name of the file in its bucket.", "\"claims/claim-form.pdf\"");
    private static readonly Column Version = new("version", Text, "Version of the file; the hash of its bytes where the bucket has no versions.", "\"b5bb9d80…\"");
    private static readonly Column ReasonCode = new("reason_code", Text, "Stable code of why the submission did not pass.", "\"duplicate_file\"", IsNullable: true);
    private static readonly Column Reason = new("reason", Text, "The same for a person.", "\"The same file was handed in before.\"", IsNullable: true);
    private static readonly Column ReceivedAt = new("received_at", Time, "When it was handed in.", "\"2026-01-05T09:30:00.000000Z\"");
    private static readonly Column FinishedAt = new("finished_at", Time, "When it came to its end; null before.", "\"2026-01-05T09:30:04.250000Z\"", IsNullable: true);
    private static readonly Column DocumentType = new("document_type", Text, "Type of the document that it stands on.", "\"repair_estimate\"");
    private static readonly Column Document = new("document", Whole, "Number of the document in its file, from 0.", "0");

    private static readonly Column[] Reading =
    [
        new("value", Text, "The value: dates as ISO 8601, amounts as plain decimals, everything else as printed.", "\"3800.00\""),
        new("confidence", Fraction, "Estimated probability, 0 to 1, that the value is what is printed.", "0.97"),
        new("accepted", ColumnType.Boolean, "True when nobody needs to look at it, or a person has.", "true"),
    ];

    private static readonly Filter OfSubmission = new("submission_id", Uuid, "Only of these submissions.", SomeId, IsList: true);
    private static readonly Filter InState = new("state", Text, "Only of submissions in these states.", "accepted,reviewed", IsList: true, OneOf: States);
    private static readonly Filter OfKey = new("key", Text, "Only of the file with this name.", "claims/claim-form.pdf");
    private static readonly Filter OfBucket = new("bucket", Text, "Only of this bucket.", "folder:bucket");
    private static readonly Filter ForReason = new("reason_code", Text, "Only with these reasons.", "duplicate_file", IsList: true);
    private static readonly Filter ReceivedFrom = new("received_from", Time, "Received at this time or later.", "2026-01-05T00:00:00Z");
    private static readonly Filter ReceivedBefore = new("received_before", Time, "Received before this time.", "2026-02-01T00:00:00Z");

    public static Collection Claims { get; } = new(
        "claims",
        "Api/Sql/list_claims.sql",
        "Claim",
        "Claims, the newest first. A claim is what was read from a file that is a claim; where each value stands is in fields.",
        [
            SubmissionId, Bucket, Key, Version, State, ReasonCode, Reason, ReceivedAt,
            new("stored_at", Time, "When the claim was stored.", "\"2026-01-05T09:30:04.250000Z\""),
            FinishedAt,
            Core("claim_number", "\"CL-2026-0017\""), Core("policy_number", "\"PN-4471\""), Core("insurer", "\"Example Mutual\""), Core("report_number", "\"R-88\""), Core("invoice_number", "\"INV-204\""),
            CoreDate("document_date", "\"2026-01-07\""),
            Core("policyholder_name", "\"A. Example\""), Core("insured_name", "\"A. Example\""), Core("claimant_name", "\"B. Sample\""), Core("patient_name", "\"B. Sample\""), Core("member_id", "\"M-1001\""),
            CoreDate("date_of_loss", "\"2026-01-05\""),
            Core("loss_location", "\"Main Street 1\""), Core("cause_of_loss", "\"Collision\""), Core("vin", "\"1M8GDM9AXKP042788\""), Core("license_plate", "\"EX-AM 1\""), Core("provider", "\"Sample Garage\""),
            CoreDate("treatment_date", "\"2026-01-06\""),
            CoreAmount("subtotal", "3500.00"), CoreAmount("tax", "300.00"), CoreAmount("total_amount", "3800.00"), CoreAmount("amount_paid", "0.00"), CoreAmount("balance_due", "3800.00"), CoreAmount("deductible", "500.00"),
            new("currency", Text, "ISO 4217 code, only where the document prints it or a sign that means one currency.", "\"EUR\"", IsNullable: true),
        ],
        ["received_at", "submission_id"],
        [
            OfSubmission, InState, OfBucket, OfKey, ForReason, ReceivedFrom, ReceivedBefore,
            new("q", Text, "Part of a claim number, policy number, name of a person or of a file; upper and lower case are the same.", "CL-2026"),
            new("claim_number", Text, "This claim number; white space and case do not count.", "CL-2026-0017", Prepare: text => ClaimColumns.IdentifierKey(text) ?? ""),
            new("policy_number", Text, "Exactly this policy number.", "PN-4471"),
            new("date_of_loss_from", Date, "Date of loss on this day or later.", "2026-01-01"),
            new("date_of_loss_to", Date, "Date of loss on this day or earlier.", "2026-01-31"),
            new("total_from", Amount, "Total of this amount or more, in whatever currency.", "1000"),
            new("total_to", Amount, "Total of this amount or less.", "5000"),
            new("currency", Text, "Total in this currency.", "EUR"),
        ])
    {
        IdFilter = "submission_id",
    };

    public static Collection Submissions { get; } = new(
        "submissions",
        "Api/Sql/list_submissions.sql",
        "Submission",
        "Everything that was ever handed in, whatever became of it, the newest first.",
        [
            SubmissionId, Bucket, Key, Version,
            new("content_sha256", Text, "SHA-256 of the bytes, lower-case hex. Null only for a file that was refused for its size.", $"\"{new string('5', 64)}\"", IsNullable: true),
            new("size", Whole, "Bytes; null where nobody counted them.", "48213", IsNullable: true),
            State, ReasonCode, Reason,
            new("duplicate_of", Uuid, "The submission that brought the same bytes first. A duplicate never has a claim of its own.", $"\"{SomeId}\"", IsNullable: true),
            ReceivedAt,
            new("state_at", Time, "Since when it is in its state.", "\"2026-01-05T09:30:04.250000Z\""),
            FinishedAt,
            new("replaces", Uuid, "The submission of the same key that was sent back to its sender (reason_code sent_back) before this one came.", $"\"{SomeId}\"", IsNullable: true),
        ],
        ["received_at", "submission_id"],
        [
            OfSubmission, InState, OfBucket, OfKey, ForReason, ReceivedFrom, ReceivedBefore,
            new("content_sha256", Text, "Only with these bytes.", new string('5', 64)),
            new("duplicate_of", Uuid, "Only duplicates of this submission.", SomeId),
            new("replaces", Uuid, "Only what came in the place of this submission, which was sent back.", SomeId),
        ])
    {
        IdFilter = "submission_id",
    };

    public static Collection Documents { get; } = new(
        "documents",
        "Api/Sql/list_documents.sql",
        "Document",
        "The documents that files consist of, in the order of their submissions.",
        [
            SubmissionId, State, Document,
            new("type", Text, "Type of the document.", "\"repair_estimate\""),
            new("type_confidence", Fraction, "Estimated probability, 0 to 1, that it is of this type.", "0.93"),
            new("pages", WholeList, "Its pages in the file, from 1, ascending.", "[1, 2]"),
        ],
        ["submission_id", "document"],
        [OfSubmission, InState, new("type", Text, "Only of these types.", "repair_estimate", IsList: true)]);

    public static Collection Fields { get; } = new(
        "fields",
        "Api/Sql/list_fields.sql",
        "Field",
        "The fields of claims with the place where each value stands, in the order of their submissions.",
        [
            SubmissionId, State,
            new("name", Text, "Name of the field in the core vocabulary.", "\"total_amount\""),
            .. Reading,
            Document with { Description = "The document of the file it was read on, from 0. Null only for a value that a person typed in.", IsNullable = true },
            .. Place(isNullable: true),
            Alternatives,
            ChosenBy,
            Witnesses,
        ],
        ["submission_id", "name"],
        [
            OfSubmission, InState,
            new("name", Text, "Only these fields.", "total_amount", IsList: true),
            new("value", Text, "Exactly this value.", "3800.00"),
            new("accepted", ColumnType.Boolean, "Only those that nobody needs to look at (true), or the others.", "false"),
        ]);

    public static Collection DocumentFields { get; } = new(
        "document-fields",
        "Api/Sql/list_document_fields.sql",
        "DocumentField",
        "The fields of every single document as they were read, also those that the claim took from another document. Corrections are in fields.",
        [
            SubmissionId, Document, DocumentType,
            new("name", Text, "Name of the field: core vocabulary, or the document type's own.", "\"total_amount\""),
            .. Reading, .. Place(isNullable: false), Alternatives, ChosenBy, Witnesses,
        ],
        ["submission_id", "document", "name"],
        [
            OfSubmission,
            new("document_type", Text, "Only on documents of these types.", "repair_estimate", IsList: true),
            new("name", Text, "Only these fields.", "total_amount", IsList: true),
        ]);

    public static Collection TableRows { get; } = new(
        "rows",
        "Api/Sql/list_rows.sql",
        "TableRow",
        "Rows of tables (line items, service lines, records of a loss run) in the order in which they stand.",
        [
            SubmissionId, Document, DocumentType,
            new("table_name", Text, "Name of the table.", "\"line_items\""),
            new("row", Whole, "Number of the row in its table, from 1.", "1"),
            new("cells", JsonObject, "Values by column name.", """{"description": "front bumper", "amount": "410.00"}"""),
            .. Place(isNullable: false),
        ],
        ["submission_id", "document", "table_name", "row"],
        [
            OfSubmission,
            new("document_type", Text, "Only on documents of these types.", "repair_estimate", IsList: true),
            new("table_name", Text, "Only of these tables.", "line_items", IsList: true),
        ]);

    public static Collection Findings { get; } = new(
        "findings",
        "Api/Sql/list_findings.sql",
        "Finding",
        "What the rules found, in the order of the submissions.",
        [
            SubmissionId, State,
            new("finding", Whole, "Number of the finding in its submission, from 1.", "1"),
            Document with { Description = "The document it is about, from 0; null for the claim as a whole.", IsNullable = true },
            new("rule", Text, "Stable name of the rule.", "\"sum-of-lines\""),
            new("severity", Text, "info needs nobody; warning: a person should look; error: the claim waits for a person.", "\"warning\"", OneOf: ["info", "warning", "error"]),
            new("message", Text, "What was found, for a person.", "\"The lines add up to 3700.00, the total says 3800.00.\""),
            new("field", Text, "The field it is about, if it is about one.", "\"total_amount\"", IsNullable: true),
            new("evidence", JsonList, "Where the rule looked.", """[{"page": 1, "text": "3800.00"}]"""),
        ],
        ["submission_id", "finding"],
        [
            OfSubmission, InState,
            new("rule", Text, "Only of these rules.", "sum-of-lines", IsList: true),
            new("severity", Text, "Only of these severities.", "warning,error", IsList: true, OneOf: ["info", "warning", "error"]),
        ]);

    public static Collection History { get; } = new(
        "history",
        "Api/Sql/list_history.sql",
        "Change",
        "Every change of state with who made it, in the order of the submissions. Rows are chained by their hashes and never change.",
        [
            SubmissionId,
            new("seq", Whole, "Number of the change in its submission, from 1.", "2"),
            new("at", Time, "When.", "\"2026-01-05T09:30:04.250000Z\""),
            new("from_state", Text, "State before; null for the first.", "\"processing\"", IsNullable: true, OneOf: States),
            new("to_state", Text, "State after.", "\"accepted\"", OneOf: States),
            ReasonCode, Reason,
            new("by", Text, "Who changed it: a step of the pipeline or a person.", "\"pipeline\""),
            new("detail", JsonObject, "Facts for machines: what failed in a dead letter, what was corrected in a review.", """{"corrections": []}""", IsNullable: true),
            new("hash", Text, "SHA-256 over the row and the hash before it, lower-case hex.", $"\"{new string('a', 64)}\""),
        ],
        ["submission_id", "seq"],
        [
            OfSubmission,
            new("to_state", Text, "Only changes to these states.", "reviewed", IsList: true, OneOf: States),
            new("by", Text, "Only changes by this one.", "pipeline"),
            new("at_from", Time, "At this time or later.", "2026-01-05T00:00:00Z"),
            new("at_before", Time, "Before this time.", "2026-02-01T00:00:00Z"),
        ]);

    public static Collection Actions { get; } = new(
        "actions",
        "Api/Sql/list_actions.sql",
        "Action",
        "What people did with documents, also what changed no state yet, such as the first of two approvals; oldest first. Rows are links of the chain of history and never change.",
        [
            new("action", Whole, "Number of the action; a later one has a greater number.", "31"),
            SubmissionId,
            new("version", Whole, "seq of the change in history that it follows: what the person looked at.", "2"),
            new("kind", Text, "What was done. return: the second of two people gave the claim back to the first.", "\"approve\"", OneOf: ActionKinds),
            new("by", Text, "The person.", "\"b.sample\""),
            new("first_by", Text, "Who approved first, where two have to.", "null", IsNullable: true),
            new("at", Time, "When.", "\"2026-01-05T09:30:04.250000Z\""),
            new("note", Text, "What the person wrote.", "null", IsNullable: true),
            new("changes", JsonList, "Fields and cells that were corrected, each with its value before and after; a cell is document/table/row/column.", """[{"field": "total_amount", "from": "3000.00", "to": "3800.00", "page": 1}]"""),
            new("hash", Text, "SHA-256 over the row and the hash before it, lower-case hex; null for actions of before they were chained.", $"\"{new string('a', 64)}\"", IsNullable: true),
        ],
        ["action"],
        [
            OfSubmission,
            new("kind", Text, "Only of these kinds.", "first_approval,return", IsList: true, OneOf: ActionKinds),
            new("by", Text, "Only by this person.", "b.sample"),
            new("at_from", Time, "At this time or later.", "2026-01-05T00:00:00Z"),
            new("at_before", Time, "Before this time.", "2026-02-01T00:00:00Z"),
        ]);

    public static Collection Costs { get; } = new(
        "costs",
        "Api/Sql/list_costs.sql",
        "Cost",
        "Every call of a service that costs money, oldest first: what it consumed and what that cost.",
        [
            new("call_id", Uuid, "The call.", "\"01a1fd9a-e706-7fb1-84cb-0408f47a2a10\""),
            SubmissionId with { Description = "The submission it was made for; null for calls that no claim depends on.", IsNullable = true },
            new("content_sha256", Text, "The file it was made for: SHA-256 of the bytes, lower-case hex.", $"\"{new string('5', 64)}\""),
            new("provider", Text, "The service.", "\"textract\""),
            new("model", Text, "Operation or model with its version; null until the reply, and where there was none.", "\"DetectDocumentText\"", IsNullable: true),
            new("step", Text, "What it was for.", "\"recognize-page\""),
            new("purse", Text, "Whose budget it spends: claims, or comparisons of another way of reading with the live one.", "\"claims\"", OneOf: [Purses.Claims, Purses.Comparisons]),
            new("sent_at", Time, "When it was sent.", "\"2026-01-05T09:30:00.000000Z\""),
            new("ended_at", Time, "When it ended; null before.", "\"2026-01-05T09:30:01.250000Z\"", IsNullable: true),
            new("outcome", Text, "sent: no reply yet, or the process died before it came; answered; failed: may work later; refused: will not; abandoned: nobody waited.", "\"answered\"", OneOf: CallOutcomeNames),
            new("problem", Text, "Why there was no answer.", "null", IsNullable: true),
            new("units", JsonObject, "What was consumed, by unit.", """{"page": 1}"""),
            new("usd", Amount, "US dollars as far as prices are known. While outcome is sent, what it may cost at most.", "0.0015"),
            new("priced", ColumnType.Boolean, "False: at least one unit has no price, and usd lacks it.", "true"),
            new("price_version", Text, "Version of the price file.", "\"2026-11-21\""),
        ],
        ["sent_at", "call_id"],
        [
            OfSubmission,
            new("content_sha256", Text, "Only for these bytes.", new string('5', 64)),
            new("provider", Text, "Only of these services.", "textract", IsList: true),
            new("outcome", Text, "Only with these outcomes.", "answered", IsList: true, OneOf: CallOutcomeNames),
            new("sent_from", Time, "Sent at this time or later.", "2026-01-05T00:00:00Z"),
            new("sent_before", Time, "Sent before this time.", "2026-02-01T00:00:00Z"),
        ]);

    public static Collection Changes { get; } = new(
        "changes",
        "Api/Sql/list_changes.sql",
        "Event",
        "What has happened to submissions, oldest first, for those who would rather ask than be told by a webhook. 'next' is never null once something has come: keep it and ask again with it. Nothing ever appears before it.",
        [
            new("position", Whole, "Number of the change, from 1, without gaps.", "4711"),
            new("id", Text, "The webhook-id under which the same change is sent.", "\"msg_4711\""),
            new("type", Text, "submission. and the new state.", "\"submission.accepted\"", OneOf: WebhookRegistry.Topics),
            new("at", Time, "When it happened.", "\"2026-01-05T09:30:04.250000Z\""),
            SubmissionId,
            new("data", JsonObject, "The submission after the change.", """{"state": "accepted", "from": "processing", "key": "claims/claim-form.pdf"}"""),
        ],
        ["position"],
        [
            OfSubmission,
            new("type", Text, "Only these.", "submission.accepted,submission.reviewed", IsList: true, OneOf: WebhookRegistry.Topics),
            new("at_from", Time, "At this time or later.", "2026-01-05T00:00:00Z"),
        ])
    {
        IsFeed = true,
    };

    public static Collection Webhooks { get; } = new(
        "webhooks",
        "Api/Sql/list_webhooks.sql",
        "Webhook",
        "Who is told about changes.",
        [
            WebhookId,
            new("url", Text, "Where changes are posted to.", "\"https://claims.example.org/hooks\""),
            new("types", TextList, "Only these; null for all.", """["submission.accepted"]""", IsNullable: true),
            new("created_by", Text, "Who added it.", "\"operator\""),
            new("created_at", Time, "When.", "\"2026-01-05T09:30:00.000000Z\""),
            new("disabled_at", Time, "Since when it gets nothing; null while it is enabled.", "null", IsNullable: true),
            new("position", Whole, "Changes up to there are through.", "4711"),
            new("owed", Whole, "Messages that it has not got yet.", "0"),
            new("dead", Whole, "Messages that were given up.", "0"),
            new("failures", Whole, "In a row.", "0"),
            new("failing_since", Time, "Since when nothing came through; null where nothing is wrong.", "null", IsNullable: true),
            new("last_problem", Text, "What was wrong the last time.", "null", IsNullable: true),
            new("next_attempt_at", Time, "Not before.", "\"2026-01-05T09:30:00.000000Z\""),
        ],
        ["webhook_id"],
        [OfWebhook])
    {
        Scope = ApiScopes.Webhooks,
        IdFilter = "webhook_id",
    };

    public static Collection WebhookDeliveries { get; } = new(
        "webhook-deliveries",
        "Api/Sql/list_webhook_deliveries.sql",
        "WebhookDelivery",
        "What became of each message, by webhook and in order.",
        [
            WebhookId,
            new("position", Whole, "Number of the change.", "4711"),
            new("message_id", Text, "The webhook-id.", "\"msg_4711\""),
            new("type", Text, "submission. and the new state.", "\"submission.accepted\"", OneOf: WebhookRegistry.Topics),
            SubmissionId,
            new("outcome", Text, "delivered; or dead, which a replay sends again.", "\"delivered\"", OneOf: ["delivered", "dead"]),
            new("attempts", Whole, "How often it was sent.", "1"),
            new("at", Time, "When it was through.", "\"2026-01-05T09:30:05.000000Z\""),
            new("problem", Text, "Why it was given up.", "null", IsNullable: true),
        ],
        ["webhook_id", "position"],
        [OfWebhook, new("outcome", Text, "Only these.", "dead", OneOf: ["delivered", "dead"])])
    {
        Scope = ApiScopes.Webhooks,
    };

    /// <summary>What is known about documents: can also be exported.</summary>
    public static IReadOnlyList<Collection> Queries { get; } = [Claims, Submissions, Documents, Fields, DocumentFields, TableRows, Findings, History, Actions, Costs];

    public static IReadOnlyList<Collection> All { get; } = [.. Queries, Changes, Webhooks, WebhookDeliveries];

    private static Column WebhookId => new("webhook_id", Uuid, "The webhook.", "\"0f8b6f9e-4f0a-4d6e-8b1c-2f3b5f0c9a11\"");

    private static Filter OfWebhook => new("webhook_id", Uuid, "Only of these webhooks.", "0f8b6f9e-4f0a-4d6e-8b1c-2f3b5f0c9a11", IsList: true);

    private static Column Alternatives => new("alternatives", JsonList, "Other values that were considered, best first, with their evidence.", "[]");

    private static Column ChosenBy => new(
        "chosen_by", Text, "The language model that chose the value among what stands on the page, with the version of its instructions; null where the reader or a person did.", "null", IsNullable: true);

    private static Column Witnesses => new("witnesses", TextList, "Services that say the same of the field, each with its operation or model. Nothing of it is in the confidence.", "[]");

    private static Column Core(string name, string example) => new(name, Text, "Core vocabulary; null where it is not on the document.", example, IsNullable: true);

    private static Column CoreDate(string name, string example) => new(name, Date, "Core vocabulary; null where none is printed or where it is no calendar date.", example, IsNullable: true);

    private static Column CoreAmount(string name, string example) => new(name, Amount, "Core vocabulary, in the unit of currency; null where none is printed or where it is no plain number.", example, IsNullable: true);

    private static IEnumerable<Column> Place(bool isNullable) =>
    [
        new("page", Whole, "Page of the file, from 1.", "1", isNullable),
        .. new[] { ("x0", "Left"), ("y0", "Upper"), ("x1", "Right"), ("y1", "Lower") }
            .Select(edge => new Column(edge.Item1, Fraction, $"{edge.Item2} edge of the box around the words, in fractions of the page, origin at the top left.", "0.25", isNullable)),
        new("evidence_text", Text, "The words in the box.", "\"$3,800.00\"", isNullable),
        new("source", Text, "Who read it: text-layer, tesseract, plain-text, or a service such as textract; person for a correction.", "\"text-layer\""),
    ];
}
