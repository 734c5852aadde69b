using DocPipeline.Extract.Readers;

namespace DocPipeline.Tests.Readers;

public sealed class ConventionsTests
{
    private const int ReferenceYear = 2026;

    [Theory]
    [InlineData("Date of loss 01/05/2026|Reported 01/25/2026", DateOrder.MonthFirst)]
    [InlineData("Date of loss 05/01/2026|Reported 25/01/2026", DateOrder.DayFirst)]
    [InlineData("Date of loss 05/01/2026", DateOrder.Undecided)]
    [InlineData("Date of loss 05/01/2026|Springfield, IL 62704", DateOrder.MonthFirst)]
    [InlineData("Date of loss 05/01/2026|73 High Road, LS1 5AB", DateOrder.DayFirst)]
    [InlineData("Date 05/01/2026 (MM/DD/YYYY)", DateOrder.MonthFirst)]
    [InlineData("10 01 2024|Day   Month   Year", DateOrder.DayFirst)]
    [InlineData("Rechnungsdatum 05.01.2026|Betrag", DateOrder.DayFirst)]
    [InlineData("Issued 3rd June 2024|From 03/06/2024", DateOrder.DayFirst)]
    [InlineData("Issued June 3, 2024|From 06/03/2024", DateOrder.MonthFirst)]
    [InlineData("Total ₹ 500|03/06/2024", DateOrder.DayFirst)]
    [InlineData("Total $500|03/06/2024", DateOrder.Undecided)]
    [InlineData("12/25/2020|25/12/2020", DateOrder.Undecided)]
    [InlineData("12/25/2020|12/26/2020|12/27/2020|25/12/2020", DateOrder.MonthFirst)]
    [InlineData("5/16/2024|5/24/2024|LEEDS LS1 5AB|VAT GBP", DateOrder.MonthFirst)]
    public void Of_Document_DecidesDateOrderOnlyOnEvidence(string lines, DateOrder expected)
    {
        var decision = Conventions.Of(lines.Split('|'), ReferenceYear).Dates;

        Assert.Equal(expected, decision.Order);
        Assert.True(expected == DateOrder.Undecided || decision.Reasons.Count > 0);
    }

    [Theory]
    [InlineData("Part 1,234|Labour 12.50", DecimalStyle.Point)]
    [InlineData("Teil 1.234|Arbeit 12,50", DecimalStyle.Comma)]
    [InlineData("Total 1,234", DecimalStyle.Undecided)]
    [InlineData("Total $400,000|Dallas, TX 75001", DecimalStyle.Point)]
    [InlineData("Rechnung|Summe 1.234 €", DecimalStyle.Comma)]
    [InlineData("Paid on June 22, 2020", DecimalStyle.Undecided)]
    [InlineData("12.50|12,50", DecimalStyle.Undecided)]
    [InlineData("29.99 €|24.99|Facture|7,8 Mbit", DecimalStyle.Point)]
    public void Of_Document_DecidesDecimalStyleOnlyOnEvidence(string lines, DecimalStyle expected) =>
        Assert.Equal(expected, Conventions.Of(lines.Split('|'), ReferenceYear).Decimals.Style);

    [Theory]
    [InlineData("04/12/19 - 04/11/20", "2019-04-12", "2020-04-11")]
    [InlineData("04/12/19-04/13/20", "2019-04-12", "2020-04-13")]
    [InlineData("Policy Period: From 06/03/2024 to 06/02/2025", "2024-06-03", "2025-06-02")]
    [InlineData("Effective Jan 1, 2021 at 12:01 AM until Jul 1, 2021 at 12:01 a.m.", "2021-01-01", "2021-07-01")]
    [InlineData("vom 01.05.14 bis 31.05.14", "2014-01-05", "2014-05-31")]
    [InlineData("3rd June 2024 through 2nd June 2025", "2024-06-03", "2025-06-02")]
    public void Read_Period_GivesBothEnds(string text, string from, string to)
    {
        var range = DateRangeReader.Read(text, ReferenceYear);

        Assert.Equal(from, range?.From.Options[0].Iso);
        Assert.Equal(to, range?.To.Options[0].Iso);
    }

    [Theory]
    [InlineData("06/03/2024")]
    [InlineData("Loss 06/03/2024 reported by phone 06/04/2024")]
    [InlineData("no dates")]
    public void Read_NoPeriod_GivesNothing(string text) => Assert.Null(DateRangeReader.Read(text, ReferenceYear));
}
