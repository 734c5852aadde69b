using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Validate;

namespace DocPipeline.Server.Extract;

/// <summary>One file as one JSON object on one line. Programs depend on the shape: members are added, never renamed.</summary>
internal static class ExtractJson
{
    // Names and addresses stay readable; the output goes to files and pipes, never into a page.
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(string file, FileReading reading, SpentOnDocument cost) => ToJson(file, reading, cost).ToJsonString(OneLine);

    private static JsonObject ToJson(string file, FileReading result, SpentOnDocument cost)
    {
        // No hash of a file that is too large: it is not read to its end.
        var json = new JsonObject { ["file"] = file, ["sha256"] = result.Content.Value, ["status"] = result.Status };
        if (result.Reason is not null)
        {
            json["reason"] = result.Reason;
            json["reason_code"] = result.ReasonCode;
        }

        json["documents"] = new JsonArray([.. result.Claim.Documents.Select(Json)]);
        json["claim"] = Members(result.Claim.Fields.Select(field => (field.Field.Name, (JsonNode?)Json(field))));
        json["findings"] = Json(result.Claim.Findings);
        json["timings_ms"] = Members(result.TimingsMs.Select(timing => (timing.Key, (JsonNode?)Math.Round(timing.Value, 1))));
        json["cost"] = new JsonObject { ["llm_calls"] = cost.LanguageModelCalls, ["usd"] = cost.Usd, ["calls"] = cost.Calls, ["priced"] = cost.IsPriced };
        return json;
    }

    private static JsonNode Json(ResolvedDocument document) => new JsonObject
    {
        ["type"] = document.Type,
        ["pages"] = new JsonArray([.. document.Pages.Select(page => (JsonNode)page)]),
        ["fields"] = Members(document.Fields.Select(field => (field.Name, (JsonNode?)Json(field)))),
        ["tables"] = Members(document.Tables.Select(table => (table.Name, (JsonNode?)new JsonArray([.. table.Rows.Select(Json)])))),
        ["findings"] = Json(document.Findings),
        ["completeness"] = new JsonObject
        {
            ["state"] = Completeness.StateOf(document),
            ["missing"] = new JsonArray([.. Completeness.MissingFrom(document).Select(field => (JsonNode)field)]),
            ["pages"] = new JsonArray([.. document.Coverage.Select(Json)]),
        },
    };

    private static JsonNode Json(PageCoverage page) => new JsonObject
    {
        ["page"] = page.Page,
        ["words"] = page.Words,
        ["explained"] = page.Explained,
        ["lost_rows"] = page.LostRows.Count,
    };

    private static JsonObject Json(Field field)
    {
        var json = new JsonObject
        {
            ["value"] = field.Value,
            ["confidence"] = Math.Round(field.Confidence, 4),
            ["accepted"] = field.Accepted,
            ["evidence"] = new JsonObject
            {
                ["page"] = field.Evidence.Page,
                ["box"] = Json(field.Evidence.Box),
                ["text"] = field.Evidence.Text,
                ["source"] = field.Evidence.Source,
            },
        };
        if (field.Evidence.Witnesses is { } witnesses)
        {
            json["evidence"]!["witnesses"] = new JsonArray([.. witnesses.Select(witness => (JsonNode)witness)]);
        }

        if (field.ChosenBy is { } model)
        {
            json["chosen_by"] = model.ToString();
        }

        return json;
    }

    private static JsonObject Json(ClaimField field) => new()
    {
        ["value"] = field.Field.Value,
        ["confidence"] = Math.Round(field.Field.Confidence, 4),
        ["accepted"] = field.Field.Accepted,
        ["document"] = field.Document,
    };

    private static JsonNode Json(TableRow row) => Members(row.Cells.Select(cell => (cell.Key, (JsonNode?)cell.Value)));

    private static JsonArray Json(IReadOnlyList<Finding> findings) =>
        new([.. findings.Select(finding => new JsonObject
        {
            ["rule"] = finding.Rule,
            ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
            ["message"] = finding.Message,
        })]);

    private static JsonArray Json(Box box) => new(Round(box.X0), Round(box.Y0), Round(box.X1), Round(box.Y1));

    private static JsonNode Round(double fraction) => Math.Round(fraction, 5);

    // The first of a name wins: the lists come best first.
    private static JsonObject Members(IEnumerable<(string Name, JsonNode? Value)> members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
        {
            json.TryAdd(name, value);
        }

        return json;
    }
}
