using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace DocPipeline.Testing.Stores;

/// <summary>A topic of SNS with a key and a certificate of its own, and the host that has the certificate. Every request to any other address is noted, and answered with 404.</summary>
public sealed class Topic : HttpMessageHandler
{
    public const string Arn = "arn:aws:sns:eu-central-1:123456789012:claims";
    public const string CertificateAddress = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0a1b.pem";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RSA _key = RSA.Create(2048);

    /// <summary>What the host of certificates answers.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public DateTimeOffset ValidUntil { get; set; } = Now.AddYears(1);

    /// <summary>Every request as method, address and body.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Says when the certificate is looked at.</summary>
    public TimeProvider Clock { get; } = new Fixed();

    /// <summary>A message as SNS posts it, signed as its documentation says.</summary>
    /// <param name="change">Made after it was signed.</param>
    public string Message(string message, string type = "Notification", string version = "2", string? subject = null, string topic = Arn, Action<JsonObject>? change = null)
    {
        var fields = new JsonObject
        {
            ["Type"] = type,
            ["MessageId"] = "22b80b92",
            ["TopicArn"] = topic,
            ["Message"] = message,
            ["Timestamp"] = "2026-03-01T00:00:00.000Z",
            ["SignatureVersion"] = version,
            ["SigningCertURL"] = CertificateAddress,
        };
        if (subject is not null)
        {
            fields["Subject"] = subject;
        }

        if (type != "Notification")
        {
            fields["Token"] = "2336412f37fb";
            fields["SubscribeURL"] = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37fb";
        }

        string[] signed = type == "Notification"
            ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
            : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        var text = string.Concat(signed.Where(fields.ContainsKey).Select(name => $"{name}\n{fields[name]}\n"));
        fields["Signature"] = Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        change?.Invoke(fields);
        return fields.ToJsonString();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : " " + await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add($"{request.Method} {request.RequestUri}{body}");
        if (request.Method == HttpMethod.Post && request.RequestUri == new Uri("https://sns.eu-central-1.amazonaws.com/"))
        {
            return new(Status);
        }

        if (request.RequestUri != new Uri(CertificateAddress))
        {
            return new(HttpStatusCode.NotFound);
        }

        using var certificate = new CertificateRequest("CN=sns.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddYears(-1), ValidUntil);
        return new(Status) { Content = new StringContent(certificate.ExportCertificatePem()) };
    }

    private sealed class Fixed : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
