using System.Text.Json.Serialization;

namespace DocPipeline.Documents;

/// <summary>Where a value was read. No value exists without it.</summary>
/// <param name="Page">Page number in the file, from 1.</param>
/// <param name="Box">Around the words of the value.</param>
/// <param name="Text">The words as read, before normalisation.</param>
/// <param name="Source">Who read the page: one of <see cref="PageSources"/>; for a value that only a service names, that service.</param>
public sealed record Evidence(int Page, Box Box, string Text, string Source)
{
    /// <summary>Services that say the same of the field, each with its operation or model; null where none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Witnesses { get; init; }
}
