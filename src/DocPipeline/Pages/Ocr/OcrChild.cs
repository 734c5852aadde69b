using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DocPipeline.Pages.Ocr;

/// <summary>
/// One reader child. It has its own limit of memory and knows no secrets: its environment is made from nothing.
/// One request at a time; whoever doubts it kills it.
/// </summary>
internal sealed class OcrChild : IDisposable
{
    /// <summary>The longest reply in words or pictures that a healthy child sends.</summary>
    private const long MaxPayload = 64 << 20;

    /// <summary>A healthy child says within a second that it is there; where dozens of others want the same core, within five.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Stream _requests;
    private readonly Stream _replies;
    private readonly Task<string> _complaints;

    private OcrChild(Process process)
    {
        _process = process;
        ProcessId = process.Id;
        _requests = process.StandardInput.BaseStream;
        _replies = process.StandardOutput.BaseStream;
        _complaints = LastWordsAsync(process.StandardError);
    }

    public int Answered { get; private set; }

    public int ProcessId { get; }

    /// <exception cref="InvalidOperationException">The child cannot run here: something is not installed. The message says what it said.</exception>
    /// <exception cref="TimeoutException">It started and said nothing; it is dead now.</exception>
    public static async Task<OcrChild> StartAsync(PageOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var process = Process.Start(StartInfo(options, ["--serve", options.Languages]))!;
        var child = new OcrChild(process);
        using var limit = new CancellationTokenSource(StartLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var greeting = new byte[OcrPipe.Ready.Length];
            var read = await child._replies.ReadAtLeastAsync(greeting, greeting.Length, throwOnEndOfStream: false, either.Token);
            if (read < greeting.Length || !greeting.AsSpan().SequenceEqual(OcrPipe.Ready))
            {
                throw new InvalidOperationException($"The reader of scanned pages does not start. It said: {await child.KillAsync()}");
            }

            return child;
        }
        catch (OperationCanceledException silence) when (!cancellationToken.IsCancellationRequested)
        {
            child.Dispose();
            throw new TimeoutException($"The reader of scanned pages started and said nothing for {StartLimit.TotalSeconds:0} s.", silence);
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <exception cref="EndOfStreamException">The child ended instead of answering.</exception>
    /// <exception cref="InvalidDataException">The child's answer makes no sense.</exception>
    public async Task<(OcrReply Reply, byte[] Payload)> AskAsync(OcrRequest request, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        Answered++;
        try
        {
            await OcrPipe.WriteAsync(_requests, request, OcrJson.Default.OcrRequest, payload, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new EndOfStreamException("The reader child ended before it was asked.", exception);
        }

        return await OcrPipe.ReadAsync(_replies, OcrJson.Default.OcrReply, MaxPayload, cancellationToken)
            ?? throw new EndOfStreamException("The reader child ended instead of answering.");
    }

    /// <summary>Ends the child at once and returns the last lines of its standard error.</summary>
    public async Task<string> KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        return await _complaints;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>How a reader child is started: limits, an empty environment, one thread.</summary>
    internal static ProcessStartInfo StartInfo(PageOptions options, IReadOnlyList<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "DocPipeline.OcrWorker.dll");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException($"'{program}' is missing. The host's project must reference DocPipeline.OcrWorker.");
        }

        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var start = new ProcessStartInfo("prlimit")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Address space cannot be limited: the runtime reserves far more than it uses. Data can.
            ArgumentList = { $"--data={options.WorkerMemory}", "--core=0", "--", Path.Combine(root, "dotnet"), program },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        // More than one thread an engine is four to seven times slower on busy cores. Libgomp reads this once, at the start of the process.
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        if (Environment.GetEnvironmentVariable("TESSDATA_PREFIX") is { } data)
        {
            start.Environment["TESSDATA_PREFIX"] = data;
        }

        return start;
    }

    /// <summary>Drains standard error for ever, so that a child never blocks on it, and keeps the last 2,000 characters.</summary>
    private static async Task<string> LastWordsAsync(StreamReader errors)
    {
        var kept = "";
        var buffer = new char[1024];
        int count;
        while ((count = await errors.ReadAsync(buffer)) > 0)
        {
            kept += new string(buffer, 0, count);
            kept = kept[Math.Max(0, kept.Length - 2000)..];
        }

        return kept.Trim();
    }
}
