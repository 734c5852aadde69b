using System.Text.Json;
using DocPipeline.Samples.Catalogue;

namespace DocPipeline.Samples.Tests;

public sealed class SampleFolderTests
{
    private static readonly string[] Vocabulary =
    [
        "claim_number", "policy_number", "insurer", "report_number", "invoice_number", "document_date", "policyholder_name", "policyholder_address", "policyholder_phone", "policyholder_email",
        "insured_name", "insured_address", "insured_phone", "insured_birth_date", "claimant_name", "claimant_phone", "claimant_email", "patient_name", "patient_address", "patient_phone",
        "patient_birth_date", "patient_sex", "patient_id", "member_id", "group_number", "date_of_loss", "time_of_loss", "loss_location", "loss_description", "cause_of_loss", "property_address",
        "vin", "license_plate", "vehicle_year", "vehicle_make", "vehicle_model", "mileage", "provider", "doctor", "referring_provider", "federal_tax_id", "admission_date", "discharge_date",
        "treatment_date", "diagnosis", "diagnosis_codes", "subtotal", "tax", "total_amount", "amount_paid", "balance_due", "deductible", "currency", "policy_effective_from",
        "policy_effective_to", "line_items", "service_lines", "records",
    ];

    [Fact]
    public void The_committed_samples_are_what_the_generator_writes()
    {
        Assert.SkipUnless(Poppler(), "pdftoppm is not installed: apt install poppler-utils");

        // Pictures depend on the machine's fonts.
        var differences = SampleFolder.Differences(Committed()).Where(name => !name.EndsWith(".png", StringComparison.Ordinal) && !name.EndsWith(".jpg", StringComparison.Ordinal)
            && !name.EndsWith(".tif", StringComparison.Ordinal) && !name.EndsWith("-scan.pdf", StringComparison.Ordinal));

        Assert.Empty(differences);
    }

    [Fact]
    public void Every_expectation_speaks_the_vocabulary()
    {
        foreach (var file in Directory.GetFiles(Committed(), "*.expected.json"))
        {
            using var expected = JsonDocument.Parse(File.ReadAllText(file));
            var core = expected.RootElement.GetProperty("core");
            Assert.All(core.EnumerateObject(), field => Assert.Contains(field.Name, Vocabulary));
            Assert.True(File.Exists(Path.Combine(Committed(), expected.RootElement.GetProperty("file").GetString()!)));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_documents_whatever_the_count()
    {
        var (few, many) = (Directory.CreateTempSubdirectory("docpipeline-few-"), Directory.CreateTempSubdirectory("docpipeline-many-"));
        try
        {
            RandomFolder.Write(new RandomRequest(77, 20, few.FullName, "clean", null, "mixed"));
            RandomFolder.Write(new RandomRequest(77, 40, many.FullName, "clean", null, "mixed"));

            Assert.Equal(80, many.GetFiles().Length);
            Assert.All(few.GetFiles(), file => Assert.Equal(File.ReadAllBytes(file.FullName), File.ReadAllBytes(Path.Combine(many.FullName, file.Name))));
        }
        finally
        {
            few.Delete(recursive: true);
            many.Delete(recursive: true);
        }
    }

    private static bool Poppler() => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "pdftoppm")));

    private static string Committed()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DocPipeline.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("No DocPipeline.sln above the tests."), "samples");
    }
}
