using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Cli;

/// <summary><c>extract --html</c>: the page that shows where every value was read.</summary>
public sealed partial class EvidencePageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-e2e-html-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_value_is_linked_with_a_box_on_the_picture_of_its_page()
    {
        var page = await PageOfAsync(Path.Combine(ServerMachine.Samples, "packet.pdf"));

        Assert.Equal(6, Pictures().Count(page));
        var boxes = Targets("box").Matches(page).Select(match => match.Groups["number"].Value).ToList();
        var values = Targets("value").Matches(page).Select(match => match.Groups["number"].Value).ToList();
        Assert.True(values.Count > 30, $"Only {values.Count} values are shown.");
        Assert.Equal(boxes.Distinct(), boxes);
        Assert.Subset(boxes.ToHashSet(), Links("box").Matches(page).Select(match => match.Groups["number"].Value).ToHashSet());
        Assert.Subset(boxes.ToHashSet(), values.ToHashSet());
        Assert.All(Rectangles().Matches(page), rectangle => Assert.All(rectangle.Groups.Values.Skip(1), edge => Assert.InRange(double.Parse(edge.Value, System.Globalization.CultureInfo.InvariantCulture), -5, 1005)));

        // What a person came for: the documents, the values with their certainty, and what is wrong.
        Assert.Contains("police report", page, StringComparison.Ordinal);
        Assert.Contains("documents-contradict", page, StringComparison.Ordinal);
        Assert.Matches("<td>\\d\\d%", page);
    }

    [Fact]
    public async Task The_page_loads_nothing_and_runs_nothing_but_what_its_policy_names()
    {
        var page = await PageOfAsync(Path.Combine(ServerMachine.Samples, "insurance-card.png"));

        var policy = WebUtility.HtmlDecode(Policy().Match(page).Groups["policy"].Value);
        Assert.StartsWith("default-src 'none'; img-src data:;", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Hash(Assert.Single(Styles().Matches(page)))}'", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{Hash(Assert.Single(Scripts().Matches(page)))}'", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("""(src|href)="(?!data:image/jpeg|#)""", page);
        Assert.DoesNotMatch("(?i)https?:|@import|url\\(|<[a-z]+[^>]*\\s(on[a-z]+|style)=", page);
    }

    [Fact]
    public async Task Markup_in_a_document_and_in_its_name_is_shown_and_never_obeyed()
    {
        const string attack = """<script>alert(1)</script><img src=x onerror="alert(2)"></bdi></table></title></style>'&amp;""";
        var file = Path.Combine(_folder.FullName, "<svg onload=alert(3)> & \"claim\".txt");
        await File.WriteAllTextAsync(
            file,
            $"""
            AUTOMOBILE CLAIM FORM

            Claim Number: HX-204417
            Policyholder Name: Jane Example
            Date of Loss: 01/25/2026
            Description of Accident: {attack} and hit a wall
            """,
            TestContext.Current.CancellationToken);

        var page = await PageOfAsync(file);

        // It is there, as text: a page that leaves it out proves nothing.
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<h1>&lt;svg onload=alert(3)&gt; &amp; &quot;claim&quot;.txt</h1>", page, StringComparison.Ordinal);
        Assert.Single(Scripts().Matches(page));
        Assert.Equal(1, Regex.Count(page, "(?i)<script", RegexOptions.None, TimeSpan.FromSeconds(10)));
        Assert.Equal(1, Regex.Count(page, "(?i)<img", RegexOptions.None, TimeSpan.FromSeconds(10)));
        Assert.Equal(1, Regex.Count(page, "(?i)</title>\n", RegexOptions.None, TimeSpan.FromSeconds(10)));
        Assert.DoesNotMatch("(?i)<[a-z]+[^>]*\\son[a-z]+=", page);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_has_a_page_that_says_why()
    {
        var page = await PageOfAsync(Path.Combine(ServerMachine.Samples, "claim-form-locked.pdf"), exitCode: 1);

        Assert.Contains("password", page, StringComparison.Ordinal);
        Assert.Contains("rejected", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_two_files_or_over_the_document_itself_makes_no_sense()
    {
        var document = Path.Combine(_folder.FullName, "claim.txt");
        await File.WriteAllTextAsync(document, "Claim Number: HX-204417", TestContext.Current.CancellationToken);

        var over = await RunAsync("extract", document, "--html", document);
        var two = await RunAsync("extract", document, document, "--html", Path.Combine(_folder.FullName, "page.html"));

        Assert.Equal([2, 2], [over.ExitCode, two.ExitCode]);
        Assert.Equal("Claim Number: HX-204417", await File.ReadAllTextAsync(document, TestContext.Current.CancellationToken));
        Assert.Single(_folder.GetFiles());
    }

    private async Task<string> PageOfAsync(string file, int exitCode = 0)
    {
        var page = Path.Combine(_folder.FullName, "page.html");
        var run = await RunAsync("extract", file, "--html", page);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Errors));
        return await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
    }

    private static async Task<Finished> RunAsync(params string[] arguments)
    {
        await using var program = ServerProgram.Start([], arguments);
        return await program.EndAsync();
    }

    private static string Hash(Match element) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.Groups["content"].Value)))}";

    private static Regex Targets(string kind) => new($" id=\"{kind}-(?<number>[0-9]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    private static Regex Links(string kind) => new($" href=\"#{kind}-(?<number>[0-9]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    [GeneratedRegex("""<img alt="Page [0-9]+" src="data:image/jpeg;base64,/9j/""", RegexOptions.None, 10_000)]
    private static partial Regex Pictures();

    [GeneratedRegex("""<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/>""", RegexOptions.None, 10_000)]
    private static partial Regex Rectangles();

    [GeneratedRegex("""http-equiv="Content-Security-Policy" content="(?<policy>[^"]*)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Policy();

    [GeneratedRegex("<style>(?<content>.*?)</style>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Styles();

    [GeneratedRegex("<script>(?<content>.*?)</script>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Scripts();
}
