using System.Text.Json;

namespace DocPipeline.Providers.Wire;

/// <summary>
/// A value in a reply, read strictly: what is not there, of another type or out of range is a <see cref="ProviderRefusal"/> that names the place, never the content. Members that nobody
/// asks for are passed over: services add some.
/// </summary>
public readonly struct ReplyJson
{
    // Replies are hostile: deeper nesting and a member that is there twice are nobody's honest answer.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private readonly string _provider;
    private readonly string _path;
    private readonly JsonElement _element;

    private ReplyJson(string provider, string path, JsonElement element) => (_provider, _path, _element) = (provider, path, element);

    public JsonValueKind Kind => _element.ValueKind;

    /// <summary>Parses a reply and reads it; the result must hold nothing of the document.</summary>
    /// <exception cref="ProviderRefusal">It is not JSON, or not what <paramref name="read"/> expects.</exception>
    public static T Read<T>(string provider, ReadOnlyMemory<byte> reply, Func<ReplyJson, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var document = Parse(provider, reply);
        return read(new(provider, "reply", document.RootElement));
    }

    /// <summary>A member that must be there and is not null.</summary>
    public ReplyJson this[string name] => Find(name) ?? throw Broken($"'{name}' is missing");

    /// <summary>A member; null where it is absent or null.</summary>
    public ReplyJson? Find(string name)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Broken("an object was expected");
        }

        try
        {
            return _element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? new(_provider, $"{_path}.{name}", found) : null;
        }
        catch (InvalidOperationException)
        {
            throw Broken("a name is not valid text"); // half of a surrogate pair, escaped
        }
    }

    public IEnumerable<ReplyJson> Items()
    {
        if (_element.ValueKind != JsonValueKind.Array)
        {
            throw Broken("a list was expected");
        }

        var (provider, path) = (_provider, _path);
        return _element.EnumerateArray().Select((item, index) => new ReplyJson(provider, $"{path}[{index}]", item));
    }

    /// <summary>The items of a list that may be absent.</summary>
    public IEnumerable<ReplyJson> ItemsOf(string name) => Find(name)?.Items() ?? [];

    /// <summary>Members whose names the reply chooses.</summary>
    public IEnumerable<(string Name, ReplyJson Value)> Members()
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Broken("an object was expected");
        }

        foreach (var member in _element.EnumerateObject())
        {
            yield return (NameOf(member), new(_provider, $"{_path}.*", member.Value));
        }
    }

    /// <summary>Text, possibly empty, without control characters: those become spaces, since neither a database nor a person can use them.</summary>
    public string Text()
    {
        if (_element.ValueKind != JsonValueKind.String)
        {
            throw Broken("text was expected");
        }

        try
        {
            var text = _element.GetString()!;
            return text.Any(char.IsControl) ? string.Create(text.Length, text, static (characters, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    characters[i] = char.IsControl(source[i]) && source[i] != '\n' ? ' ' : source[i];
                }
            }) : text;
        }
        catch (InvalidOperationException)
        {
            throw Broken("the text is not valid");
        }
    }

    public double Number() =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Broken("a number was expected");

    public int Whole(int from, int to) =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out var number) && number >= from && number <= to ? number : throw Broken($"a whole number from {from} to {to} was expected");

    /// <summary>A number from 0 to 1.</summary>
    public double Fraction(double of = 1) =>
        Number() / of is var number && number is >= 0 and <= 1.000001 ? Math.Min(number, 1) : throw Broken($"a number from 0 to {of:0} was expected");

    /// <summary>JSON as it stands in the reply.</summary>
    public string Raw() => _element.GetRawText();

    /// <summary>The refusal of a reply that breaks its contract here.</summary>
    public ProviderRefusal Broken(string what) => Broken(_provider, $"at {_path} {what}");

    public static ProviderRefusal Broken(string provider, string what) =>
        new(RefusalKind.BadReply, provider, $"{provider} sent a reply that breaks its contract: {what}. If it stays so, the service has changed: the adapter must learn it.");

    private string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw Broken("a name is not valid text");
        }
    }

    private static JsonDocument Parse(string provider, ReadOnlyMemory<byte> reply)
    {
        if (reply.IsEmpty)
        {
            throw Broken(provider, "it is empty");
        }

        try
        {
            return JsonDocument.Parse(reply, Strict);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Broken(provider, "it is not JSON, or was cut off"); // the parser's own message would quote the reply
        }
    }
}
