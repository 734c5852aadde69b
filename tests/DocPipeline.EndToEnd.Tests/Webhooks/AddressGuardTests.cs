using System.Net;
using DocPipeline.Server.Webhooks;

namespace DocPipeline.EndToEnd.Tests.Webhooks;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:93.184.215.14", true)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:7f00:1::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Allows_EncryptedWithoutNetworksOfTheOperator_OnlyThePublicInternet(string address, bool allowed) =>
        Assert.Equal(allowed, AddressGuard.Of("").Allows(IPAddress.Parse(address), isEncrypted: true));

    [Fact]
    public void Allows_WithoutEncryption_OnlyNetworksOfTheOperator()
    {
        var guard = AddressGuard.Of("10.1.0.0/16, ::1/128");

        Assert.True(guard.Allows(IPAddress.Parse("10.1.2.3"), isEncrypted: false));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:10.1.2.3"), isEncrypted: false));
        Assert.True(guard.Allows(IPAddress.IPv6Loopback, isEncrypted: false));
        Assert.False(guard.Allows(IPAddress.Parse("10.2.2.3"), isEncrypted: true));
        Assert.False(guard.Allows(IPAddress.Parse("93.184.215.14"), isEncrypted: false));
    }

    [Theory]
    [InlineData("https://claims.example.org/hooks?a=b", true)]
    [InlineData("http://127.0.0.1:9/", true)]
    [InlineData("ftp://claims.example.org/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/hooks", false)]
    [InlineData("https://user:secret@claims.example.org/", false)]
    [InlineData("https://claims.example.org/#part", false)]
    public void FaultOf_Address_IsNamedWhereItCannotBeUsed(string url, bool usable) => Assert.Equal(usable, AddressGuard.FaultOf(url) is null);

    /// <summary>The example of the specification: github.com/standard-webhooks/standard-webhooks, libraries' tests.</summary>
    [Fact]
    public void Sign_KnownMessage_KnownSignature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));

    [Theory]
    [InlineData(1, 0, 4)]
    [InlineData(1, 1, 6)]
    [InlineData(2, 0.5, 15)]
    [InlineData(4, 0.5, 135)]
    [InlineData(9, 0.5, 3600)]
    [InlineData(1_000_000, 0.5, 3600)]
    public void RestAfter_Failures_GrowsToAnHour(int failures, double random, double seconds)
    {
        var options = new WebhookOptions(TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(35));

        Assert.Equal(seconds, options.RestAfter(failures, random).TotalSeconds, precision: 3);
    }
}
