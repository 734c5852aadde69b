using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Architecture;

/// <summary>The one habit of layout that neither the compiler's analysers nor the check of white space see.</summary>
public sealed class UsingsTests
{
    [Fact]
    public void Usings_are_sorted_the_frameworks_first() => Assert.Empty(
        from folder in (string[])["src", "tests"]
        from file in Directory.EnumerateFiles(Path.Combine(ServerMachine.Repository, folder), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
        where !AreSorted(File.ReadLines(file))
        select Path.GetRelativePath(ServerMachine.Repository, file));

    [Theory]
    [InlineData(true, "using System.Text;", "using DocPipeline.Documents;", "using DocPipeline.Pages;", "using static System.Math;", "using Row = string;")]
    [InlineData(false, "using DocPipeline.Documents;", "using System.Text;")]
    [InlineData(false, "using DocPipeline.Pages;", "using DocPipeline.Documents;")]
    [InlineData(false, "using static System.Math;", "using DocPipeline.Pages;")]
    public void What_is_not_sorted_is_found(bool sorted, params string[] lines) => Assert.Equal(sorted, AreSorted(lines));

    private static bool AreSorted(IEnumerable<string> lines)
    {
        var usings = lines.TakeWhile(line => !line.StartsWith("namespace", StringComparison.Ordinal)).Where(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("using var ", StringComparison.Ordinal)).ToList();
        return usings.SequenceEqual(usings.OrderBy(Kind).ThenBy(Name, StringComparer.OrdinalIgnoreCase));
    }

    private static int Kind(string line) =>
        line.Contains('=', StringComparison.Ordinal) ? 4
        : (line.StartsWith("using static ", StringComparison.Ordinal) ? 2 : 0) + (Name(line).Split('.')[0] == "System" ? 0 : 1);

    private static string Name(string line) => line.Split(' ')[^1].TrimEnd(';');
}
