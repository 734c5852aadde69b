using System.Globalization;
using System.Text;
using DocPipeline.Workflow;

namespace DocPipeline.Durable.FaultWorker.Scripts;

/// <summary>
/// What activities really did, in files that only grow, outside of the system under test: a line is in the kernel's hands when
/// <see cref="Note"/> returns, so it outlives its process.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;

    public Ledger(string folder) =>
        _file = new(Path.Combine(folder, $"{Guid.NewGuid():N}.ledger"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Note(ActivityContext context, Call call)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{context.InstanceId}\t{context.StepNumber}\t{context.Attempt}\t{context.IdempotencyKey}\t{call.Number}\t{TimeProvider.System.GetUtcNow():O}\n");
        lock (_lock)
        {
            _file.Write(Encoding.UTF8.GetBytes(line));
        }
    }

    public static IReadOnlyList<LedgerLine> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.ledger").SelectMany(ReadFile).Select(line => line.Split('\t')).Select(part => new LedgerLine(
            part[0], int.Parse(part[1], CultureInfo.InvariantCulture), int.Parse(part[2], CultureInfo.InvariantCulture), part[3],
            int.Parse(part[4], CultureInfo.InvariantCulture), DateTimeOffset.Parse(part[5], CultureInfo.InvariantCulture))),
    ];

    public void Dispose() => _file.Dispose();

    // A line without its end was being written when its process died: that attempt did nothing yet.
    private static IEnumerable<string> ReadFile(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = file.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>One attempt of one activity began.</summary>
internal sealed record LedgerLine(string InstanceId, int Step, int Attempt, string Key, int Number, DateTimeOffset Began);
