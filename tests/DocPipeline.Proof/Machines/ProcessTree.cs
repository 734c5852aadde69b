using System.Globalization;

namespace DocPipeline.Proof.Machines;

/// <summary>One process at one moment. The id alone may be given to another process later; with the start time it is never the same.</summary>
internal sealed record ProcessSample(int Id, int Parent, long StartTime, string Program, double CpuSeconds, double CpuSecondsOfEndedChildren);

/// <summary>Processor seconds of a process, of the children it has and of the children that have ended.</summary>
internal sealed record CpuUse(double Own, double Children, double EndedChildren)
{
    public double All => Own + Children + EndedChildren;

    public CpuUse Since(CpuUse before) => new(Own - before.Own, Children - before.Children, EndedChildren - before.EndedChildren);
}

/// <summary>What the kernel says about processes. Linux only.</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100;

    /// <summary>The process and everything below it; empty if it has ended.</summary>
    public static IReadOnlyList<ProcessSample> Of(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<ProcessSample>()
            .ToLookup(process => process.Parent);
        var found = new List<ProcessSample>();
        if (Read(root) is { } first)
        {
            found.Add(first);
            for (var next = 0; next < found.Count; next++)
            {
                found.AddRange(all[found[next].Id]);
            }
        }

        return found;
    }

    /// <summary>
    /// The same for one who looks many times a second beside what is measured: only the processes of the tree are asked, not all of the machine.
    /// One that starts or ends at the same moment may be missed.
    /// </summary>
    public static IReadOnlyList<ProcessSample> Glance(int root)
    {
        var found = new List<ProcessSample>();
        var next = new Queue<int>([root]);
        while (next.TryDequeue(out var id))
        {
            if (Read(id) is { } process)
            {
                found.Add(process);
                Children(id).ForEach(next.Enqueue);
            }
        }

        return found;
    }

    public static bool IsAlive(ProcessSample process) => Read(process.Id)?.StartTime == process.StartTime;

    /// <summary>Most memory the process ever had in use, in bytes; null if it has ended.</summary>
    public static long? PeakMemory(int id) => Status(id, "VmHWM:");

    /// <summary>Memory in use now, in bytes; null if the process has ended.</summary>
    public static long? Memory(int id) => Status(id, "VmRSS:");

    /// <summary>Processor seconds so far.</summary>
    public static CpuUse CpuOf(int root)
    {
        var tree = Of(root);
        return new(
            tree.Where(process => process.Id == root).Sum(process => process.CpuSeconds),
            tree.Where(process => process.Id != root).Sum(process => process.CpuSeconds + process.CpuSecondsOfEndedChildren),
            tree.Where(process => process.Id == root).Sum(process => process.CpuSecondsOfEndedChildren));
    }

    private static List<int> Children(int id)
    {
        var children = new List<int>();
        try
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
            {
                children.AddRange(File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));
            }
        }
        catch (IOException)
        {
            // A thread or the process ended while we looked.
        }

        return children;
    }

    private static long? Status(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return null; // it ended while we looked
        }
    }

    private static ProcessSample? Read(int id)
    {
        try
        {
            // "id (name) state parent ...": the name may contain anything, so what follows the last parenthesis counts.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X"
                ? null
                : new(
                    id, Number(fields[1]), long.Parse(fields[19], CultureInfo.InvariantCulture), Program(id),
                    (Number(fields[11]) + Number(fields[12])) / TicksPerSecond, (Number(fields[13]) + Number(fields[14])) / TicksPerSecond);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
    }

    /// <summary>The program's name; for .NET the name of its assembly.</summary>
    private static string Program(int id)
    {
        var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var assembly = arguments.FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.Ordinal));
        return Path.GetFileNameWithoutExtension(assembly ?? arguments.FirstOrDefault() ?? "between fork and exec");
    }
}
