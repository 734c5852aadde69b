using System.Net;
using System.Net.Sockets;

namespace DocPipeline.Server.Webhooks;

/// <summary>
/// Says where webhooks may go, so that nobody who may name an address can reach what only this machine can reach. Checked against the address that is
/// connected to, at the moment it is connected to: a name may resolve to something else the second time.
/// </summary>
/// <param name="allowed">Networks of the operator's own: reachable whatever they are, and without TLS.</param>
internal sealed class AddressGuard(IReadOnlyList<IPNetwork> allowed)
{
    /// <summary>Everything that is not the public Internet (IANA special-purpose registries), and what embeds such addresses.</summary>
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>Reads networks as <c>127.0.0.0/8,10.1.0.0/16</c>.</summary>
    /// <exception cref="FormatException">One of them is no network.</exception>
    public static AddressGuard Of(string networks) =>
        new([.. networks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(network => IPNetwork.Parse(network))]);

    /// <summary>What is wrong with the address of an endpoint, or null. Says nothing about where its name will lead.</summary>
    public static string? FaultOf(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") ? "It takes an address with https:// (http:// only to networks in DOCPIPELINE_WEBHOOK_NETWORKS)."
        : url.Length > 2048 ? "It is longer than 2048 characters."
        : uri.UserInfo.Length > 0 ? "It must not contain a user or a password: the signature says who we are."
        : uri.Fragment.Length > 0 ? "It must not contain a fragment."
        : null;

    public bool Allows(IPAddress address, bool isEncrypted)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(real)) || (isEncrypted && !Special.Any(network => network.Contains(real)));
    }

    /// <summary>For <see cref="System.Net.Http.SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="WebhookRefusedException">The name leads nowhere that is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var isEncrypted = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var reachable = addresses.Where(address => Allows(address, isEncrypted)).ToArray();
        if (reachable.Length == 0)
        {
            throw new WebhookRefusedException($"{host} leads to no address that webhooks may go to{(isEncrypted ? "" : " without TLS")}.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address guard said no.</summary>
internal sealed class WebhookRefusedException(string message) : Exception(message);
