using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using DocPipeline.Resolve;
using DocPipeline.Server.Access.OpenId;
using DocPipeline.Server.Cli;
using Microsoft.Extensions.Configuration;

namespace DocPipeline.Server.Hosting;

/// <summary>All settings of the process. Each comes from the environment variable <c>DOCPIPELINE_</c> and the name beside it.</summary>
internal sealed record ServerSettings
{
    public const string Prefix = "DOCPIPELINE_";

    /// <summary>Connection string of a role that is in <c>docpipeline_worker</c>.</summary>
    [ConfigurationKeyName("DATABASE")]
    public string? Database { get; init; }

    /// <summary>Connection string of the role that owns the database; for <c>migrate</c> only. Default: <see cref="Database"/>.</summary>
    [ConfigurationKeyName("OWNER_DATABASE")]
    public string? OwnerDatabase { get; init; }

    /// <summary>Folder that is watched for files.</summary>
    [ConfigurationKeyName("BUCKET")]
    [Required(AllowEmptyStrings = false)]
    public string Bucket { get; init; } = ".local/bucket";

    /// <summary>Folder for the originals and what was read from them.</summary>
    [ConfigurationKeyName("BLOBS")]
    [Required(AllowEmptyStrings = false)]
    public string Blobs { get; init; } = ".local/blobs";

    /// <summary>Folder of the sample documents, for measurements.</summary>
    [ConfigurationKeyName("SAMPLES")]
    [Required(AllowEmptyStrings = false)]
    public string Samples { get; init; } = "samples";

    /// <summary>Port of the status page on the loopback; 0 and a port that is taken mean any free one.</summary>
    [ConfigurationKeyName("PORT")]
    [Range(0, 65535)]
    public int Port { get; init; } = 8090;

    /// <summary>What people type to get here through a proxy on this machine that ends TLS.</summary>
    [ConfigurationKeyName("PUBLIC_ADDRESS")]
    [PublicAddress.Rule]
    public string? PublicAddress { get; init; }

