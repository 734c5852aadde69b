using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DocPipeline.FaultTests.Children;

/// <summary>
/// Stands on a server's PATH in front of the programs that it starts (poppler's, and <c>prlimit</c>, through which it starts its readers), and behaves badly in the place
/// of the first children of a program. The server has no hook for this.
/// </summary>
internal sealed class Doubles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-doubles-");

    /// <summary>For the environment of the server.</summary>
    public string SearchPath => $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Where a double may leave something; its own name for it is <c>${0%/*}</c>.</summary>
    public string Left(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Starts what was asked for.</summary>
    public const string Behave = "exec \"/usr/bin/${0##*/}\" \"$@\"";

    /// <param name="program">What the server starts; once for each.</param>
    /// <param name="behaviours">What the first, second ... child does instead, in the language of the shell.</param>
    public Doubles Replace(string program, params string[] behaviours)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        foreach (var (index, behaviour) in behaviours.Index())
        {
            // Whoever makes the folder is that child: children start side by side.
            text.Append(CultureInfo.InvariantCulture, $"if mkdir '{Place(program, index)}' 2>/dev/null; then {behaviour}\nfi\n");
        }

        var script = Path.Combine(_folder.FullName, program);
        File.WriteAllText(script, $"{text}{Behave}\n");
        using var chmod = Process.Start("chmod", ["+x", script]);
        chmod.WaitForExit();
        return this;
    }

    /// <summary>How many the program's children were replaced.</summary>
    public int Played(string program)
    {
        var count = 0;
        while (Directory.Exists(Place(program, count)))
        {
            count++;
        }

        return count;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Place(string program, int index) => Path.Combine(_folder.FullName, $"{program}-{index}");
}
