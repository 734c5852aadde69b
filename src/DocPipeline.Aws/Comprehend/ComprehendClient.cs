using System.Text.Json;
using DocPipeline.Aws.Wire;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Comprehend;

/// <summary>An entity, found on pages.</summary>
/// <param name="Type">Comprehend's: PERSON, ORGANIZATION, DATE, QUANTITY ...; or of personal data: NAME, SSN, BANK_ACCOUNT_NUMBER ...</param>
/// <param name="Text">As it stands in the text that was sent.</param>
/// <param name="Words">The words on pages that it touches, at least one: what a value can be grounded in, or what has to be blackened.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record TextEntity(string Type, string Text, IReadOnlyList<PlacedWord> Words, double Confidence)
{
    /// <summary>Where it stands: one box a page.</summary>
    public IEnumerable<(int Page, Box Box)> Places => Words.GroupBy(word => word.Page).Select(page => (page.Key, Box.Around(page.Select(word => word.Word.Box))));
}

/// <param name="Entities">In the order of the text.</param>
public sealed record EntityReading(IReadOnlyList<TextEntity> Entities, ProviderUsage Usage);

/// <param name="Texts">For each text that was sent its entities, or null where the service failed on this one.</param>
public sealed record BatchReading(IReadOnlyList<IReadOnlyList<TextEntity>?> Texts, ProviderUsage Usage);

/// <param name="Labels">Kinds of personal data that the text holds, with confidence 0 to 1; not where.</param>
public sealed record PersonalDataReading(IReadOnlyDictionary<string, double> Labels, ProviderUsage Usage);

/// <summary>Amazon Comprehend by its JSON protocol. Every method is one request; none tries anything again.</summary>
public sealed class ComprehendClient(AwsAccess access, ComprehendOptions options) : IProbedProvider
{
    /// <summary>Its name in configuration, evidence and the ledger.</summary>
    public const string Provider = "comprehend";

    private const int CharactersOfUnit = 100;
    private const int FewestUnits = 3;
    private const int MostOverlap = 4;

    private readonly AwsClient _client = AwsClient.Signing(Provider, access, host: "comprehend", signingName: "comprehend");

    /// <summary>People, organisations, dates, amounts ... as candidates for fields.</summary>
    /// <exception cref="Workflow.TransientFailure">It may work later.</exception>
    /// <exception cref="ProviderRefusal">It will not.</exception>
    public Task<EntityReading> DetectEntitiesAsync(PageText text, CancellationToken cancellationToken) => DetectAsync("DetectEntities", text, named: true, cancellationToken);

    /// <summary>Names, numbers of accounts, addresses ... to be blackened.</summary>
    /// <inheritdoc cref="DetectEntitiesAsync"/>
    public Task<EntityReading> DetectPiiEntitiesAsync(PageText text, CancellationToken cancellationToken) => DetectAsync("DetectPiiEntities", text, named: false, cancellationToken);

    /// <summary>Which kinds of personal data a text holds.</summary>
    /// <inheritdoc cref="DetectEntitiesAsync"/>
    public async Task<PersonalDataReading> ContainsPiiEntitiesAsync(PageText text, CancellationToken cancellationToken)
    {
        var usage = UsageOf("ContainsPiiEntities", [Fitting(text, options.MaxTextBytes)]);
        var reply = await CallAsync("ContainsPiiEntities", Body(text), cancellationToken);
        return new(Charged.Read(usage, () => ReplyJson.Read(Provider, reply, ComprehendReplies.Labels)), usage);
    }

    /// <summary>Entities of several short texts in one request.</summary>
    /// <inheritdoc cref="DetectEntitiesAsync"/>
    public async Task<BatchReading> BatchDetectEntitiesAsync(IReadOnlyList<PageText> texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0 || texts.Count > options.MaxBatch)
        {
            throw new ProviderRefusal(RefusalKind.Unsupported, Provider, $"{texts.Count} texts for one request; comprehend takes 1 to {options.MaxBatch}.");
        }

