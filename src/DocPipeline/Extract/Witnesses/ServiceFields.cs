using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Postgres;
using DocPipeline.Providers;

namespace DocPipeline.Extract.Witnesses;

/// <summary>Names that services give to fields, and what they are in our vocabulary. One that may mean several fields has all of them.</summary>
internal static class ServiceFields
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> Known =
        JsonSerializer.Deserialize<Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>>(new EmbeddedText(typeof(ServiceFields).Assembly)["witnesses/service-fields.json"])!
            .ToDictionary();

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> None = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>All of one service, by its names; empty for one that has none.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(string service) => Known.GetValueOrDefault(service, None);

    /// <summary>The pairs, and one more for each name that is made of several (<c>FIRST_NAME+LAST_NAME</c>) of which the service gave each part once.</summary>
    public static IEnumerable<LayoutPair> WithJoined(IReadOnlyList<LayoutPair> pairs, string service)
    {
        foreach (var name in Of(service).Keys.Where(name => name.Contains('+', StringComparison.Ordinal) && !pairs.Any(pair => pair.Name == name)))
        {
            var parts = name.Split('+').Select(part => pairs.Where(pair => pair.Name == part && pair.Value.Text.Length > 0).ToList()).ToList();
            if (parts.TrueForAll(part => part.Count == 1))
            {
                var values = parts.ConvertAll(part => part[0].Value);
                var boxes = values.Select(value => value.Box).OfType<Box>().ToList();
                yield return new(name, Label: null, new(
                    string.Join(' ', values.Select(value => value.Text)), boxes.Count == values.Count ? Box.Around(boxes) : null, values.Min(value => value.Confidence)));
            }
        }

        foreach (var pair in pairs)
        {
            yield return pair;
        }
    }
}
