using System.Text.RegularExpressions;
using DocPipeline.Durable;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Architecture;

/// <summary>
/// Connections go back to their pool as they are (<see cref="DurableSchema.Connect"/>): what a statement left in its session, whoever comes next would find.
/// </summary>
public sealed partial class SessionsTests
{
    [Fact]
    public void No_statement_leaves_anything_in_its_session()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(ServerMachine.Repository, "src"), "*.sql", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .ToDictionary(file => file, File.ReadAllText);

        Assert.True(texts.Count > 200, $"only {texts.Count} statements were found");
        Assert.Empty(texts.Where(sql => Leaves().IsMatch(Comment().Replace(sql.Value, ""))).Select(sql => sql.Key));
    }

    [Theory]
    [InlineData("SET search_path = public")]
    [InlineData("SELECT 1;\nset role docpipeline_owner;")]
    [InlineData("SELECT set_config('a.b', $1, false)")]
    [InlineData("SELECT pg_try_advisory_lock($1)")]
    [InlineData("LISTEN work")]
    [InlineData("CREATE TEMP TABLE t (a int)")]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT 1")]
    public void What_would_be_left_is_found(string sql) => Assert.Matches(Leaves(), sql);

    [Theory]
    [InlineData("UPDATE t\nSET a = 1")]
    [InlineData("SET LOCAL lock_timeout = '1s'")]
    [InlineData("SELECT set_config('a.b', $1, true), pg_advisory_xact_lock(1)")]
    [InlineData("INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1")]
    public void What_ends_with_its_transaction_may_stay(string sql) => Assert.DoesNotMatch(Leaves(), sql);

    [GeneratedRegex(
        @"(^|;)\s*(SET\s+(?!LOCAL\b)|LISTEN\b|PREPARE\b|DECLARE\b|LOAD\b)|\bTEMP(ORARY)?\s+TABLE|\bset_config\s*\([^)]*,\s*false\s*\)|\bpg_(try_)?advisory_lock",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leaves();

    [GeneratedRegex("--[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
