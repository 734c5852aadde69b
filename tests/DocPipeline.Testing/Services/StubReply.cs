using System.Text;

namespace DocPipeline.Testing.Services;

/// <summary>How the body of a reply goes over the wire.</summary>
public enum Delivery
{
    /// <summary>Whole.</summary>
    Whole,

    /// <summary>A byte now and then, and never the end.</summary>
    Drip,

    /// <summary>Half of it; then the connection breaks.</summary>
    Cut,

    /// <summary>Nothing, not even the status; the connection stays open.</summary>
    Never,

    /// <summary>Over and over, without a length and without an end.</summary>
    Endless,
}

/// <summary>What a stub answers.</summary>
public sealed record StubReply(int Status, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public Delivery Delivery { get; init; }

    public static StubReply Json(string json, int status = 200) => new StubReply(status, Encoding.UTF8.GetBytes(json)).With("Content-Type", "application/json");

    public static StubReply Json(byte[] json, int status = 200) => new StubReply(status, json).With("Content-Type", "application/json");

    public static StubReply Empty(int status) => new(status, []);

    public StubReply With(string name, string value) => this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [name] = value } };

    public StubReply Delivered(Delivery delivery) => this with { Delivery = delivery };
}
