using DocPipeline.Extract.Labels;
using FsCheck;
using FsCheck.Fluent;

namespace DocPipeline.Tests.Extract.Labels;

public sealed class EditDistanceTests
{
    [Fact]
    public void The_bounded_distance_is_that_of_the_whole_table()
    {
        var text = Gen.ListOf(Gen.Elements('a', 'b', 'c')).Select(letters => new string([.. letters]));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true),
            Prop.ForAll(text.ToArbitrary(), text.ToArbitrary(), Gen.Choose(1, 6).ToArbitrary(), (a, b, bound) =>
                EditDistance.Between(a, b, bound) == Math.Min(WholeTable(a, b), bound)));
    }

    private static int WholeTable(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }
        }

        return table[a.Length, b.Length];
    }
}
