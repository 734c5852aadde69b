using DocPipeline.Server.Calibrate;

namespace DocPipeline.EndToEnd.Tests.Calibrate;

public sealed class NearTwinsTests
{
    [Fact]
    public void FamiliesOf_HalfOfTheWordsOrANumberInCommon_IsAFamily_AlsoThroughOthers()
    {
        var families = NearTwins.FamiliesOf(
        [
            Document("A B C D", "claim C-1"),
            Document("P Q R S", "claim C-2"),
            Document("A B C X", "claim C-3"),
            Document("U V W Y", "claim C-2"),
            Document("A Z X C", "claim C-4"),
            Document("K L M N", "claim C-5"),
        ]);

        Assert.Equal(families[0], families[2]);
        Assert.Equal(families[2], families[4]);
        Assert.Equal(families[1], families[3]);
        Assert.Equal(3, families.Distinct().Count());
    }

    [Fact]
    public void Deal_FamiliesStayTogetherAndFoldsAreOfASize()
    {
        int[] families = [0, 0, 0, 3, 4, 5, 5, 7, 8, 9];

        var folds = NearTwins.Deal(families, Enumerable.Repeat(10, families.Length).ToArray(), 3);

        Assert.All(families.Zip(folds).GroupBy(entry => entry.First), family => Assert.Single(family.Select(entry => entry.Second).Distinct()));
        Assert.Equal([3, 3, 4], folds.CountBy(fold => fold).Select(fold => fold.Value).Order());
    }

    private static DocumentTraits Document(string words, params string[] names) => new(words.Split(' ').ToHashSet(), names);
}
