using System.Text.RegularExpressions;

namespace DocPipeline.Functions.Tests.Files;

/// <summary>What can be said of infra/aws without its provider: syntax, format, and that every name is declared and used.</summary>
public sealed partial class TerraformTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "infra", "aws");

    private static readonly string Text = string.Join('\n', Directory.EnumerateFiles(Folder, "*.tf").Select(File.ReadAllText));

    [Fact]
    public async Task Terraform_understands_the_files_and_finds_their_format_right()
    {
        Assert.SkipUnless(Programs.IsHere("terraform"), "terraform is not on this machine.");

        Assert.Equal((0, ""), await CheckAsync(Folder));
    }

    [Fact]
    public async Task Terraform_complains_about_a_file_that_is_wrong()
    {
        Assert.SkipUnless(Programs.IsHere("terraform"), "terraform is not on this machine.");
        var folder = Directory.CreateTempSubdirectory("docpipeline-terraform-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "main.tf"), Text + "\nresource \"aws_s3_bucket\" {{\n", TestContext.Current.CancellationToken);

        Assert.NotEqual(0, (await CheckAsync(folder.FullName)).Code);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_variable_is_declared_and_used()
    {
        var declared = Variable().Matches(Text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        var used = VariableUse().Matches(Text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(declared, used);
    }

    [Fact]
    public void Every_resource_that_is_referred_to_is_there()
    {
        var declared = Block().Matches(Text).Select(match => $"{(match.Groups[1].Value == "data" ? "data." : "")}{match.Groups[2].Value}.{match.Groups[3].Value}").ToHashSet();
        var missing = Reference().Matches(Text).Select(match => match.Value).Where(reference => !declared.Contains(reference)).Distinct();

        Assert.Empty(missing);
    }

    private static async Task<(int Code, string Said)> CheckAsync(string folder)
    {
        var (code, said) = await Programs.RunAsync("terraform", ["fmt", "-check", "-no-color", folder], ("TF_CLI_CONFIG_FILE", "/dev/null"), ("CHECKPOINT_DISABLE", "1"));
        return (code, said);
    }

    [GeneratedRegex("""^variable "(\w+)" """, RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\bvar\.(\w+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableUse();

    [GeneratedRegex("""^(resource|data) "(\w+)" "(\w+)" """, RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\b(?:data\.)?aws_[a-z0-9_]+\.[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
