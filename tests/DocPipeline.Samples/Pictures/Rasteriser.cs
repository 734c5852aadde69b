using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Pictures;

/// <summary>Sheets to pictures, by poppler's pdftoppm.</summary>
internal static class Rasteriser
{
    public static IReadOnlyList<GrayImage> Render(IReadOnlyList<Sheet> sheets, int dotsPerInch)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-render-");
        var pdf = Path.Combine(folder.FullName, "sheets.pdf");
        try
        {
            File.WriteAllBytes(pdf, PdfFile.Write(sheets));
            return [.. Enumerable.Range(1, sheets.Count).Select(page => RenderPage(pdf, page, dotsPerInch))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static GrayImage RenderPage(string pdf, int page, int dotsPerInch)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("pdftoppm", ["-gray", "-r", dotsPerInch.ToString(CultureInfo.InvariantCulture), "-f", number, "-l", number, pdf]) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("pdftoppm did not start.");
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return process.ExitCode == 0 ? Parse(output.ToArray()) : throw new InvalidOperationException($"pdftoppm ended with code {process.ExitCode}.");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("The program pdftoppm is missing. Install it: apt install poppler-utils", missing);
        }
    }

    // A binary PGM: "P5\nWIDTH HEIGHT\n255\n" and the pixels.
    private static GrayImage Parse(byte[] pgm)
    {
        var fields = new List<string>();
        var at = 0;
        while (fields.Count < 4)
        {
            var end = Array.FindIndex(pgm, at, b => b is (byte)' ' or (byte)'\n');
            fields.Add(Encoding.ASCII.GetString(pgm, at, end - at));
            at = end + 1;
        }

        return new GrayImage(int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture), pgm[at..]);
    }
}
