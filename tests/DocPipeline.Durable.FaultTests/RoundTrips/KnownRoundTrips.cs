using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.RoundTrips;

/// <summary>All failpoints: each is met by each fault. A new round trip belongs here, or <see cref="RoundTripTests"/> fails.</summary>
internal static class KnownRoundTrips
{
    private const string Folder = "Sql/";

    public static RoundTripNames Names { get; } = new(DurableSchema.Sql.Below(Folder).Select(file => (DurableSchema.Sql[file], file[Folder.Length..])));

    public static readonly string[] OfEngine =
    [
        "connect",
        "BEGIN TRANSACTION ISOLATION",
        "Claims/claim.sql",
        "Claims/read_journal.sql",
        "Claims/release_unknown.sql",
        "Instances/begin_alone.sql",
        "Instances/complete.sql",
        "Instances/complete_batch.sql",
        "Instances/die.sql",
        "INSERT INTO HOOK",
        "COMMIT of Instances/die.sql",
        "Instances/label.sql",
        "Instances/park.sql",
        "Instances/release.sql",
        "Operator/unsupported.sql",
        "Steps/own.sql",
        "ROLLBACK of Steps/own.sql",
        "Steps/record.sql",
        "INSERT INTO EFFECT",
        "COMMIT of Steps/record.sql",
        "Steps/record_batch.sql",
        "Waits/look.sql",
        "Waits/suspend.sql",
        "Waits/take_event.sql",
        "Waits/time_out.sql",
        "Workers/forget.sql",
        "Workers/heartbeat.sql",
        "Workers/queue_age.sql",
        "Workers/register.sql",
        "Workers/take_over.sql",
        "Workers/unregister.sql",
    ];

    /// <summary>Made by whoever starts, raises and operates; repeated by them.</summary>
    public static readonly string[] OfOthers =
    [
        "connect",
        "BEGIN TRANSACTION ISOLATION",
        "Instances/start.sql",
        "COMMIT of Instances/start.sql",
        "Operator/archive_steps.sql",
        "Operator/counts.sql",
        "Operator/list_stuck.sql",
        "Operator/lock_dead.sql",
        "Operator/reopen.sql",
        "INSERT INTO HOOK",
        "COMMIT of Operator/reopen.sql",
        "Operator/retrying.sql",
        "Operator/show.sql",
        "Operator/show_steps.sql",
        "Operator/unpark.sql",
        "Operator/wake.sql",
        "Workers/take_over.sql",
        "Waits/lock_recipient.sql + Waits/raise_event.sql + Waits/wake_recipient.sql",
        "COMMIT of Waits/lock_recipient.sql + Waits/raise_event.sql + Waits/wake_recipient.sql",
    ];

    /// <summary>What Npgsql asks for itself when it meets a server, and between two users of a connection. Not always made.</summary>
    public static readonly string[] OfNpgsql = ["SELECT VERSION(); SELECT", "DISCARD ALL", "SET SESSION AUTHORIZATION"];

    /// <summary>Retention is one statement of the schema's owner, not of the engine.</summary>
    public const string OfOwner = "Operator/purge.sql";
}
