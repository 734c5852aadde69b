using DocPipeline.Durable;
using DocPipeline.Migrations;
using DocPipeline.Postgres;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Stuck;
using DocPipeline.Testing.Wire;

namespace DocPipeline.FaultTests.RoundTrips;

/// <summary>
/// All failpoints of the pipeline: each is met by each fault. A new round trip belongs here, or <see cref="RoundTripTests"/> fails. Those that are
/// the engine's alone are in its own fault suite.
/// </summary>
internal static class KnownRoundTrips
{
    private const string EngineFolder = "Sql/";
    private const string Parts = "Store/insert_documents.sql + Store/insert_document_fields.sql + Store/insert_claim_fields.sql + Store/insert_table_rows.sql + Store/insert_findings.sql";
    private const string Raise = "Waits/lock_recipient.sql + Waits/raise_event.sql + Waits/wake_recipient.sql";

    private static readonly EmbeddedText Engine = new(typeof(DurableSchema).Assembly);

    /// <summary>Statements that the engine's own suite breaks.</summary>
    public static readonly string[] OfEngine = [.. Engine.Below(EngineFolder).Select(file => file[EngineFolder.Length..])];

    /// <summary>In a transaction two statements make a name: what a state changes after, and what a commit ends.</summary>
    public static RoundTripNames Names { get; } = new(
        [
            .. Of(PipelineSchema.Sql),
            .. Of(Databases.Sql),
            .. Databases.Sql.Below("Stuck/Kinds/").Select(file => (StuckFinder.Question(Path.GetFileNameWithoutExtension(file)), file)),
            .. Engine.Below(EngineFolder).Select(file => (Engine[file], file[EngineFolder.Length..])),
        ],
        depth: 2);

    public static readonly string[] OfServer =
    [
        "COMMIT of Ingest/find_known.sql > Ingest/insert_event.sql",
        "COMMIT of Ingest/insert_event.sql > Ingest/insert_submission.sql",
        "COMMIT of Ingest/insert_submission.sql > Instances/start.sql",
        $"COMMIT of Review/read_pending.sql > {Raise}",
        "COMMIT of Steps/record.sql > Ingest/change_state.sql",
        "COMMIT of Store/confirm_fields.sql > Ingest/change_state.sql",
        "COMMIT of Store/correct_cells.sql > Ingest/change_state.sql",
        "COMMIT of Store/find_original.sql > Ingest/change_state.sql",
        "COMMIT of Store/find_reading.sql > Ingest/change_state.sql",
        $"COMMIT of {Parts} > Ingest/change_state.sql",
        "COMMIT of Store/lock_submission.sql > Ingest/change_state.sql",
        "COMMIT of Stuck/Repairs/lock_submission.sql > Instances/start.sql",
        "COMMIT of Webhooks/Sql/publish.sql",
        "Ingest/find_first_submission.sql > Ingest/insert_submission.sql",
        "Ingest/find_known.sql > Ingest/insert_event.sql",
        "Ingest/find_known.sql",
        "Ingest/insert_content.sql > Ingest/find_first_submission.sql",
        "Ingest/insert_content.sql > Ingest/insert_submission.sql",
        "Ingest/insert_event.sql > Ingest/insert_content.sql",
        "Ingest/insert_event.sql > Ingest/insert_submission.sql",
        "Ingest/insert_submission.sql > Instances/start.sql",
        "Ingest/known_events.sql",
        "Instances/die.sql > Store/lock_submission.sql",
        $"Review/read_pending.sql > {Raise}",
        "Review/read_pending.sql",
        "Steps/record.sql > Ingest/change_state.sql",
        "Steps/record.sql > Store/find_original.sql",
        "Steps/record.sql > Store/insert_claim.sql",
        "Steps/record.sql > Store/lock_submission.sql",
        "Store/confirm_fields.sql > Ingest/change_state.sql",
        "Store/confirm_fields.sql > Store/find_cells.sql",
        "Store/correct_cells.sql > Ingest/change_state.sql",
        "Store/correct_fields.sql > Store/find_fields.sql",
        "Store/find_cells.sql > Store/correct_cells.sql",
        "Store/find_decision.sql",
        "Store/find_duplicates.sql",
        "Store/find_fields.sql > Store/remove_fields.sql",
        "Store/find_fields.sql > Store/update_claim.sql",
        "Store/find_original.sql > Ingest/change_state.sql",
        "Store/find_reading.sql > Ingest/change_state.sql",
        $"Store/insert_claim.sql > {Parts}",
        "Store/insert_claim.sql > Store/lock_submission.sql",
        $"{Parts} > Ingest/change_state.sql",
        "Store/lock_submission.sql > Ingest/change_state.sql",
        "Store/lock_submission.sql > Store/find_fields.sql",
        "Store/lock_submission.sql > Store/find_reading.sql",
        "Store/lock_submission.sql > Store/remove_reading.sql",
        "Store/remove_fields.sql > Store/correct_fields.sql",
        "Store/remove_reading.sql > Store/insert_claim.sql",
        "Store/update_claim.sql > Store/confirm_fields.sql",
        "Stuck/Repairs/lock_dead_workflow.sql > Store/lock_submission.sql",
        "Stuck/Repairs/lock_dead_workflow.sql",
        "Stuck/Repairs/lock_submission.sql > Instances/start.sql",
        "Stuck/Repairs/lock_submission.sql",
        "Webhooks/Sql/any_unpublished.sql",
        "Webhooks/Sql/claim_endpoint.sql",
        "Webhooks/Sql/publish.sql",
    ];

