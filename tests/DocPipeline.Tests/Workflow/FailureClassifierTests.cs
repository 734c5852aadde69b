using DocPipeline.Documents;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Tests.Workflow;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.SerializationFailure, FailureKind.Transient)]
    [InlineData(PostgresErrorCodes.AdminShutdown, FailureKind.Transient)]
    [InlineData(PostgresErrorCodes.TooManyConnections, FailureKind.Transient)]
    [InlineData(PostgresErrorCodes.QueryCanceled, FailureKind.Transient)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, FailureKind.Transient)]
    [InlineData(PostgresErrorCodes.UniqueViolation, FailureKind.Bug)]
    [InlineData(PostgresErrorCodes.UndefinedTable, FailureKind.Bug)]
    public void Classify_AnswerOfPostgres_IsTransientWhereItMayBeAnotherOneLater(string sqlState, FailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.Classify(new PostgresException("No.", "ERROR", "ERROR", sqlState)).Kind);

    [Fact]
    public void Classify_DocumentFault_KeepsItsCode()
    {
        var failure = FailureClassifier.Classify(new DocumentFault(FaultCodes.TooLarge, "Too large."));

        Assert.Equal((FailureKind.Document, FaultCodes.TooLarge, null), (failure.Kind, failure.Code, failure.Detail));
    }

    [Fact]
    public void Classify_ArgumentThatIsWrong_SaysSoWithoutTheNameOfTheParameter()
    {
        string[] sentences = [.. Wrong("", 7).Select(wrong => FailureClassifier.Classify(wrong).Message)];

        Assert.Equal(["No key.", $"No such page.{Environment.NewLine}Actual value was 7."], sentences);

        static Exception[] Wrong(string key, int page) => [new ArgumentException("No key." + key, nameof(key)), new ArgumentOutOfRangeException(nameof(page), page, "No such page.")];
    }

    [Fact]
    public void Classify_FileThatIsNotThere_IsNoReasonToWait()
    {
        Assert.Equal(FailureKind.Bug, FailureClassifier.Classify(new FileNotFoundException()).Kind);
        Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(new IOException("No space left on device")).Kind);
    }
}
