using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DocPipeline.FaultTests.Children;

/// <summary>
/// Stands on a server's PATH in front of <c>prlimit</c>, through which the server starts every child, and behaves badly in the place of the first
/// children of a kind. The server has no hook for this.
/// </summary>
internal sealed class Doubles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-doubles-");
    private readonly StringBuilder _kinds = new();

    /// <summary>For the environment of the server.</summary>
    public string SearchPath => $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Starts what was asked for.</summary>
    public const string Behave = "exec /usr/bin/prlimit \"$@\"";

    /// <param name="kind">What its command line contains.</param>
    /// <param name="behaviours">What the first, second ... child does instead, in the language of the shell.</param>
    public Doubles Replace(string kind, params string[] behaviours)
    {
        _kinds.Append(CultureInfo.InvariantCulture, $"*'{kind}'*)\n");
        foreach (var (index, behaviour) in behaviours.Index())
        {
            // Whoever makes the folder is that child: children start side by side.
            _kinds.Append(CultureInfo.InvariantCulture, $"if mkdir '{Place(kind, index)}' 2>/dev/null; then {behaviour}\nfi\n");
        }

        _kinds.Append(";;\n");
        var script = Path.Combine(_folder.FullName, "prlimit");
        File.WriteAllText(script, $"#!/bin/sh\ncase \"$*\" in\n{_kinds}esac\n{Behave}\n");
        using var chmod = Process.Start("chmod", ["+x", script]);
        chmod.WaitForExit();
        return this;
    }

    /// <summary>How many children of the kind were replaced.</summary>
    public int Played(string kind)
    {
        var count = 0;
        while (Directory.Exists(Place(kind, count)))
        {
            count++;
        }

        return count;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Place(string kind, int index) => Path.Combine(_folder.FullName, $"{kind.Trim()}-{index}");
}
