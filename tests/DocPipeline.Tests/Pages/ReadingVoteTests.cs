using DocPipeline.Documents;
using DocPipeline.Pages.Ocr;

namespace DocPipeline.Tests.Pages;

public sealed class ReadingVoteTests
{
    private static readonly Box Line = new(0.1, 0.1, 0.9, 0.12);

    [Fact]
    public void Readings_that_see_the_same_make_a_word_surer()
    {
        var word = Assert.Single(Vote([At("3,800.00", 0.6)], [At("3,800.00", 0.7)]));

        Assert.Equal(("3,800.00", true, null), (word.Text, word.ReadingsAgree, word.OtherReading));
        Assert.True(word.Confidence > 0.7);
    }

    [Fact]
    public void Of_two_that_see_something_else_the_surer_is_believed_less_and_the_other_is_kept()
    {
        var word = Assert.Single(Vote([At("8,800.00", 0.5)], [At("3,800.00", 0.8)]));

        Assert.Equal(("3,800.00", false, "8,800.00"), (word.Text, word.ReadingsAgree, word.OtherReading));
        Assert.True(word.Confidence < 0.8);
    }

    [Fact]
    public void The_second_must_be_clearly_surer_to_be_believed() =>
        Assert.Equal("8,800.00", Vote([At("8,800.00", 0.75)], [At("3,800.00", 0.8)])[0].Text);

    [Theory]
    [InlineData("TOTAL:", "Total", true)]
    [InlineData("3,800.00", "3.800.00", false)]
    [InlineData("01/05/2026", "01-05-2026", false)]
    public void Signs_count_between_digits_and_nowhere_else(string first, string second, bool agree) =>
        Assert.Equal(agree, Vote([At(first, 0.6)], [At(second, 0.5)])[0].ReadingsAgree);

    [Fact]
    public void What_one_reading_joins_and_the_other_divides_is_compared_as_one()
    {
        var words = Vote([At("HX-", 0.6, 0.1, 0.2), At("204417", 0.6, 0.2, 0.4), At("due", 0.9, 0.5, 0.6)], [At("HX-204417", 0.9, 0.1, 0.4), At("due", 0.9, 0.5, 0.6)]);

        Assert.Equal(["HX-204417", "due"], words.Select(word => word.Text));
        Assert.All(words, word => Assert.True(word.ReadingsAgree));
    }

    [Fact]
    public void A_word_that_only_the_first_reading_sees_is_doubted_and_nothing_is_added()
    {
        var words = Vote([At("Total", 0.9, 0.1, 0.2), At("|", 0.6, 0.25, 0.26)], [At("Total", 0.9, 0.1, 0.2), At("~", 0.9, 0.6, 0.7)]);

        Assert.Equal(["Total", "|"], words.Select(word => word.Text));
        Assert.Equal([true, false], words.Select(word => word.ReadingsAgree));
        Assert.True(words[1].Confidence < 0.6);
    }

    [Fact]
    public void What_was_read_once_stays_as_it_was()
    {
        Word[] first = [At("Total", 0.9), At("Cash", 0.5) with { Box = new Box(0.1, 0.3, 0.2, 0.32) }];

        var words = ReadingVote.Decide(first, [new SecondLook(Line, [At("Total", 0.9)])]);

        Assert.Equal(first[1], words[1]);
        Assert.Null(words[1].ReadingsAgree);
        Assert.Equal(first, ReadingVote.Decide(first, []));
    }

    private static IReadOnlyList<Word> Vote(IReadOnlyList<Word> first, IReadOnlyList<Word> second) => ReadingVote.Decide(first, [new SecondLook(Line, second)]);

    private static Word At(string text, double confidence, double x0 = 0.2, double x1 = 0.3) => new(text, new Box(x0, 0.1, x1, 0.12), confidence);
}
