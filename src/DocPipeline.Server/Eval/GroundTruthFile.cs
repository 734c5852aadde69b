using System.Globalization;
using System.Text.Json;
using DocPipeline.Extract.Readers;
using DocPipeline.Server.Cli;

namespace DocPipeline.Server.Eval;

/// <summary>Reads ground truths: <c>NAME.gt.json</c> and <c>NAME.expected.json</c> beside their documents.</summary>
internal static class GroundTruthFile
{
    private static readonly string[] Endings = [".gt.json", ".expected.json"];

    /// <summary>All ground truths below a folder whose document is there, in ordinal order of their paths.</summary>
    public static IReadOnlyList<GroundTruth> FindBelow(string folder) =>
        [.. Endings
            .SelectMany(ending => Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .Where(truth => File.Exists(truth.Path))];

    public static GroundTruth Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            var kind = Text(root, "kind");
            return new GroundTruth(DocumentOf(path, root), TypeOf(root) ?? kind ?? "unknown", kind is "blank" or "negative", FieldsOf(root))
            {
                Tables = TablesOf(root),
                Medium = Text(root, "medium"),
            };
        }
        catch (JsonException broken)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{path} is not JSON: {broken.Message}", "Mend the file, or keep it out of the folder.");
        }
    }

    private static string? TypeOf(JsonElement root) => Text(root, "doc_type") ?? (
        root.TryGetProperty("documents", out var documents) && documents.ValueKind == JsonValueKind.Array
            ? documents.GetArrayLength() switch
            {
                0 => null,
                1 => Text(documents[0], "type"),
                _ => "packet",
            }
            : null);

    private static string DocumentOf(string path, JsonElement root)
    {
        var name = Path.GetFileName(path);
        var document = Text(root, "file") is { } file ? Path.GetFileName(file) : name[..^Endings.First(ending => name.EndsWith(ending, StringComparison.Ordinal)).Length];
        return Path.Combine(Path.GetDirectoryName(path) ?? "", document);
    }

    private static Dictionary<string, string> FieldsOf(JsonElement root)
    {
        if (root.TryGetProperty("core", out var core) && core.ValueKind == JsonValueKind.Object)
        {
            return core.EnumerateObject()
                .Select(field => (field.Name, Value: Scalar(field.Value)))
                .Where(field => field.Value is not null)
                .ToDictionary(field => field.Name, field => field.Value!, StringComparer.Ordinal);
        }

        return root.TryGetProperty("fields", out var fields) ? Receipt(fields) : [];
    }

    private static Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> TablesOf(JsonElement root) =>
        root.TryGetProperty("core", out var core) && core.ValueKind == JsonValueKind.Object
            ? core.EnumerateObject()
                .Where(field => field.Value.ValueKind == JsonValueKind.Array)
                .Select(field => (field.Name, Rows: field.Value.EnumerateArray().Select(Cells).Where(cells => cells.Count > 0).ToList()))
                .Where(table => table.Rows.Count > 0)
                .ToDictionary(table => table.Name, table => (IReadOnlyList<IReadOnlyDictionary<string, string>>)table.Rows, StringComparer.Ordinal)
            : [];

    // A row is an object, or what was done and what it costs.
    private static IReadOnlyDictionary<string, string> Cells(JsonElement row) => row.ValueKind switch
    {
        JsonValueKind.Object => row.EnumerateObject()
            .Select(cell => (cell.Name, Value: Scalar(cell.Value)))
            .Where(cell => cell.Value is not null)
            .ToDictionary(cell => cell.Name, cell => cell.Value!, StringComparer.Ordinal),
        JsonValueKind.Array when row.GetArrayLength() == 2 && Scalar(row[0]) is { } description && Scalar(row[1]) is { } amount =>
            new Dictionary<string, string>(StringComparer.Ordinal) { ["description"] = description, ["amount"] = amount },
        _ => new Dictionary<string, string>(StringComparer.Ordinal),
    };

    // Some truths keep the currency that is printed before the amount: "RM 8.60".
    private static string PlainAmount(string total) => AmountReader.Read(total) is { } amount ? amount.Options[0].Plain : total;

    // Scanned receipts (SROIE) name four fields of their own, with the day first.
    private static Dictionary<string, string> Receipt(JsonElement fields)
    {
        var core = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("provider", Text(fields, "company"));
        Add("document_date", Text(fields, "date") is { } date ? IsoDate(date) : null);
        Add("total_amount", Text(fields, "total") is { } total ? PlainAmount(total) : null);
        return core;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                core[name] = value.Trim();
            }
        }
    }

    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy", "d-M-yy", "d.M.yy", "d MMM yyyy", "d-MMM-yyyy", "d MMM yy", "d-MMM-yy"];

    private static string IsoDate(string text) =>
        DateOnly.TryParseExact(text.Trim(), DayFirst, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text;

    // Lists are not scored, tables elsewhere; a person's name in parts is one name.
    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when !string.IsNullOrWhiteSpace(value.GetString()) => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object when Text(value, "first_name") is { } first && Text(value, "last_name") is { } last => $"{first} {last}",
        _ => null,
    };

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