    /// <summary>The reconciler's looks for what stands still: one question for each kind.</summary>
    public static readonly string[] OfLooks = [.. Databases.Sql.Below("Stuck/Kinds/")];

    /// <summary>Made by programs beside the server, for clerks and operators, and by people at the desk; repeated by them.</summary>
    public static readonly string[] OfOthers =
    [
        "COMMIT of Ingest/insert_submission.sql > Instances/start.sql",
        "COMMIT of Operator/reopen.sql > Store/replay_submission.sql",
        $"COMMIT of Review/record_action.sql > {Raise}",
        "Ingest/find_known.sql",
        "Ingest/find_known.sql > Ingest/insert_event.sql",
        "Ingest/insert_content.sql > Ingest/insert_submission.sql",
        "Ingest/insert_event.sql > Ingest/insert_content.sql",
        "Ingest/insert_submission.sql > Instances/start.sql",
        "Ingest/known_events.sql",
        "Operator/reopen.sql > Store/replay_submission.sql",
        "Review/lock_submission.sql",
        "Review/lock_submission.sql > Review/read_standing.sql",
        "Review/read_standing.sql > Review/record_action.sql",
        $"Review/record_action.sql > {Raise}",
    ];

    /// <summary>Questions of people and other programs, which change nothing and are asked again: lists, figures, exports, checks.</summary>
    public static readonly string[] OfReaders =
    [
        "Check/Sql/stored_files.sql",
        "Doctor/count_processes.sql",
        "Doctor/what_may_we.sql",
        "Export/claims.sql",
        "Hosting/missing_migrations.sql",
        "Hosting/show_migrations.sql",
        "Query/count_states.sql",
        "Query/find_by_key.sql",
        "Query/find_history.sql",
        "Query/find_submission.sql",
        "Query/list_submissions.sql",
        "Reconcile/find_input.sql",
        "Reconcile/open_submissions.sql",
        "Status/Sql/costs.sql",
        "Status/Sql/engine.sql",
        "Status/Sql/fates.sql",
        "Status/Sql/speed.sql",
        "Status/Sql/stages.sql",
    ];

    private static readonly string[] OfDecisions = ["Review/lock_submission.sql", "Review/read_pending.sql", "Review/read_standing.sql", "Review/record_action.sql"];

    /// <summary>
    /// Made for people at the pages, who see that nothing was done and press again. What must happen once although they do is one transaction each:
    /// tests/DocPipeline.EndToEnd.Tests/Browser lets people race and the server die. Decisions are among those of others.
    /// </summary>
    public static readonly string[] OfPages =
        [.. Databases.Sql.Below("Access/"), .. Databases.Sql.Below("Web/Sql/"), .. PipelineSchema.Sql.Below("Review/").Except(OfDecisions, StringComparer.Ordinal)];

    /// <summary>Made for other programs: lists, which are asked again, and the delivery of webhooks, which tests/DocPipeline.EndToEnd.Tests/Webhooks breaks at the receiver and by killing the server.</summary>
    public static readonly string[] OfPrograms =
        [.. Databases.Sql.Below("Api/"), .. Databases.Sql.Below("Webhooks/Sql/").Except(OfServer, StringComparer.Ordinal)];

    /// <summary>
    /// Made by comparisons, which nothing depends on and which are tried again, and around calls of services, which this workload does not name: Providers/LedgerTests beside this breaks each of them.
    /// tests/DocPipeline.EndToEnd.Tests/Providers takes services down, tests/DocPipeline.Tests/Providers lets calls race.
    /// </summary>
    public static readonly string[] OfProviders = ["Providers/begin_call.sql", "Providers/end_call.sql", "Providers/lock_day.sql", .. Databases.Sql.Below("Compare/Sql/")];

    private static IEnumerable<(string Sql, string File)> Of(EmbeddedText sql) =>
        sql.Below("").Where(file => RoundTripNames.IsFile(file) && !file.Contains("Migrations/", StringComparison.Ordinal) && !file.Contains("Invariants/", StringComparison.Ordinal) && !file.StartsWith("Stuck/Kinds/", StringComparison.Ordinal))
            .Select(file => (sql[file], file));
}
