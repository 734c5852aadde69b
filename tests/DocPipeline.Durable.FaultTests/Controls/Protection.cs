using System.Text.RegularExpressions;
using DocPipeline.Durable.FaultTests.RoundTrips;

namespace DocPipeline.Durable.FaultTests.Controls;

/// <summary>
/// Takes one protection away: from the statements of one engine while they are on the wire, and from the schema of one test database.
/// The product has no switch for this.
/// </summary>
/// <param name="File">The statements that lose it: files whose name contains this.</param>
/// <param name="Pattern">What is cut out of them.</param>
/// <param name="Schema">What is taken out of the database.</param>
internal sealed record Protection(string File, string Pattern, string Schema = "")
{
    // SQL files are named by their text: the proxy sees text only.
    public string TakeFrom(string sql)
    {
        if (!KnownRoundTrips.Names.NameOf(sql).Contains(File, StringComparison.Ordinal))
        {
            return sql;
        }

        var without = Regex.Replace(sql, Pattern, "", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return without != sql ? without : throw new InvalidOperationException($"{File} has nothing like '{Pattern}': this control would prove nothing.");
    }
}
