using Amazon.Runtime;
using DocPipeline.Aws.Textract;
using DocPipeline.Aws.Wire;
using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Resolve;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>What the real service said of a receipt, from the wire to what it is worth.</summary>
public sealed class RecordedWitnessTests
{
    [Fact]
    public async Task Fields_of_a_recorded_receipt_are_witnesses_of_what_our_own_reader_makes_of_its_words()
    {
        await using var service = new StubService().Answers(StubReply.Json(Recordings.Bytes("textract", "analyze-expense.receipt.json")));
        var engine = new TextractEngine(new TextractClient(
            new AwsAccess("us-east-1") { Endpoint = service.Address, Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "not-a-secret") }, new() { Operation = TextractOperation.AnalyzeExpense }));
        var reading = await engine.ReadAsync(new PagePicture(1, 300, 800, "image/jpeg", new byte[] { 1 }), TestContext.Current.CancellationToken);

        var document = new DocumentExtractor(TimeProvider.System).Extract(
            new("receipt", 0.9, [1]), [reading.Layout.Page], new SeenByServices([new($"textract {reading.Usage.Model}", reading.Layout)], []));
        var resolved = new ClaimResolver(Calibration.Shipped, new ResolveOptions()).Resolve([document]).Documents[0];

        Assert.Equal(
            ["subtotal=1699.96", "tax=110.50", "total_amount=1810.46"],
            document.Statements.Where(statement => statement is { Names: true, StandsOnPage: true } && statement.Field is "subtotal" or "tax" or "total_amount").Select(statement => $"{statement.Field}={statement.Says.Value}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(("1810.46", "textract AnalyzeExpense"), (resolved["total_amount"]!.Value, Assert.Single(resolved["total_amount"]!.Evidence.Witnesses!)));
        Assert.DoesNotContain(resolved.Fields, field => field.Accepted && field.Alternatives.Any(choice => choice.SaidBy is not null));
    }
}
