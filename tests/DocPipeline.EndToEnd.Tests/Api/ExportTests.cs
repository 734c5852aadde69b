using System.Globalization;
using System.Text.Json;
using DocPipeline.Server.Export;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>Everything as one file.</summary>
public sealed class ExportTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_has_every_row_and_no_cell_that_a_spreadsheet_runs()
    {
        using var reply = await machine.Client.GetAsync("/api/v1/claims/export?format=csv&fields=claim_number,policyholder_name,total_amount,date_of_loss", Cancelled);
        var lines = (await reply.Content.ReadAsStringAsync(Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal("claims.csv", reply.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("claim_number,policyholder_name,date_of_loss,total_amount", lines[0]);
        Assert.Equal(
            await machine.Machine.ListAsync("SELECT claim_number || ',' || replace(policyholder_name, '=', '''=') || ',' || to_char(date_of_loss, 'YYYY-MM-DD') || ',' || total_amount FROM docpipeline.claims_v1 ORDER BY received_at DESC, submission_id DESC"),
            lines[1..]);
        Assert.Contains(lines, line => line.Contains("'=1+1", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Split(',').Any(cell => cell.StartsWith('=')));
    }

    [Fact]
    public async Task Json_lines_are_the_rows_of_the_list()
    {
        var lines = (await machine.Client.GetStringAsync("/api/v1/fields/export?format=jsonl&name=total_amount", Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var page = JsonDocument.Parse(await machine.Client.GetStringAsync("/api/v1/fields?name=total_amount&limit=1000", Cancelled));

        Assert.Equal(ApiMachine.Claims, lines.Length);
        Assert.All(lines.Zip(page.RootElement.GetProperty("items").EnumerateArray()), pair => Assert.True(JsonElement.DeepEquals(JsonElement.Parse(pair.First), pair.Second), pair.First));
    }

    [Fact]
    public async Task A_workbook_is_valid_and_has_values_and_no_formulas()
    {
        var bytes = await machine.Client.GetByteArrayAsync("/api/v1/claims/export?format=xlsx&state=accepted", Cancelled);
        using var stream = new MemoryStream(bytes);
        using var workbook = SpreadsheetDocument.Open(stream, isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(workbook, Cancelled).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var rows = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToDictionary(cell => cell.CellReference!.Value!.TrimEnd("0123456789".ToCharArray()))).ToList();
        var columns = rows[0].ToDictionary(cell => cell.Value.InnerText, cell => cell.Key);
        var claim = rows.Single(row => row[columns["claim_number"]].InnerText == "CL-42");
        Assert.Equal(await machine.Machine.QueryAsync<long>("SELECT count(*) + 1 FROM docpipeline.claims_v1 WHERE state = 'accepted'"), rows.Count);
        Assert.Equal("152", claim[columns["total_amount"]].CellValue!.Text);
        Assert.Equal("=1+1", claim[columns["policyholder_name"]].InlineString!.InnerText);
        Assert.Equal(
            await machine.Machine.QueryAsync<DateTime>("SELECT date_of_loss::timestamp FROM docpipeline.claims_v1 WHERE claim_number = 'CL-42'"),
            DateTime.FromOADate(double.Parse(claim[columns["date_of_loss"]].CellValue!.Text, CultureInfo.InvariantCulture)));
        Assert.Empty(workbook.WorkbookPart.WorksheetParts.Single().Worksheet.Descendants<CellFormula>());
    }

    [Fact]
    public void XlsxWriter_OddTextAndManyRows_IsKeptAndGoesOnOnAnotherSheet()
    {
        string[] texts = ["", " two  blanks ", "a\u0000b\u000b", "_x0041_", "line\nbreak", "<&>\"", "=cmd|'/c calc'!A0", "\ud83d\ude00", new string('x', 40_000)];
        using var file = new MemoryStream();
        using (var workbook = new XlsxWriter(file, "odd", ["text", "number"], rowsOfASheet: 6))
        {
            foreach (var text in texts)
            {
                workbook.BeginRow();
                workbook.Add(0, text);
                workbook.Add(1, 12345678901234567.89m);
                workbook.EndRow();
            }
        }

        file.Position = 0;
        using var read = SpreadsheetDocument.Open(file, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(read, Cancelled).Select(error => error.Description));
        Assert.Equal(["odd", "odd 2"], read.WorkbookPart!.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value!));
        var cells = read.WorkbookPart.Workbook.Descendants<Sheet>()
            .SelectMany(sheet => ((WorksheetPart)read.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet.Descendants<Row>().Skip(1))
            .Select(row => row.Elements<Cell>().First().InlineString!.Text!.Text).ToList();
        Assert.Equal(["", " two  blanks ", "a_x0000_b_x000B_", "_x005F_x0041_", "line\nbreak", "<&>\"", "=cmd|'/c calc'!A0", "\ud83d\ude00"], cells[..^1]);
        Assert.Equal((32_767, "xx [cut]"), (cells[^1].Length, cells[^1][^8..]));
    }

    [Fact]
    public async Task The_command_line_exports_the_same()
    {
        var file = Path.Combine(machine.Machine.Folder.FullName, "claims.xlsx");

        var xlsx = await machine.Machine.RunAsync("export", "--format", "xlsx", "--out", file);
        var nowhere = await machine.Machine.RunAsync("export", "--format", "xlsx");
        var csv = await machine.Machine.RunAsync("export", "--format", "csv");

        Assert.True(xlsx.ExitCode == 0, xlsx.Errors);
        using (var workbook = SpreadsheetDocument.Open(file, isEditable: false))
        {
            Assert.Equal(csv.Lines.Count, workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Count());
        }

        Assert.Equal(2, nowhere.ExitCode);
        Assert.Equal(await machine.Client.GetStringAsync("/api/v1/claims/export?format=csv&state=accepted,reviewed", Cancelled), csv.Output);
    }
}
