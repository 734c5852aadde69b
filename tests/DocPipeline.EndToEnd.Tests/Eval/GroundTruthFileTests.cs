using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Eval;

public sealed class GroundTruthFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-eval-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_CoreFields_KeepsScalarsAndJoinsNames_LeavesListsAndEmptyValues()
    {
        var truth = Read("claim.pdf.gt.json", """
            {"file":"claim.pdf","doc_type":"auto_claim_form","kind":"filled","core":{
              "claim_number":"C-1","mileage":12000,"diagnosis_codes":["M54.9"],"insurer":null,"vin":"",
              "policyholder_name":{"first_name":"Jo","last_name":"Bloggs","date_of_birth":"1990-01-05"}}}
            """);

        Assert.Equal(["claim_number=C-1", "mileage=12000", "policyholder_name=Jo Bloggs"], truth.Fields.OrderBy(f => f.Key).Select(f => $"{f.Key}={f.Value}"));
        Assert.Equal("claim.pdf", Path.GetFileName(truth.Path));
        Assert.False(truth.ReportsNothing);
    }

    [Fact]
    public void Read_ScannedReceipt_MapsItsFieldsAndReadsTheDayFirst()
    {
        var truth = Read("slip.jpg.gt.json", """
            {"file":"slip.jpg","doc_type":"receipt","fields":{"company":"A SHOP","date":"05/12/2018","address":"Somewhere","total":"9.00"}}
            """);

        Assert.Equal("A SHOP", truth.Fields["provider"]);
        Assert.Equal("2018-12-05", truth.Fields["document_date"]);
        Assert.Equal("9.00", truth.Fields["total_amount"]);
        Assert.Equal("receipt", truth.Type);
    }

    [Fact]
    public void Read_Tables_KeepsRowsOfObjectsAndOfPairs_AndNoEmptyCells()
    {
        var truth = Read("bill.pdf.gt.json", """
            {"file":"bill.pdf","medium":"digital PDF, 2 pages","core":{
              "diagnosis_codes":["M54.9"],
              "line_items":[["Front bumper","120.00"],["Paint","45.50"]],
              "records":[{"claim_number":"C-1","date_closed":"","claim_paid":12.5}]}}
            """);

        Assert.Equal("digital PDF, 2 pages", truth.Medium);
        Assert.Equal(["line_items", "records"], truth.Tables.Keys.Order());
        Assert.Equal("description=Paint amount=45.50", string.Join(' ', truth.Tables["line_items"][1].Select(cell => $"{cell.Key}={cell.Value}")));
        Assert.Equal("claim_number=C-1 claim_paid=12.5", string.Join(' ', Assert.Single(truth.Tables["records"]).Select(cell => $"{cell.Key}={cell.Value}")));
    }

    [Theory]
    [InlineData("blank")]
    [InlineData("negative")]
    public void Read_BlankOrNegative_ReportsNothing(string kind) =>
        Assert.True(Read("form.pdf.gt.json", $$"""{"file":"form.pdf","kind":"{{kind}}"}""").ReportsNothing);

    [Fact]
    public void FindBelow_OnlyDocumentsThatAreThere()
    {
        Read("absent.pdf.gt.json", """{"file":"absent.pdf","core":{"vin":"V"}}""");
        Read("there.pdf.expected.json", """{"core":{"vin":"V"}}""");
        File.WriteAllText(Path.Combine(_folder.FullName, "there.pdf"), "%PDF");

        Assert.EndsWith("there.pdf", Assert.Single(GroundTruthFile.FindBelow(_folder.FullName)).Path, StringComparison.Ordinal);
    }

    private GroundTruth Read(string name, string json)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, json);
        return GroundTruthFile.Read(path);
    }
}