        var usage = UsageOf("BatchDetectEntities", texts.Select(text => Fitting(text, options.MaxBatchTextBytes)));
        var body = AwsJson.Object(writer =>
        {
            writer.List("TextList", texts, static (list, text) => list.WriteStringValue(text.Text));
            writer.WriteString("LanguageCode", options.LanguageCode);
        });
        var reply = await CallAsync("BatchDetectEntities", body, cancellationToken);
        return Charged.Read(usage, () =>
        {
            var batch = ReplyJson.Read(Provider, reply, json => ComprehendReplies.Batch(json, texts.Count));
            return new BatchReading([.. texts.Select((text, index) => batch.Results.TryGetValue(index, out var entities) ? Place(text, entities) : null)], usage);
        });
    }

    /// <inheritdoc/>
    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => ProbeAsync("DetectEntities", cancellationToken);

    internal Task<ProviderProbe> ProbeAsync(string operation, CancellationToken cancellationToken) => ProviderProbe.TryAsync(Provider, $"{operation} with one word; {FewestUnits} units of {CharactersOfUnit} characters", async () =>
    {
        var page = new Page(Number: 1, Width: 612, Height: 792, Provider, [new Word("probe", new Box(0, 0, 1, 1), Confidence: 1)]);
        await DetectAsync(operation, TextsOf(page)[0], named: operation == "DetectEntities", cancellationToken);
        return $"{operation} may be called.";
    });

    /// <summary>The words of a page, in as few texts as a request each takes.</summary>
    internal IReadOnlyList<PageText> TextsOf(Page page) => PageText.Of([page], options.MaxTextBytes);

    /// <summary>The entities with the words that they are made of.</summary>
    /// <exception cref="ProviderRefusal">One is not where the reply says, so that no place can be believed.</exception>
    internal static IReadOnlyList<TextEntity> Place(PageText text, IReadOnlyList<EntityReply> entities)
    {
        // What overlaps overlaps a little: a reply must not make every entity the whole text.
        if (entities.Sum(entity => (long)entity.End - entity.Begin) > MostOverlap * (long)text.CodePoints)
        {
            throw ReplyJson.Broken(Provider, "its entities are longer than the text");
        }

        return [.. entities.OrderBy(entity => entity.Begin).Select(entity =>
        {
            var written = text.Slice(entity.Begin, entity.End);
            var words = written is null ? [] : text.WordsAt(entity.Begin, entity.End);
            return written is not null && words.Count > 0 && (entity.Text is null || entity.Text == written)
                ? new TextEntity(entity.Type, written, words, entity.Confidence)
                : throw ReplyJson.Broken(Provider, $"an entity ({entity.Begin} to {entity.End}) is not where it says");
        })];
    }

    internal byte[] Body(PageText text) => AwsJson.Object(writer =>
    {
        writer.WriteString("Text", text.Text);
        writer.WriteString("LanguageCode", options.LanguageCode);
    });

    private async Task<EntityReading> DetectAsync(string operation, PageText text, bool named, CancellationToken cancellationToken)
    {
        var usage = UsageOf(operation, [Fitting(text, options.MaxTextBytes)]);
        var reply = await CallAsync(operation, Body(text), cancellationToken);
        return Charged.Read(usage, () => new EntityReading(Place(text, ReplyJson.Read(Provider, reply, json => ComprehendReplies.Entities(json, named))), usage));
    }

    private static PageText Fitting(PageText text, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Bytes <= maxBytes ? text : throw new ProviderRefusal(RefusalKind.Unsupported, Provider, $"A text of {text.Bytes} bytes; comprehend takes {maxBytes}. Split the pages first.");
    }

    internal static ProviderUsage UsageOf(string operation, IEnumerable<PageText> texts) => new(Provider, operation, new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        [ProviderUnits.HundredCharacters] = texts.Sum(text => Math.Max(FewestUnits, (text.CodePoints + CharactersOfUnit - 1) / CharactersOfUnit)),
    });

    private Task<byte[]> CallAsync(string operation, byte[] body, CancellationToken cancellationToken) =>
        _client.PostAsync($"comprehend:{operation}", "/", AwsJson.ContentType, body, $"Comprehend_20171127.{operation}", cancellationToken);
}
