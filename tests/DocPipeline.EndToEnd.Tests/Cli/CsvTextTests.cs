using DocPipeline.Server.Export;

namespace DocPipeline.EndToEnd.Tests.Cli;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("@sum", "'@sum")]
    [InlineData("-1+2", "'-1+2")]
    public void Of_TextOfADocument_NeverBreaksTheRowAndNeverRuns(string text, string cell) => Assert.Equal(cell, CsvText.Of(text));
}
