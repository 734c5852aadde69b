using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DocPipeline.Server.Export;

/// <summary>
/// A workbook, row by row. The sheets are written by the Open XML SDK's writer straight into the ZIP file: the SDK's own package keeps each sheet in memory
/// until it is closed. Text is never a formula, whatever it begins with: it stands in the cell as text, not as a value to be interpreted.
/// </summary>
internal sealed partial class XlsxWriter : IDisposable
{
    /// <summary>What a sheet can hold, the headings included.</summary>
    public const int RowsOfASheet = 1_048_576;

    /// <summary>What a cell can hold.</summary>
    private const int LongestText = 32_767;

    /// <summary>Digits that a spreadsheet keeps of a number; one with more of them is written as text.</summary>
    private const int DigitsOfANumber = 15;

    private const string Cut = " [cut]";
    private const uint DateStyle = 1;
    private const uint TimeStyle = 2;

    private static readonly DateTime DayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Before this day spreadsheets count a 29 February 1900 that never was.</summary>
    private static readonly DateTime FirstDay = new(1900, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ZipArchive _zip;
    private readonly string _name;
    private readonly IReadOnlyList<string> _headings;
    private readonly int _rowsOfASheet;
    private readonly string[] _columns;
    private OpenXmlWriter? _sheet;
    private Stream? _part;
    private int _sheets;
    private uint _row;

    /// <param name="output">Is written synchronously, and left open.</param>
    /// <param name="rowsOfASheet">Then another sheet begins.</param>
    public XlsxWriter(Stream output, string name, IReadOnlyList<string> headings, int rowsOfASheet = RowsOfASheet)
    {
        (_zip, _name, _headings, _rowsOfASheet) = (new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true), name, headings, rowsOfASheet);
        _columns = [.. Enumerable.Range(0, headings.Count).Select(ColumnName)];
        BeginSheet();
    }

    public void BeginRow()
    {
        if (_row == _rowsOfASheet)
        {
            EndSheet();
            BeginSheet();
        }

        _sheet!.WriteStartElement(new Row { RowIndex = ++_row });
    }

    public void EndRow() => _sheet!.WriteEndElement();

    public void Add(int column, decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        if (text.Count(char.IsAsciiDigit) > DigitsOfANumber)
        {
            Add(column, text);
            return;
        }

        Write(column, new Cell { CellValue = new CellValue(text) });
    }

    public void Add(int column, DateOnly date) => Add(column, date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), DateStyle, "yyyy-MM-dd");

    /// <param name="time">In UTC.</param>
    public void Add(int column, DateTime time) => Add(column, time, TimeStyle, "yyyy-MM-dd HH:mm:ss");

    public void Add(int column, string text) =>
        Write(column, new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Storable(text)) { Space = SpaceProcessingModeValues.Preserve }) });

    public void Dispose()
    {
        EndSheet();
        WritePart("xl/styles.xml", writer => writer.WriteElement(Styles()));
        WritePart("xl/workbook.xml", writer => writer.WriteElement(new Workbook(new Sheets(
            Enumerable.Range(1, _sheets).Select(sheet => new Sheet { Name = SheetName(sheet), SheetId = (uint)sheet, Id = $"rId{sheet}" })))));
        WriteText(
            "xl/_rels/workbook.xml.rels",
            $"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(Enumerable.Range(1, _sheets).Select(sheet => $"""<Relationship Id="rId{sheet}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{sheet}.xml"/>"""))}<Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""");
        WriteText(
            "_rels/.rels",
            """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        WriteText(
            "[Content_Types].xml",
            $"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{string.Concat(Enumerable.Range(1, _sheets).Select(sheet => $"""<Override PartName="/xl/worksheets/sheet{sheet}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""))}</Types>""");
        _zip.Dispose();
    }

    private void Add(int column, DateTime time, uint style, string format)
    {
        if (time < FirstDay)
        {
            Add(column, time.ToString(format, CultureInfo.InvariantCulture));
            return;
        }

        Write(column, new Cell { StyleIndex = style, CellValue = new CellValue((time - DayZero).TotalDays.ToString("R", CultureInfo.InvariantCulture)) });
    }

    private void Write(int column, Cell cell)
    {
        cell.CellReference = _columns[column] + _row.ToString(CultureInfo.InvariantCulture);
        _sheet!.WriteElement(cell);
    }

    private void BeginSheet()
    {
        _sheets++;
        _row = 0;
        _part = _zip.CreateEntry($"xl/worksheets/sheet{_sheets}.xml", CompressionLevel.Fastest).Open();
        _sheet = OpenXmlWriter.Create(_part, Encoding.UTF8);
        _sheet.WriteStartDocument();
        _sheet.WriteStartElement(new Worksheet());
        _sheet.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        _sheet.WriteStartElement(new SheetData());
        BeginRow();
        for (var i = 0; i < _headings.Count; i++)
        {
            Add(i, _headings[i]);
        }

        EndRow();
    }

    private void EndSheet()
    {
        _sheet!.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.Close();
        _part!.Dispose();
    }

    private void WritePart(string path, Action<OpenXmlWriter> write)
    {
        using var part = _zip.CreateEntry(path).Open();
        using var writer = OpenXmlWriter.Create(part, Encoding.UTF8);
        writer.WriteStartDocument();
        write(writer);
    }

    private void WriteText(string path, string text)
    {
        using var part = _zip.CreateEntry(path).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }

    private string SheetName(int sheet) => sheet == 1 ? _name : $"{_name} {sheet}";

    /// <summary>A, B ... Z, AA ...</summary>
    private static string ColumnName(int column) => (column < 26 ? "" : ColumnName(column / 26 - 1)) + (char)('A' + column % 26);

    /// <summary>Characters that XML cannot have are escaped as spreadsheets do it, and so is text that looks like such an escape.</summary>
    private static string Storable(string text)
    {
        var whole = Escape().Replace(text, "_x005F$0");
        if (whole.Any(character => !XmlConvert.IsXmlChar(character) && !char.IsSurrogate(character)))
        {
            whole = string.Concat(whole.Select(character => XmlConvert.IsXmlChar(character) || char.IsSurrogate(character) ? character.ToString() : $"_x{(int)character:X4}_"));
        }

        return whole.Length <= LongestText ? whole : whole[..(LongestText - Cut.Length)] + Cut;
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" }, new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy-mm-dd hh:mm:ss" }),
        new Fonts(new Font()),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true }, new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
