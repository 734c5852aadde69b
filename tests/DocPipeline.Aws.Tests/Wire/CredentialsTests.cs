using Amazon.Runtime;
using DocPipeline.Providers;
using DocPipeline.Testing.Services;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Tests.Wire;

public sealed class CredentialsTests
{
    private static readonly string[] Names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

    [Fact]
    public async Task Credentials_that_nobody_names_are_found_by_the_usual_chain()
    {
        var before = Names.Select(Environment.GetEnvironmentVariable).ToList();
        try
        {
            foreach (var (name, value) in Names.Zip([StubAccess.AccessKey, StubAccess.SecretKey, StubAccess.Token]))
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            await using var stub = new StubService().Answers(StubReply.Json(Calls.ReplyOf("textract")));
            await Calls.RunAsync("textract", StubAccess.To(stub) with { Credentials = null }, TestContext.Current.CancellationToken);
            StubAccess.AssertSigned(stub.Requests.Single(), "textract", "content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", "x-amz-target");
        }
        finally
        {
            foreach (var (name, value) in Names.Zip(before))
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    [Fact]
    public async Task Without_credentials_nothing_is_sent_and_their_trouble_is_not_quoted()
    {
        await using var stub = new StubService();
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => Calls.RunAsync("textract", StubAccess.To(stub) with { Credentials = new Broken() }, TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
        Assert.DoesNotContain("profile of ours", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_never_come_end_with_the_deadline()
    {
        await using var stub = new StubService();
        var access = StubAccess.To(stub);
        await Assert.ThrowsAsync<TransientFailure>(() => Calls.RunAsync(
            "textract", access with { Credentials = new Hanging(), Limits = access.Limits with { Deadline = TimeSpan.FromSeconds(5) } }, TestContext.Current.CancellationToken));
    }

    private sealed class Broken : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new AmazonServiceException("the profile of ours is broken");
    }

    private sealed class Hanging : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new NotSupportedException();

        public override async Task<ImmutableCredentials> GetCredentialsAsync()
        {
            await new TaskCompletionSource().Task;
            return new(StubAccess.AccessKey, StubAccess.SecretKey, null);
        }
    }
}
