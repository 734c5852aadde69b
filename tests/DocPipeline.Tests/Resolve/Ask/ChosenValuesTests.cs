using DocPipeline.Documents;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;

namespace DocPipeline.Tests.Resolve.Ask;

/// <summary>Money and names are not a model's to choose.</summary>
public sealed class ChosenValuesTests
{
    private static readonly ModelChoice By = new("scripted", "small", "0");

    [Theory]
    [InlineData("total_amount", "1080.00", "9999.00")]
    [InlineData("provider", "Lakeside Garage", "Mallory Holdings")]
    [InlineData("currency", "USD", "KWD")]
    [InlineData("patient_name", "Martha Example", "Mallory Example")]
    public void Without_a_witness_the_readers_value_stands_and_the_models_is_a_suggestion(string field, string standing, string chosen)
    {
        var document = Choose([Resolved((field, standing, false))], field, chosen)[0];

        Assert.Equal((standing, null), (document[field]!.Value, document[field]!.ChosenBy));
        Assert.Equal(chosen, document[field]!.Alternatives[0].Value);
        Assert.Equal("model-suggests", Assert.Single(document.Findings).Rule);
    }

    [Fact]
    public void Without_a_value_of_the_reader_a_models_amount_is_a_suggestion_only()
    {
        var document = Choose([Resolved()], "total_amount", "9999.00")[0];

        Assert.Null(document["total_amount"]);
        Assert.Contains("9999.00", Assert.Single(document.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_that_the_reader_accepted_are_a_witness_and_still_nothing_is_accepted()
    {
        var document = Choose([Resolved(("subtotal", "1000.00", true), ("tax", "80.00", true), ("total_amount", "1000.00", false))], "total_amount", "1080.00")[0];

        Assert.Equal(("1080.00", false, By), (document["total_amount"]!.Value, document["total_amount"]!.Accepted, document["total_amount"]!.ChosenBy));
        Assert.Equal("1000.00", document["total_amount"]!.Alternatives[0].Value);
    }

    [Fact]
    public void Amounts_that_nobody_accepted_are_no_witness()
    {
        var document = Choose([Resolved(("subtotal", "9000.00", false), ("tax", "999.00", false), ("total_amount", "1080.00", false))], "total_amount", "9999.00")[0];

        Assert.Equal("1080.00", document["total_amount"]!.Value);
    }

    [Fact]
    public void The_same_value_accepted_on_another_document_is_a_witness()
    {
        var documents = Choose([Resolved(("provider", "Lakesde Garag", false)), Resolved(("provider", "Lakeside Garage", true))], "provider", "Lakeside Garage");

        Assert.Equal(("Lakeside Garage", false), (documents[0]["provider"]!.Value, documents[0]["provider"]!.Accepted));
    }

    [Fact]
    public void What_the_reader_accepted_stays()
    {
        var document = Choose([Resolved(("policy_number", "PL-88-4410", true))], "policy_number", "HACK-1")[0];

        Assert.Equal(("PL-88-4410", true, null), (document["policy_number"]!.Value, document["policy_number"]!.Accepted, document["policy_number"]!.ChosenBy));
        Assert.Single(document.Findings);
    }

    [Fact]
    public void Agreement_of_the_model_raises_no_confidence()
    {
        var before = Resolved(("policy_number", "PL-88-4410", false));
        var document = Choose([before], "policy_number", "PL-88-4410")[0];

        Assert.Equal((before["policy_number"]!.Confidence, false, By), (document["policy_number"]!.Confidence, document["policy_number"]!.Accepted, document["policy_number"]!.ChosenBy));
    }

    private static IReadOnlyList<ResolvedDocument> Choose(IReadOnlyList<ResolvedDocument> documents, string field, string chosen)
    {
        var extracted = documents.Select(document => Values.Document("invoice")).ToList();
        var question = new OpenQuestion(0, field, Doubt.CloseCandidates, [], []);
        var answer = new Grounded(question, Values.Candidate(field, chosen, 0.4, support: null), null);
        return new ChosenValues(Calibration.Shipped, extracted, new(documents, [], [])).Apply([(answer, By)]);
    }

    private static ResolvedDocument Resolved(params (string Name, string Value, bool Accepted)[] fields) => new(
        "invoice", 0.9, [1],
        [.. fields.Select(field => new Field(field.Name, field.Value, field.Accepted ? 0.99 : 0.6, field.Accepted, Values.Candidate(field.Name, field.Value, 1, null).Evidence, []))], [], []);
}
