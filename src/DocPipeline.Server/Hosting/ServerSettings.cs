using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using DocPipeline.Aws.Events;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Server.Access.OpenId;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Compare;
using DocPipeline.Server.Providers;
using Microsoft.Extensions.Configuration;

namespace DocPipeline.Server.Hosting;

/// <summary>All settings of the process. Each comes from the environment variable <c>DOCPIPELINE_</c> and the name beside it.</summary>
internal sealed partial record ServerSettings
{
    public const string Prefix = "DOCPIPELINE_";

    /// <summary>Connection string of a role that is in <c>docpipeline_worker</c>.</summary>
    [ConfigurationKeyName("DATABASE")]
    [ConnectionString]
    public string? Database { get; init; }

    /// <summary>Connection string of the role that owns the database; for <c>migrate</c> only. Default: <see cref="Database"/>.</summary>
    [ConfigurationKeyName("OWNER_DATABASE")]
    [ConnectionString]
    public string? OwnerDatabase { get; init; }

    /// <summary>Folder that is watched for files.</summary>
    [ConfigurationKeyName("BUCKET")]
    [Required(AllowEmptyStrings = false)]
    public string Bucket { get; init; } = ".local/bucket";

    /// <summary>Folder for the originals and what was read from them, or the address of a container of Azure Blob Storage, which is opened by the identity of this process.</summary>
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

    /// <summary>Who is asked about doubtful values: none, openai (any server that speaks its protocol), azure, anthropic or bedrock.</summary>
    [ConfigurationKeyName("LLM")]
    [AllowedValues("none", "openai", "azure", "anthropic", "bedrock", ErrorMessage = "{0} must be none, openai, azure, anthropic or bedrock.")]
    public string Llm { get; init; } = "none";

    /// <summary>The model that is asked first, as its provider names it.</summary>
    [ConfigurationKeyName("LLM_MODEL")]
    public string? LlmModel { get; init; }

    /// <summary>A larger model for what the first one leaves open.</summary>
    [ConfigurationKeyName("LLM_LARGE_MODEL")]
    public string? LlmLargeModel { get; init; }

    /// <summary>Base address of the provider, such as <c>http://127.0.0.1:11434/v1</c>; for bedrock the region. Default: the provider's own.</summary>
    [ConfigurationKeyName("LLM_ENDPOINT")]
    public string? LlmEndpoint { get; init; }

    /// <summary>The provider's key.</summary>
    [ConfigurationKeyName("LLM_API_KEY")]
    public string? LlmApiKey { get; init; }

    /// <summary>Whether the server makes JSON of a schema itself (schema), or is asked for JSON and checked (mode; on bedrock as the input of a tool). Not for anthropic.</summary>
    [ConfigurationKeyName("LLM_JSON")]
    [AllowedValues("schema", "mode", ErrorMessage = "{0} must be schema or mode.")]
    public string LlmJson { get; init; } = "schema";

    /// <summary>Who finds the personal data that no question is about, so that it is blackened before words go to a model: none or comprehend.</summary>
    [ConfigurationKeyName("LLM_REDACT")]
    [AllowedValues("none", "comprehend", ErrorMessage = "{0} must be none or comprehend.")]
    public string LlmRedact { get; init; } = "none";

    /// <summary>Seconds that one answer may take.</summary>
    [ConfigurationKeyName("LLM_SECONDS")]
    [Range(0.1, 150)]
    public double LlmSeconds { get; init; } = 40;

    /// <summary>Most answers that are bought for one file.</summary>
    [ConfigurationKeyName("LLM_CALLS_PER_FILE")]
    [Range(1, 100)]
    public int LlmCallsPerFile { get; init; } = 6;

    /// <summary>The larger model is asked from this total on, in whatever currency.</summary>
    [ConfigurationKeyName("LLM_LARGE_FROM")]
    [Range(0, 1e12)]
    public decimal LlmLargeFrom { get; init; } = 1_000;

    /// <summary>Whether the models see: then a small picture of the place in doubt goes along.</summary>
    [ConfigurationKeyName("LLM_PICTURES")]
    public bool LlmPictures { get; init; }

