using System.Runtime.InteropServices;
using DocPipeline.Pages.Ocr;
using Microsoft.Win32.SafeHandles;

namespace DocPipeline.OcrWorker;

/// <summary>Requests on standard input, replies on standard output, one at a time.</summary>
internal static partial class Serving
{
    /// <summary>A rendered page may be this long on the pipe.</summary>
    private const long MaxPayload = 256L << 20;

    public static async Task<int> RunAsync(string languages)
    {
        using var output = OwnOutput();
        PixMemory.Watch();
        var reader = new Reader(new Engine(languages));
        await output.WriteAsync(OcrPipe.Ready.ToArray());
        await output.FlushAsync();

        // The next frame is awaited while a page is being read, so the end of the host is noticed at once and not after the page.
        using var input = Console.OpenStandardInput();
        var next = Next(input);
        while (await next is { } frame)
        {
            next = Next(input);
            var (reply, payload) = reader.Answer(frame.Header, frame.Payload);
            await OcrPipe.WriteAsync(output, reply, OcrJson.Default.OcrReply, payload, CancellationToken.None);
        }

        return 0;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("DocPipeline.OcrWorker --serve LANGUAGES | --bare LANGUAGES FILE...\nStarted by the server; nothing to see here.");
        return 2;
    }

    private static Task<(OcrRequest Header, byte[] Payload)?> Next(Stream input) => Task.Run(async () =>
    {
        var frame = await OcrPipe.ReadAsync(input, OcrJson.Default.OcrRequest, MaxPayload, CancellationToken.None);
        if (frame is null)
        {
            // Not Environment.Exit: that would wait for native code in the middle of a page.
            _exit(0);
        }

        return frame;
    });

    /// <summary>Takes standard output for the protocol and points descriptor 1 at standard error: a library that prints must not break a frame.</summary>
    private static FileStream OwnOutput()
    {
        var own = dup(1);
        if (own < 0 || dup2(2, 1) < 0)
        {
            throw new IOException("Standard output cannot be duplicated.");
        }

        return new FileStream(new SafeFileHandle(own, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc")]
    private static partial void _exit(int code);
}
