using System.Text;

namespace DocPipeline.Testing.Services;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Target">Path and query, encoded as they were sent.</param>
/// <param name="Headers">By name, whatever its case.</param>
public sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Path => Target.Split('?')[0];

    public string Text => Encoding.UTF8.GetString(Body);

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
