using System.Net;
using System.Net.Sockets;

namespace DocPipeline.Server.Hosting;

internal static class FreePort
{
    /// <summary>The port itself if nobody has it, else 0, which lets the kernel choose.</summary>
    public static int OrAny(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            probe.Stop();
            return port;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
