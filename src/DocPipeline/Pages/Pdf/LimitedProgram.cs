using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using DocPipeline.Documents;
using DocPipeline.Workflow;

namespace DocPipeline.Pages.Pdf;

/// <summary>What a program left behind.</summary>
internal sealed record ProgramResult(int ExitCode, ReadOnlyMemory<byte> Output, string Errors)
{
    /// <summary>Ended by a signal: 128 and the signal's number.</summary>
    public bool Crashed => ExitCode > 128;
}

/// <summary>
/// Runs one of poppler's programs on a hostile file: limits on address space, processor time, wall time, written files and output;
/// no shell, no input, no inherited environment, and no core file with somebody's claim in it.
/// </summary>
internal sealed class LimitedProgram(PageOptions options, TimeProvider time)
{
    private const int KeptErrors = 8_000;

    private static readonly string FontRules = Path.Combine(AppContext.BaseDirectory, "fonts.conf");

    /// <exception cref="DocumentFault">A limit was reached.</exception>
    /// <exception cref="TransientFailure">Somebody else ended the program.</exception>
    public async Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, long maxOutput, CancellationToken cancellationToken, int expectedOutput = 0)
    {
        using var process = Start(program, arguments);
        using var deadline = new CancellationTokenSource(options.ProgramDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var errors = ReadErrorsAsync(process.StandardError, either.Token);
            var output = await ReadOutputAsync(process.StandardOutput.BaseStream, expectedOutput, maxOutput, either.Token);
            await process.WaitForExitAsync(either.Token);
            return Judge(program, new ProgramResult(process.ExitCode, output, await errors));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TookTooLong();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static ProgramResult Judge(string program, ProgramResult result) => result switch
    {
        // What the loader says when a library is missing.
        { ExitCode: 127 } => throw CannotStart(program, result.Errors, inner: null),
        // SIGXCPU: the limit of processor time.
        { ExitCode: 152 } => throw TookTooLong(),
        // SIGKILL: none of our limits sends it first. The kernel ran out of memory, or somebody killed it: no fault of the document.
        { ExitCode: 137 } => throw new TransientFailure($"'{program}' was killed from outside (SIGKILL). Is the machine short of memory?"),
        _ when result.Errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || result.Errors.Contains("bad_alloc", StringComparison.Ordinal) =>
            throw new DocumentFault(FaultCodes.TooMuchMemory, "Opening this PDF took more memory than is allowed. Print it to a new PDF and send it again."),
        _ => result,
    };

    private Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["FONTCONFIG_FILE"] = FontRules;
        var process = Start(start);
        try
        {
            ProcessLimits.Set(process, options.ProgramMemory, (int)Math.Ceiling(options.ProgramDeadline.TotalSeconds), options.MaxBytes);
            process.StandardInput.Close();
            return process;
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw CannotStart(start.FileName, exception.Message, exception);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadOutputAsync(Stream stream, int expected, long maxOutput, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream(expected);
        // Rented: an array of its own for every run, too long for the young generation, would have all of the heap collected every few documents.
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (output.Length + count > maxOutput)
                {
                    throw new DocumentFault(FaultCodes.TooLarge, "This PDF holds far more than its pages can show. Print it to a new PDF and send it again.");
                }

                output.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private static async Task<string> ReadErrorsAsync(StreamReader stream, CancellationToken cancellationToken)
    {
        var kept = new char[KeptErrors];
        var length = await stream.ReadBlockAsync(kept, cancellationToken);
        var rest = new char[1024];
        while (await stream.ReadAsync(rest, cancellationToken) > 0)
        {
            // Drained, so that the program never blocks on a full pipe.
        }

        return new string(kept, 0, length);
    }

    private static DocumentFault TookTooLong() =>
        new(FaultCodes.TookTooLong, "Opening this PDF took too long and was stopped. Print it to a new PDF and send it again.");

    private static InvalidOperationException CannotStart(string program, string why, Exception? inner) =>
        new($"'{program}' cannot be started. Install the package poppler-utils. {why}".TrimEnd(), inner);
}