    public AskOptions Ask => new() { MaxCallsPerFile = LlmCallsPerFile, LargeFrom = LlmLargeFrom };

    /// <summary>Who reads pictures of pages, with commas between, in the order in which they are asked: textract, document-intelligence, tesseract. Our own, tesseract, is always the last.</summary>
    [ConfigurationKeyName("READERS")]
    [Readers]
    public string Readers { get; init; } = "tesseract";

    /// <summary>Region of AWS in which Textract is asked. Credentials come from the usual chain of AWS.</summary>
    [ConfigurationKeyName("TEXTRACT_REGION")]
    public string TextractRegion { get; init; } = "us-east-1";

    /// <summary>Address of Textract inside a private network. Default: the public one of the region.</summary>
    [ConfigurationKeyName("TEXTRACT_ENDPOINT")]
    public Uri? TextractEndpoint { get; init; }

    /// <summary>What Textract looks for beside words, with commas between: forms, tables, signatures, layout. Each costs. Default: words only.</summary>
    [ConfigurationKeyName("TEXTRACT_FEATURES")]
    public string TextractFeatures { get; init; } = "";

    /// <summary>Address of the Document Intelligence resource, such as <c>https://example.cognitiveservices.azure.com</c>.</summary>
    [ConfigurationKeyName("DOCUMENT_INTELLIGENCE_ENDPOINT")]
    public Uri? DocumentIntelligenceEndpoint { get; init; }

    /// <summary>Its key. Default: the process signs in to Azure as itself.</summary>
    [ConfigurationKeyName("DOCUMENT_INTELLIGENCE_KEY")]
    public string? DocumentIntelligenceKey { get; init; }

    /// <summary>Its model.</summary>
    [ConfigurationKeyName("DOCUMENT_INTELLIGENCE_MODEL")]
    public string DocumentIntelligenceModel { get; init; } = "prebuilt-read";

    /// <summary>Region of AWS in which Comprehend is asked. Credentials come from the usual chain of AWS.</summary>
    [ConfigurationKeyName("COMPREHEND_REGION")]
    public string ComprehendRegion { get; init; } = "us-east-1";

    /// <summary>Address of Comprehend inside a private network. Default: the public one of the region.</summary>
    [ConfigurationKeyName("COMPREHEND_ENDPOINT")]
    public Uri? ComprehendEndpoint { get; init; }

    /// <summary>Language of the documents, for Comprehend: personal data is found in en and es.</summary>
    [ConfigurationKeyName("COMPREHEND_LANGUAGE")]
    [RegularExpression("[a-z]{2}(-[A-Z]{2})?", ErrorMessage = "{0} must be a code such as en.")]
    public string ComprehendLanguage { get; init; } = "en";

    /// <summary>
    /// Services that say what they see in documents beside the words, with commas between, such as <c>textract-expense,textract-queries=auto_claim_form+police_report</c>: each is asked about the
    /// types behind its name, or about those that it is made for.
    /// </summary>
    [ConfigurationKeyName("WITNESSES")]
    [Witnesses]
    public string Witnesses { get; init; } = "";

    /// <summary>
    /// Limits of services, with commas between, such as <c>textract=10/4/60</c>: calls a second, calls at once, seconds that a call may take with all its attempts.
    /// </summary>
    [ConfigurationKeyName("PROVIDER_LIMITS")]
    [Limits]
    public string ProviderLimits { get; init; } = "";

    /// <summary>US dollars that services may cost for one document.</summary>
    [ConfigurationKeyName("BUDGET_DOCUMENT_USD")]
    [Range(0, 1e9)]
    public decimal BudgetDocumentUsd { get; init; } = 1;

    /// <summary>US dollars that services may cost in a day, in UTC, over all processes.</summary>
    [ConfigurationKeyName("BUDGET_DAY_USD")]
    [Range(0, 1e9)]
    public decimal BudgetDayUsd { get; init; } = 50;

    /// <summary>US dollars that a call of a service takes from both budgets while no price is known for it.</summary>
    [ConfigurationKeyName("BUDGET_UNPRICED_USD")]
    [Range(0, 1e6)]
    public decimal BudgetUnpricedUsd { get; init; } = 0.01m;

