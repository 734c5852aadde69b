using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Eval;

public sealed class SameValueTests
{
    [Theory]
    [InlineData("document_date", "2026-01-05", "2026-01-05", true)]
    [InlineData("document_date", "2026-01-05", "2026-05-01", false)]
    [InlineData("document_date", "2026-01-05", "01/05/2026", false)]
    [InlineData("total_amount", "3800.00", "3800", true)]
    [InlineData("total_amount", "3800.00", "3,800.00", false)]
    [InlineData("total_amount", "9.00", "90.0", false)]
    [InlineData("vin", "1HG CM82633A004352", "1hgcm82633a004352", true)]
    [InlineData("claim_number", "AB-12", "AB12", false)]
    [InlineData("insurer", "Acme Mutual, Inc.", "ACME MUTUAL INC", true)]
    [InlineData("insurer", "Acme Mutual", "Mutual Acme", false)]
    [InlineData("patient_name", "Doe, Jane", "Jane Doe", true)]
    [InlineData("patient_name", "Doe, Jane", "Jane Roe", false)]
    [InlineData("policyholder_name", "Ann-Marie Lee", "LEE ANN-MARIE", true)]
    [InlineData("a_field_of_its_own", "Room 12", "room12", true)]
    public void Is_ByTheKindOfTheField_FollowsTheVocabulary(string field, string expected, string found, bool same) =>
        Assert.Equal(same, SameValue.Is(FieldKinds.Of(field), expected, found));
}
