using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>Another way of reading beside the live one changes nothing but the report about it.</summary>
public sealed class CompareServedTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    private static readonly string[] Files = ["insurance-card.png", "claim-form-fax.tif", "claim-email.txt"];

    [Fact]
    public async Task Claims_and_files_are_the_same_byte_for_byte_and_the_report_tells_the_difference()
    {
        // 1. Without.
        var folder = machine.Folder.CreateSubdirectory("some");
        foreach (var file in Files)
        {
            File.Copy(Path.Combine(ServerMachine.Samples, file), Path.Combine(folder.FullName, file));
        }

        var run = await machine.RunAsync("serve", "--drop", folder.FullName, "--exit");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var before = await StoredThings.OfAsync(machine);

        // 2. With: the same claims are compared while the server does nothing else.
        await using var service = new StubService { Otherwise = static _ => TextractDouble.Page("Claim Number: ZX-40017", "Policy Number: PN-88123") };
        var settings = new Dictionary<string, string?>(machine.Settings)
        {
            ["DOCPIPELINE_COMPARE_WITH"] = $"READERS=textract,tesseract;TEXTRACT_ENDPOINT={service.Address}",
            ["DOCPIPELINE_COMPARE_SHARE"] = "1",
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
        };
        await using (var program = ServerProgram.Start(settings, "serve"))
        {
            await Eventually.IsTrueAsync(
                async () => await machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.comparison WHERE done_at IS NOT NULL") == Files.Length, "all are compared", TimeSpan.FromSeconds(60));
            await program.StopAsync();
        }

        // 3. Nothing that a claim consists of has changed.
        Assert.Equal(before, await StoredThings.OfAsync(machine));

        // 4. What differs, and what it cost, from its own purse.
        var report = JsonDocument.Parse(Assert.Single((await machine.RunAsync("compare", "--json", "--differences", "50")).Lines)).RootElement;
        Assert.Equal((3, 3), (report.GetProperty("compared").GetInt32(), report.GetProperty("pages").GetInt32()));
        Assert.Equal(service.Requests.Count * 6, report.GetProperty("words_other").GetInt32());
        Assert.True(report.GetProperty("fields_same").GetInt32() > 0, "The text file reads the same.");
        Assert.Contains(report.GetProperty("differences").EnumerateArray(), difference => difference.GetProperty("other").GetString() == "ZX-40017");
        var cost = report.GetProperty("costs").GetProperty("comparisons");
        Assert.Equal((service.Requests.Count, 0.0015m * service.Requests.Count), (cost.GetProperty("calls").GetInt32(), cost.GetProperty("usd").GetDecimal()));
        Assert.Equal(3, service.Requests.Count);
        Assert.Equal(0L, await machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.provider_day WHERE purse = 'claims'"));
        Assert.Equal(0, (await machine.RunAsync("check", "--files")).ExitCode);
    }
}
