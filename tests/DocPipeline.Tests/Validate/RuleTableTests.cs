using DocPipeline.Validate;

namespace DocPipeline.Tests.Validate;

/// <summary>The README's table of rules says what the code does.</summary>
public sealed class RuleTableTests
{
    public static TheoryData<string> Codes => [.. Claims.Validator.Rules.Select(rule => rule.Code)];

    [Fact]
    public void The_table_has_every_rule_once_in_the_order_of_importance() =>
        Assert.Equal(Claims.Validator.Rules.Select(rule => rule.Code), Rows().Select(row => row.Code));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_row_gives_severity_meaning_and_a_true_example(string code)
    {
        var rule = Claims.Validator.Rules.Single(rule => rule.Code == code);
        var example = rule.Check(RuleExamples.ByCode[code]).First().Finding;

        Assert.Equal(new Row(code, rule.Severity.ToString().ToLowerInvariant(), rule.Meaning, example.Message), Rows().Single(row => row.Code == code));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_finding_carries_code_severity_and_evidence_of_its_rule(string code)
    {
        var rule = Claims.Validator.Rules.Single(rule => rule.Code == code);

        foreach (var finding in rule.Check(RuleExamples.ByCode[code]).Select(placed => placed.Finding))
        {
            Assert.Equal((code, rule.Severity), (finding.Rule, finding.Severity));
            Assert.True(finding.Evidence.Count > 0 || code is "not-a-claim" or "blank-form" or "document-type-unknown" or "required-field-missing" or "unreadable-page" or "unclassified-pages" or "low-coverage" or "reader-fell-back");
        }
    }

    [Fact]
    public void Codes_are_kebab_case_and_unique()
    {
        var codes = Claims.Validator.Rules.Select(rule => rule.Code).ToList();

        Assert.All(codes, code => Assert.Matches("^[a-z]+(-[a-z]+)+$", code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    private static List<Row> Rows() =>
    [
        .. File.ReadAllLines(Path.Combine(Root(), "src", "DocPipeline", "Validate", "README.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Row(cells[0].Trim('`'), cells[1], cells[2], cells[3])),
    ];

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "DocPipeline.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No DocPipeline.sln above the tests.");
        }

        return directory.FullName;
    }

    private sealed record Row(string Code, string Severity, string Meaning, string Example);
}
