using System.Collections.Concurrent;
using System.Reflection;

namespace DocPipeline.Postgres;

/// <summary>Texts kept in files beside the code that uses them, such as statements in .sql files and document types in .json files; read once from the assembly.</summary>
public sealed class EmbeddedText(Assembly assembly)
{
    private readonly ConcurrentDictionary<string, string> _texts = new();

    /// <summary>The text of an embedded file, named by its path below the project, such as <c>Store/insert_claim.sql</c>.</summary>
    /// <exception cref="FileNotFoundException">No such file is embedded.</exception>
    public string this[string path] => _texts.GetOrAdd(path, Read);

    /// <summary>Paths below a folder, in ordinal order.</summary>
    public IReadOnlyList<string> Below(string folder) =>
        [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private string Read(string path)
    {
        using var stream = assembly.GetManifestResourceStream(path)
            ?? throw new FileNotFoundException($"No file '{path}' is embedded in {assembly.GetName().Name}.", path);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
