using DocPipeline.Providers;

namespace DocPipeline.LanguageModels.Tests;

public sealed class AnswerSchemaTests
{
    private const string Schema =
        """{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"type":"array","items":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["x","y"]},"n":{"type":"integer"}}}}}}""";

    [Theory]
    [InlineData("""{"a":[]}""", null)]
    [InlineData("""{"a":[{"kind":"x","n":3},{"kind":"y"}]}""", null)]
    [InlineData("""{"a":[{"kind":"x","n":3.5}]}""", "$.a[0].n is no integer")]
    [InlineData("""{"a":[{"kind":"z"}]}""", "$.a[0].kind is none of the allowed values")]
    [InlineData("""{"a":[{"n":1}]}""", "$.a[0].kind is missing")]
    [InlineData("""{"a":{}}""", "$.a is no array")]
    [InlineData("""{"b":[],"a":[]}""", "$ has a member that is not asked for")]
    [InlineData("""[]""", "$ is no object")]
    [InlineData("""{"a":[]} and more""", "$ is not JSON")]
    public void Fault_Answer_SaysWhereAndHow(string answer, string? fault) => Assert.Equal(fault, AnswerSchema.Fault(answer, Schema));

    [Fact]
    public void Fault_UnknownKeyword_IsRefused() => Assert.Throws<ArgumentException>(() => AnswerSchema.Fault("1", """{"type":"integer","maximum":3}"""));
}
