using System.Text;
using System.Text.Json.Nodes;

namespace DocPipeline.Testing.Services;

/// <summary>A reply with something wrong in it, by a seed that a failing test can name.</summary>
public static class ReplyMutations
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e308", "1e999", "-0.5", "2147483648", "0.1", "\"\"", "\" \\n \"", "\"\\u0000\"", "\"\\ud800\"", "\"x\"", "[]", "{}", "[[]]", "[null]", "{\"a\":{\"b\":1}}",
    ];

    /// <returns>The reply, changed at one to three places: members gone, of another type, out of range, repeated; or bytes that are not JSON any more.</returns>
    public static byte[] Of(byte[] reply, int seed)
    {
        ArgumentNullException.ThrowIfNull(reply);
#pragma warning disable CA5394 // Not for secrets: the same seed must give the same reply.
        var random = new Random(seed);
        if (random.Next(5) == 0)
        {
            return Bytes([.. reply], random);
        }

        const string Mark = "~mutated~";
        var root = JsonNode.Parse(reply)!;
        var values = new List<string>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            Change(root, random, Mark, values);
        }

        var text = new StringBuilder(root.ToJsonString());
        for (var i = 0; i < values.Count; i++)
        {
            text.Replace($"\"{Mark}{i}\"", values[i]); // what is no valid text must not pass through the serializer
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Bytes(byte[] reply, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                return reply[..random.Next(reply.Length)];

            case 1:
                reply[random.Next(reply.Length)] = (byte)random.Next(256);
                return reply;

            default:
                var (from, to) = (random.Next(reply.Length), random.Next(reply.Length));
                return [.. reply[..from], .. reply[to..]];
        }
    }

    private static void Change(JsonNode root, Random random, string mark, List<string> values)
    {
        var at = root;
        while (Child(at, random) is { } child && (child is JsonObject or JsonArray) && random.Next(8) != 0)
        {
            at = child;
        }

        switch (at)
        {
            case JsonObject members when members.Count > 0:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                if (random.Next(3) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = Value();
                }

                break;

            case JsonArray items when items.Count > 0:
                var index = random.Next(items.Count);
                switch (random.Next(3))
                {
                    case 0:
                        items.RemoveAt(index);
                        break;

                    case 1:
                        items.Add(items[index]?.DeepClone());
                        break;

                    default:
                        items[index] = Value();
                        break;
                }

                break;
        }

        JsonNode Value()
        {
            values.Add(Values[random.Next(Values.Length)]);
            return JsonValue.Create($"{mark}{values.Count - 1}");
        }
    }

    private static JsonNode? Child(JsonNode at, Random random) => at switch
    {
        JsonObject { Count: > 0 } members => members.ElementAt(random.Next(members.Count)).Value,
        JsonArray { Count: > 0 } items => items[random.Next(items.Count)],
        _ => null,
    };
#pragma warning restore CA5394
}
