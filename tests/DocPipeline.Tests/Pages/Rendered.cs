using System.Diagnostics;

namespace DocPipeline.Tests.Pages;

/// <summary>Pictures of text, made by rendering a PDF of the test's own.</summary>
internal static class Rendered
{
    public const string Letter = "Claim Number: HX-204417\nPolicyholder Name: Jane Example\nDate of Loss: 2026-01-05\nTotal Amount: 3,800.00\nDescription: water damage in the kitchen\nafter a burst pipe on the first floor";

    /// <summary><paramref name="how"/>: arguments of pdftoppm, such as <c>-png -r 150</c>.</summary>
    public static byte[] Picture(string how, string text = Letter) => Picture(how, MadePdf.OfText(text));

    public static byte[] Picture(string how, byte[] pdf)
    {
        var source = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(source, pdf);
            var start = new ProcessStartInfo("pdftoppm") { UseShellExecute = false, RedirectStandardOutput = true };
            foreach (var argument in how.Split(' ').Append(source))
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            using var picture = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(picture);
            process.WaitForExit();
            return picture.ToArray();
        }
        finally
        {
            File.Delete(source);
        }
    }
}
