using System.Text.Json;
using System.Text.Json.Serialization;
using DocPipeline.Postgres;

namespace DocPipeline.Extract.Schema;

/// <summary>All document types and the vocabulary, read from their data files. A new type is a new file.</summary>
internal sealed class DocumentTypes
{
    private const string VocabularyFile = "types/vocabulary.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    private readonly Dictionary<string, DocumentType> _types;
    private readonly Dictionary<string, Dictionary<string, FieldSchema>> _fields;

    private DocumentTypes(VocabularySchema vocabulary, IEnumerable<DocumentType> types)
    {
        Vocabulary = vocabulary;
        _types = types.ToDictionary(type => type.Name);
        _fields = _types.Values.ToDictionary(type => type.Name, type => Merge(vocabulary, type));
    }

    /// <summary>The types shipped with the product.</summary>
    public static DocumentTypes Shipped { get; } = Load();

    public VocabularySchema Vocabulary { get; }

    public IReadOnlyCollection<DocumentType> All => _types.Values;

    public DocumentType this[string name] => _types[name];

    /// <summary>The vocabulary's fields with the type's additions.</summary>
    public IReadOnlyDictionary<string, FieldSchema> FieldsOf(string type) => _fields[type];

    private static DocumentTypes Load()
    {
        var files = new EmbeddedText(typeof(DocumentTypes).Assembly);
        var vocabulary = JsonSerializer.Deserialize<VocabularySchema>(files[VocabularyFile], Json)!;
        var types = files.Below("types/")
            .Where(path => path != VocabularyFile)
            .Select(path => JsonSerializer.Deserialize<DocumentType>(files[path], Json)!);
        return new(vocabulary, types);
    }

    private static Dictionary<string, FieldSchema> Merge(VocabularySchema vocabulary, DocumentType type)
    {
        var fields = vocabulary.Fields.Where(field => !type.Without.Contains(field.Key)).ToDictionary();
        foreach (var (name, own) in type.Fields)
        {
            fields[name] = fields.TryGetValue(name, out var shared) ? Add(shared, own) : own;
        }

        return fields;
    }

    private static FieldSchema Add(FieldSchema shared, FieldSchema own) => shared with
    {
        Labels = [.. own.Labels, .. shared.Labels],
        // A type may promote a wording: what it lists itself no longer counts as weak.
        WeakLabels = [.. own.WeakLabels, .. shared.WeakLabels.Except(own.Labels)],
        FaintLabels = [.. own.FaintLabels, .. shared.FaintLabels.Except(own.Labels).Except(own.WeakLabels)],
        Lines = own.Lines > 0 ? own.Lines : shared.Lines,
        Side = own.Side ?? shared.Side,
        InSection = shared.InSection.Keys.Union(own.InSection.Keys).ToDictionary(
            role => role,
            role => (IReadOnlyList<string>)[.. own.InSection.GetValueOrDefault(role, []), .. shared.InSection.GetValueOrDefault(role, [])]),
        Unlabelled = [.. own.Unlabelled, .. shared.Unlabelled.Except(own.Unlabelled)],
    };
}
