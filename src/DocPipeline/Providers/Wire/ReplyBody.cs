using System.Buffers;

namespace DocPipeline.Providers.Wire;

/// <summary>Reads the body of a reply and no more of it than is allowed.</summary>
public static class ReplyBody
{
    private const int Chunk = 64 * 1024;

    /// <param name="length">What the reply says of its length; null where it says nothing.</param>
    /// <exception cref="ProviderRefusal">It is longer than the limit. At most the limit was read.</exception>
    public static async Task<byte[]> ReadAsync(string provider, Stream body, long? length, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (length > limit)
        {
            throw TooLong(provider, limit);
        }

        using var whole = new MemoryStream((int)(length ?? 0));
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (whole.Length + read > limit)
                {
                    throw TooLong(provider, limit);
                }

                whole.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return whole.ToArray();
    }

    private static ProviderRefusal TooLong(string provider, int limit) =>
        new(RefusalKind.BadReply, provider, $"{provider} sent a reply of more than {limit / 1024} kB, which is not read.");
}