    /// <summary>Steps of documents that run at once: while one waits for a reader or the disk, another works. Waiting for an event or a retry takes no place.</summary>
    [ConfigurationKeyName("WORKERS")]
    [Range(1, 256)]
    public int Workers { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>Child processes that read scans. More than one for each core makes all of them slower.</summary>
    [ConfigurationKeyName("OCR_WORKERS")]
    [Range(1, 64)]
    public int OcrWorkers { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether doubtful lines of scans are read a second time.</summary>
    [ConfigurationKeyName("SECOND_READING")]
    public bool SecondReading { get; init; } = true;

    /// <summary>Seconds after which the work of a process that died goes on in another one, or in the same one started again.</summary>
    [ConfigurationKeyName("LEASE_SECONDS")]
    [Range(0.5, 600)]
    public double LeaseSeconds { get; init; } = 15;

    /// <summary>Seconds between two full listings of the watched folder; notifications of the kernel come in between.</summary>
    [ConfigurationKeyName("LIST_SECONDS")]
    [Range(0.1, 3600)]
    public double ListSeconds { get; init; } = 30;

    /// <summary>Seconds between two looks for what stands still.</summary>
    [ConfigurationKeyName("RECONCILE_SECONDS")]
    [Range(0.1, 86_400)]
    public double ReconcileSeconds { get; init; } = 60;

    /// <summary>Minutes without progress after which something stands still. Longer than the longest step may take with all its attempts.</summary>
    [ConfigurationKeyName("STUCK_MINUTES")]
    [Range(0, 100_000)]
    public double StuckMinutes { get; init; } = 15;

    /// <summary>The dial: percent of the values accepted unseen that may be wrong. Less means that people look at more.</summary>
    [ConfigurationKeyName("ERROR_TARGET_PERCENT")]
    [Range(0.01, 20)]
    public double ErrorTargetPercent { get; init; } = 0.5;

    /// <summary>Files above this many megabytes are rejected at the door.</summary>
    [ConfigurationKeyName("MAX_FILE_MB")]
    [Range(1, 2000)]
    public int MaxFileMegabytes { get; init; } = 100;

    /// <summary>Networks with commas between, such as <c>10.1.0.0/16</c>, that webhooks may go to beside public addresses, and without TLS.</summary>
    [ConfigurationKeyName("WEBHOOK_NETWORKS")]
    [Networks]
    public string WebhookNetworks { get; init; } = "";

    /// <summary>Seconds that a receiver of a webhook has to answer.</summary>
    [ConfigurationKeyName("WEBHOOK_TIMEOUT_SECONDS")]
    [Range(0.1, 30)]
    public double WebhookTimeoutSeconds { get; init; } = 15;

    /// <summary>Seconds that an endpoint rests after its first failure; three times as long after each further one, up to an hour.</summary>
    [ConfigurationKeyName("WEBHOOK_RETRY_SECONDS")]
    [Range(0.01, 3600)]
    public double WebhookRetrySeconds { get; init; } = 5;

    /// <summary>Hours after which a message that cannot be delivered becomes a dead letter.</summary>
    [ConfigurationKeyName("WEBHOOK_GIVE_UP_HOURS")]
    [Range(0, 24 * 30)]
    public double WebhookGiveUpHours { get; init; } = 24;

    /// <summary>Claims with a larger total, in whatever currency, are approved by two people; 0: one is always enough.</summary>
    [ConfigurationKeyName("FOUR_EYES_ABOVE")]
    [Range(0, 1e12)]
    public decimal FourEyesAbove { get; init; }

    /// <summary>Hours that a document may wait for a person.</summary>
    [ConfigurationKeyName("REVIEW_HOURS")]
    [Range(0.1, 10_000)]
    public double ReviewHours { get; init; } = 24;

    /// <summary>Seconds that a document stays with who took it after the last sign of life.</summary>
    [ConfigurationKeyName("HOLD_SECONDS")]
    [Range(1, 86_400)]
    public double HoldSeconds { get; init; } = 300;

    /// <summary>Share of the accepted claims that are checked blindly while nothing is known to be wrong; 0: none.</summary>
    [ConfigurationKeyName("QA_SHARE")]
    [Range(0, 1)]
    public double QualityShare { get; init; } = 0.05;

    /// <summary>Share of the accepted claims that may have a wrong field: beyond it more are checked.</summary>
    [ConfigurationKeyName("QA_TARGET")]
    [Range(0, 1)]
    public double QualityTarget { get; init; } = 0.05;

    /// <summary>Where people sign in besides.</summary>
    public OpenIdSettings OpenId { get; } = new();

    public ResolveOptions Resolve => new() { ErrorTarget = ErrorTargetPercent / 100 };

    public TimeSpan StuckAfter => TimeSpan.FromMinutes(StuckMinutes);

    public long MaxFileBytes => MaxFileMegabytes * 1_000_000L;

    /// <summary>Reads and checks all settings; every mistake is reported, not only the first.</summary>
    /// <exception cref="CommandFailure">At least one setting is out of its range or is no number.</exception>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var settings = new ServerSettings();
        var values =
            from part in new object[] { settings, settings.OpenId }
            from property in part.GetType().GetProperties()
            where property.IsDefined(typeof(ConfigurationKeyNameAttribute))
            from mistake in Set(part, property, configuration)
            select mistake;
        // Whether settings go together is asked once all of them are set.
        string[] mistakes = [.. values.ToList(), .. settings.OpenId.Mistakes()];
        return mistakes.Length == 0
            ? settings
            : throw new CommandFailure(ExitCodes.Environment, $"{mistakes.Length} setting(s) cannot be used.", mistakes);
    }

    public static ServerSettings Read() => Read(new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build());

    /// <summary>The connection string of <see cref="Database"/>.</summary>
    /// <exception cref="CommandFailure">No database is named.</exception>
    public string RequireDatabase() => Database
        ?? throw new CommandFailure(
            ExitCodes.Environment,
            "No database is named.",
            "Start the command through ./run, which brings a database of its own, or set DOCPIPELINE_DATABASE.");

    private static string Lacking(Type type) => type == typeof(bool) ? "neither true nor false" : type == typeof(double) || type == typeof(decimal) ? "no number" : "no whole number";

    /// <summary>Networks with commas between.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    private sealed class NetworksAttribute() : ValidationAttribute("{0} must be networks with commas between, such as 127.0.0.0/8,10.1.0.0/16.")
    {
        public override bool IsValid(object? value) => ((string)value!)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(network => System.Net.IPNetwork.TryParse(network, out _));
    }

    private static IEnumerable<string> Set(object settings, PropertyInfo property, IConfiguration configuration)
    {
        var key = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name;
        if (configuration[key] is { } text)
        {
            var converter = TypeDescriptor.GetConverter(property.PropertyType);
            if (!converter.IsValid(text))
            {
                return [$"{Prefix}{key} is '{text}', which is {Lacking(property.PropertyType)}."];
            }

            property.SetValue(settings, converter.ConvertFromInvariantString(text));
        }

        return property.GetCustomAttributes<ValidationAttribute>()
            .Where(rule => !rule.IsValid(property.GetValue(settings)))
            .Select(rule => rule.FormatErrorMessage(Prefix + key));
    }
}
