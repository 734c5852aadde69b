using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DocPipeline.Pages.Ocr;

/// <summary>
/// Frames between the host and a reader child: two little-endian lengths, a JSON header, a payload of raw bytes.
/// This file is compiled into both programs, so they cannot disagree.
/// </summary>
internal static class OcrPipe
{
    /// <summary>A header larger than this did not come from the other side of a healthy pipe.</summary>
    private const int MaxHeader = 64 << 20;

    /// <summary>The first thing a child says once its engine is ready.</summary>
    public static ReadOnlySpan<byte> Ready => "OCR1"u8;

    public static async Task WriteAsync<T>(Stream stream, T header, JsonTypeInfo<T> type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, type);
        var lengths = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, json.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(4), payload.Length);
        await stream.WriteAsync(lengths, cancellationToken);
        await stream.WriteAsync(json, cancellationToken);
        await stream.WriteAsync(payload, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <returns>Null at the end of the stream between two frames.</returns>
    /// <exception cref="EndOfStreamException">The stream ended inside a frame.</exception>
    /// <exception cref="InvalidDataException">The frame is longer than <paramref name="maxPayload"/> or no frame at all.</exception>
    public static async Task<(T Header, byte[] Payload)?> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, long maxPayload, CancellationToken cancellationToken)
    {
        var lengths = new byte[8];
        var count = await stream.ReadAtLeastAsync(lengths, lengths.Length, throwOnEndOfStream: false, cancellationToken);
        if (count == 0)
        {
            return null;
        }

        var header = BinaryPrimitives.ReadInt32LittleEndian(lengths);
        var payload = BinaryPrimitives.ReadInt32LittleEndian(lengths.AsSpan(4));
        if (count < lengths.Length)
        {
            throw new EndOfStreamException("The pipe ended inside a frame.");
        }

        if (header is <= 0 or > MaxHeader || payload < 0 || payload > maxPayload)
        {
            throw new InvalidDataException("Not a frame of this protocol.");
        }

        var json = new byte[header];
        await stream.ReadExactlyAsync(json, cancellationToken);
        var bytes = payload == 0 ? [] : GC.AllocateUninitializedArray<byte>(payload);
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        try
        {
            return (JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException("Not a frame of this protocol."), bytes);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("Not a frame of this protocol.", exception);
        }
    }
}