    /// <summary>File with prices of services, in the form of src/DocPipeline/Providers/prices.json. Default: that one.</summary>
    [ConfigurationKeyName("PRICES")]
    public string? Prices { get; init; }

    /// <summary>
    /// Settings of another way of reading, without the prefix and with semicolons between, such as <c>READERS=textract,tesseract;SECOND_READING=false</c>: it is compared with the
    /// live one on a share of the claims, which stay the same.
    /// </summary>
    [ConfigurationKeyName("COMPARE_WITH")]
    [Changes]
    public string CompareWith { get; init; } = "";

    /// <summary>Share of the claims.</summary>
    [ConfigurationKeyName("COMPARE_SHARE")]
    [Range(0, 1)]
    public double CompareShare { get; init; }

    /// <summary>Bucket of S3, or of a store that speaks its protocol, that documents are taken from; empty: none. Credentials are found as every program of AWS finds them.</summary>
    [ConfigurationKeyName("S3_BUCKET")]
    [RegularExpression("[A-Za-z0-9._-]{1,252}", ErrorMessage = "{0} must be the name of a bucket.")]
    public string S3Bucket { get; init; } = "";

    /// <summary>Only keys that begin so are taken from it.</summary>
    [ConfigurationKeyName("S3_PREFIX")]
    [StringLength(1024)]
    public string S3Prefix { get; init; } = "";

    /// <summary>Region of the bucket.</summary>
    [ConfigurationKeyName("S3_REGION")]
    [RegularExpression("[a-z0-9-]{1,64}", ErrorMessage = "{0} must be the name of a region, such as eu-central-1.")]
    public string? S3Region { get; init; }

    /// <summary>Address of a store other than Amazon's.</summary>
    [ConfigurationKeyName("S3_ENDPOINT")]
    [WebAddress]
    public string S3Endpoint { get; init; } = "";

    /// <summary>Topics of SNS whose messages are believed, with commas between.</summary>
    [ConfigurationKeyName("S3_TOPICS")]
    [Topics]
    public string S3Topics { get; init; } = "";

    /// <summary>Address of a container of Azure Blob Storage that documents are taken from; empty: none.</summary>
    [ConfigurationKeyName("BLOB_CONTAINER")]
    [Container]
    public string BlobContainer { get; init; } = "";

    /// <summary>Only blobs whose names begin so are taken from it.</summary>
    [ConfigurationKeyName("BLOB_PREFIX")]
    [StringLength(1024)]
    public string BlobPrefix { get; init; } = "";

    /// <summary>Key of the container's account; empty: a managed identity, or whatever else Azure finds.</summary>
    [ConfigurationKeyName("BLOB_KEY")]
    [Base64String(ErrorMessage = "{0} must be an account key in base64.")]
    public string BlobKey { get; init; } = "";

    /// <summary>Seconds between two full listings of these buckets; their messages come in between.</summary>
    [ConfigurationKeyName("OBJECT_LIST_SECONDS")]
    [Range(0.1, 86_400)]
    public double ObjectListSeconds { get; init; } = 300;

    /// <summary>Of all settings, without the prefix.</summary>
    public static IReadOnlySet<string> Names { get; } =
        typeof(ServerSettings).GetProperties().Select(property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name).OfType<string>().ToHashSet();

    public IReadOnlyList<string> Topics => Lists.Of(S3Topics);

    public ResolveOptions Resolve => new() { ErrorTarget = ErrorTargetPercent / 100 };

    public TimeSpan StuckAfter => TimeSpan.FromMinutes(StuckMinutes);

    public long MaxFileBytes => MaxFileMegabytes * 1_000_000L;

    /// <summary>The connection string of <see cref="Database"/>.</summary>
    /// <exception cref="CommandFailure">No database is named.</exception>
    public string RequireDatabase() => Database
        ?? throw new CommandFailure(
            ExitCodes.Environment,
            "No database is named.",
            "Start the command through ./run, which brings a database of its own, or set DOCPIPELINE_DATABASE.");
}
