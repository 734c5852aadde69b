using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace DocPipeline.Pages.Pdf;

/// <summary>
/// The letters that stand in for fonts that a PDF file may name without bringing them. <c>fonts.conf</c> says which; where they are not installed, pages are drawn
/// all the same: with words that run together, and ticked boxes that look empty.
/// </summary>
public sealed partial class StandInFonts(IOptions<PageOptions> options, TimeProvider time)
{
    private const int MaxTable = 1 << 20;

    /// <summary>By the name in the PDF file, the start of that of the family that stands in.</summary>
    private static readonly (string Named, string Family)[] Expected =
    [
        ("Helvetica", "Liberation Sans"), ("Times-Roman", "Liberation Serif"), ("Courier", "Liberation Mono"), ("ZapfDingbats", "DejaVu Sans"), ("Symbol", "DejaVu Sans"),
    ];

    private readonly LimitedProgram _programs = new(options.Value, time);

    /// <returns>Families that should stand in and do not, because they are not installed.</returns>
    /// <exception cref="InvalidOperationException">Poppler is not installed, or does not say.</exception>
    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellationToken)
    {
        var said = await _programs.RunAsync("pdffonts", ["-subst", Path.Combine(AppContext.BaseDirectory, "fonts.pdf")], MaxTable, cancellationToken);
        var standIns = Row().Matches(Encoding.UTF8.GetString(said.Output.Span)).ToDictionary(row => row.Groups["named"].Value, row => row.Groups["family"].Value, StringComparer.Ordinal);
        return standIns.Count == 0
            ? throw new InvalidOperationException($"'pdffonts' does not say which fonts stand in. {said.Errors}".TrimEnd())
            : [.. Expected.Where(font => standIns.GetValueOrDefault(font.Named)?.StartsWith(font.Family, StringComparison.Ordinal) != true).Select(font => font.Family).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^(?<named>\S+) +\[none\] +(?<family>\S+(?: \S+)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
