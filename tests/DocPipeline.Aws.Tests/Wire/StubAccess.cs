using Amazon.Runtime;
using DocPipeline.Aws.Wire;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Wire;

/// <summary>The services of AWS on the loopback, with invented keys.</summary>
internal static class StubAccess
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Token = "FAKE-SESSION-TOKEN";

    public static PagePicture Picture { get; } = new(Page: 3, Width: 612, Height: 792, "image/png", "%PDF-1.4 fake"u8.ToArray());

    public static AwsAccess To(StubService stub, string? token = null) => new("us-east-1")
    {
        Endpoint = stub.Address,
        Credentials = token is null ? new BasicAWSCredentials(AccessKey, SecretKey) : new SessionAWSCredentials(AccessKey, SecretKey, token),
        Time = new QuickTime(),
        // A hundredth of that is waited: a machine with other work must not become a fault.
        Limits = new WireLimits { MaxReplyBytes = 100_000, Deadline = TimeSpan.FromMinutes(30), JobDeadline = TimeSpan.FromHours(1) },
    };

    /// <summary>The request is signed as the specification wants it, with these headers.</summary>
    public static void AssertSigned(StubRequest request, string service, params string[] names)
    {
        Assert.Equal(SignatureVersion4.Of(request, AccessKey, SecretKey, "us-east-1", service, names), request["Authorization"]);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(request.Body)), request["x-amz-content-sha256"]);
    }
}
