namespace DocPipeline.Functions.Tests.Files;

public sealed class ContainerTests
{
    private const string Linter = "dockerfile-utils@0.16.3";

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "container"), "Dockerfile*").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_linter_finds_nothing(string file)
    {
        await RequireLinterAsync();

        Assert.Equal(0, (await LintAsync(Path.Combine(Repository.Root, "infra", "container", file))).Code);
    }

    [Fact]
    public async Task The_linter_finds_what_is_wrong()
    {
        await RequireLinterAsync();
        var wrong = Path.GetTempFileName();
        await File.WriteAllTextAsync(wrong, "FROM debian:12-slim\nRUNN true\n", TestContext.Current.CancellationToken);

        Assert.NotEqual(0, (await LintAsync(wrong)).Code);
        File.Delete(wrong);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_image_runs_as_nobody_in_particular_and_keeps_each_reader_to_one_core(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "infra", "container", file));

        Assert.Equal("USER 10001:10001", Assert.Single(lines, line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("OMP_THREAD_LIMIT=1", StringComparison.Ordinal));
        foreach (var package in new[] { "tesseract-ocr", "tesseract-ocr-eng", "poppler-utils", "util-linux" })
        {
            Assert.Contains(lines, line => line.Split(' ').Contains(package));
        }
    }

    [Fact]
    public async Task Compose_understands_its_file_and_the_server_can_write_nowhere_but_to_its_volume()
    {
        Assert.SkipUnless(
            Programs.IsHere("docker") && (await Programs.RunAsync("docker", ["compose", "version"])).Code == 0, "docker compose is not on this machine.");

        var (code, said) = await Programs.RunAsync("docker", ["compose", "--file", "infra/container/compose.yaml", "config", "--format", "json"]);

        Assert.True(code == 0, said);
        var services = System.Text.Json.JsonElement.Parse(said[said.IndexOf('{')..]).GetProperty("services");
        foreach (var name in new[] { "server", "migrate" })
        {
            Assert.True(services.GetProperty(name).GetProperty("read_only").GetBoolean());
            Assert.Equal("ALL", services.GetProperty(name).GetProperty("cap_drop")[0].GetString());
        }
    }

    private static async Task RequireLinterAsync() => Assert.SkipUnless(
        Programs.IsHere("npm") && (await Programs.RunAsync("npm", ["exec", "--yes", $"--package={Linter}", "--", "dockerfile-utils", "--help"])).Code == 0,
        $"{Linter} cannot be had: no npm, or no package registry.");

    private static Task<(int Code, string Said)> LintAsync(string path) => Programs.RunAsync("npm", ["exec", "--yes", $"--package={Linter}", "--", "dockerfile-utils", "lint", path]);
}
